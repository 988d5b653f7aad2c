//! The page: building it with Trunk, and serving what was built.

use crate::{
    command::{self, Result, Task, capture, cargo, command, root, run, say, target},
    editor,
    files::files,
    hosting, parts, release, seal, small, tools,
};
use std::{
    env,
    ffi::OsString,
    fs,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

/// Builds the page into `dist/` and gives that folder.
pub(crate) fn build() -> Result<PathBuf> {
    let modules = tools::npm_tools()?;
    let trunk = tools::trunk()?;
    let wasm_bindgen = tools::wasm_bindgen()?;
    let path = tools::path_with(&[&wasm_bindgen, &modules.join(".bin/wasm-opt")])?;
    editor::build()?;
    say("Building the page");
    run(small::compile(&mut command(trunk))?
        .args(["build", "--release"])
        .env("PATH", path)
        // Trunk takes only true and false here, and other programs mean by it that it is set at all.
        .env_remove("NO_COLOR"))?;
    let dist = root().join("dist");
    parts::add(&dist, &modules.join(".bin/wasm-opt"), &editor::esbuild()?)?;
    open(&dist.join("index.html"))?;
    add(&dist)?;
    let service_worker = root().join("web/offline/sw.js");
    let service_worker = fs::read_to_string(&service_worker)
        .map_err(|error| format!("cannot read {}: {error}", service_worker.display()))?;
    seal::seal(&dist, &service_worker)?;
    hosting::headers(&dist)?;
    refuse_build_paths(&dist)?;
    Ok(dist)
}

/// Puts what the page draws first, the answer to an empty text, into the page itself: it is there before the WebAssembly.
fn open(page: &Path) -> Result {
    let first = capture(cargo().args(["run", "--quiet", "--locked", "--package=rollcast-web"]))?;
    let html = fs::read_to_string(page).map_err(|error| format!("cannot read {}: {error}", page.display()))?;
    match html.split("</main>").collect::<Vec<_>>()[..] {
        [before, after] => fs::write(page, [before, &first, "</main>", after].concat())
            .map_err(|error| format!("cannot write {}: {error}", page.display())),
        _ => Err(format!("{} must have one `main` element", page.display())),
    }
}

/// Puts what Trunk does not build beside the page: the editor, Learn, and what makes the page an app.
fn add(dist: &Path) -> Result {
    for name in ["editor.js", "editor.licenses.txt"] {
        copy(&root().join("web/editor/dist").join(name), dist)?;
    }
    learn(&dist.join("learn"))?;
    copy(&root().join("web/offline/manifest.webmanifest"), dist)?;
    for icon in files(&root().join("web/offline/icons"))? {
        copy(&icon, dist)?;
    }
    Ok(())
}

/// Writes the pages of Learn, and one style sheet for them that begins with the main page's tokens.
fn learn(folder: &Path) -> Result {
    run(cargo()
        .args(["run", "--quiet", "--locked", "--package=rollcast-learn", "--"])
        .arg(folder))?;
    let read = |name: &str| {
        let path = root().join("web").join(name);
        fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))
    };
    let styles = format!("{}\n{}", read("styles/tokens.css")?, read("learn/learn.css")?);
    let to = folder.join("learn.css");
    fs::write(&to, styles).map_err(|error| format!("cannot write {}: {error}", to.display()))?;
    copy(&root().join("web/learn/learn.js"), folder)?;
    copy(&root().join("web/learn/card.png"), folder)?;
    copy(&root().join("web/assets/icon.svg"), folder)
}

fn copy(file: &Path, folder: &Path) -> Result {
    let to = folder.join(file.file_name().unwrap_or_default());
    fs::copy(file, to)
        .map(drop)
        .map_err(|error| format!("cannot copy {}: {error}", file.display()))
}

/// Builds the page, serves it on this machine and says where, until it is stopped.
pub(crate) fn serve(arguments: &[String]) -> Result<Task> {
    let ports = match arguments {
        [] => 8080..=8179,
        [port] => {
            let port = port
                .parse()
                .map_err(|_| format!("`{port}` is no port: give a number up to 65535"))?;
            port..=port
        }
        [_, more, ..] => return Err(format!("unexpected argument `{more}`: `serve` takes one port")),
    };
    command::task(move || serve_at(free_port(ports)?))
}

fn serve_at(port: u16) -> Result {
    let dist = build()?;
    let mut server = tools::node()?
        .arg(tools::npm_tools()?.join("sirv-cli/bin.js"))
        .arg(dist)
        .args(["--host", "127.0.0.1", "--quiet", "--port", &port.to_string()])
        .spawn()
        .map_err(|error| format!("cannot start the server: {error}"))?;
    for _ in 0..100 {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            println!("\nRollcast is at http://127.0.0.1:{port}/ (Ctrl-C ends it)");
            break;
        }
        thread::sleep(Duration::from_millis(50));
    }
    match server.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("the server ended with {status}")),
        Err(error) => Err(format!("lost the server: {error}")),
    }
}

/// The first free port of this machine among `ports`.
pub(crate) fn free_port(ports: impl IntoIterator<Item = u16>) -> Result<u16> {
    ports
        .into_iter()
        .find(|&port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok())
        .ok_or_else(|| "the port is taken: name another one, `cargo xtask serve 9000`".to_owned())
}

/// Flags for rustc that keep the folders of this machine out of the messages of panics, in cargo's encoding.
pub(crate) fn without_build_paths() -> Result<OsString> {
    // The flags name the folders of downloaded crates, so these must be there; another set of flags compiles everything
    // once more.
    run(cargo().args(["fetch", "--quiet", "--locked"]))?;
    let sources = cargo_home()?.join("registry").join("src");
    let mut flags = vec![
        remap(root(), "rollcast"),
        remap(&target(), "target"),
        remap(&sources, "crates"),
    ];
    let mut registries: Vec<PathBuf> = fs::read_dir(&sources)
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    // Nothing is built of what a rehearsal has left, and flags that come with it would compile everything once more.
    registries.retain(|registry| !release::is_rehearsed(registry));
    registries.sort();
    flags.extend(registries.iter().map(|registry| remap(registry, "crates")));
    Ok(flags.join(&OsString::from("\u{1f}")))
}

/// The flag that puts another name in place of a folder.
pub(crate) fn remap(from: &Path, to: &str) -> OsString {
    let mut flag = OsString::from("--remap-path-prefix=");
    flag.push(from);
    flag.push("=");
    flag.push(to);
    flag
}

pub(crate) fn cargo_home() -> Result<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .ok_or_else(|| "no home folder: set CARGO_HOME".to_owned())
}

/// Refuses built files that name a folder of the machine they were built on.
pub(crate) fn refuse_build_paths(folder: &Path) -> Result {
    let private = [
        cargo_home()?.join("registry"),
        root().join("crates"),
        root().join("web"),
        target(),
    ];
    for file in files(folder)? {
        let content = fs::read(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        for path in &private {
            let needle = path.as_os_str().as_encoded_bytes();
            if content.windows(needle.len()).any(|window| window == needle) {
                return Err(format!(
                    "{} contains the path {}, which says where it was built",
                    file.display(),
                    path.display()
                ));
            }
        }
    }
    Ok(())
}
