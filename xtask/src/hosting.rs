//! What a static host should say about each file, in the form that Cloudflare Pages and Netlify read (`_headers`). Others
//! take it as a list to go by; GitHub Pages decides by itself, and what it serves is looked at after each deployment.

use crate::command::Result;
use std::{fs, path::Path};

/// Writes `_headers` into a folder of sealed files.
pub(crate) fn headers(dist: &Path) -> Result {
    let cannot_list = |error| format!("cannot list {}: {error}", dist.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(dist).map_err(cannot_list)? {
        names.push(entry.map_err(cannot_list)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let path = dist.join("_headers");
    fs::write(&path, text(&names)).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn text(names: &[String]) -> String {
    let mut text = String::from(
        "/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n/\n  Cache-Control: no-cache\n",
    );
    for name in names.iter().filter(|name| *name != "_headers") {
        // Names of sealed files follow their content; pages and the service worker keep theirs.
        let cache = match name.as_str() {
            "sw.js" => "no-cache",
            page if page.ends_with(".html") => "no-cache",
            _ => "public, max-age=31536000, immutable",
        };
        text.push_str(&format!("/{name}\n  Cache-Control: {cache}\n"));
        if name.ends_with(".wasm") {
            text.push_str("  Content-Type: application/wasm\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn only_what_keeps_its_name_is_asked_for_again() {
        let names = ["_headers", "app-12.wasm", "index.html", "sw.js"].map(str::to_owned);
        assert_eq!(
            text(&names),
            "/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n\
             /\n  Cache-Control: no-cache\n\
             /app-12.wasm\n  Cache-Control: public, max-age=31536000, immutable\n  Content-Type: application/wasm\n\
             /index.html\n  Cache-Control: no-cache\n\
             /sw.js\n  Cache-Control: no-cache\n"
        );
    }
}
