//! As much of an API server as Helm asks before it renders an upgrade: its version, and no kinds of objects.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::OnceLock;
use std::thread;

/// The address of the one server of this process.
pub(crate) fn address() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = [0; 4096];
                let read = stream.read(&mut request).unwrap();
                let request = String::from_utf8_lossy(&request[..read]);
                let body = match request.split([' ', '?']).nth(1) {
                    Some("/version") => r#"{"major":"1","minor":"34","gitVersion":"v1.34.0"}"#,
                    Some("/api") => r#"{"kind":"APIVersions","versions":[]}"#,
                    _ => r#"{"kind":"APIGroupList","apiVersion":"v1","groups":[]}"#,
                };
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
                // Helm may have gone, and then what it printed is compared.
                let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            }
        });
        address
    })
}
