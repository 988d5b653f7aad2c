//! The compiler's targets beside this machine, and its library's source.

use crate::command::{Result, command, probe, run, say};
use std::path::{Path, PathBuf};

/// Sees to it that Rust can compile to WebAssembly. rustup installs what `rust-toolchain.toml` names by itself, unless it
/// was told not to.
pub(crate) fn wasm_target() -> Result {
    target("wasm32-unknown-unknown")
}

/// The same for WebAssembly with a clock and an output, which a benchmark needs.
pub(crate) fn wasi_target() -> Result {
    target("wasm32-wasip1")
}

fn target(target: &str) -> Result {
    let libraries = probe("rustc", &["--print", "target-libdir", "--target", target]);
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    say(&format!("Adding Rust's target {target}, once"));
    run(command("rustup").args(["target", "add", target])).map_err(|error| {
        format!("{error}\nRust's target {target} is missing, and rustup (https://rustup.rs) brings it")
    })
}

/// The folder with the source of Rust's library: what is made small compiles it anew.
pub(crate) fn rust_source() -> Result<PathBuf> {
    let source = probe("rustc", &["--print", "sysroot"])
        .map(|folder| Path::new(&folder).join("lib/rustlib/src/rust"))
        .ok_or("rustc does not say where its library is")?;
    if !source.join("library/Cargo.lock").is_file() {
        say("Adding the source of Rust's library, once");
        run(command("rustup").args(["component", "add", "rust-src"])).map_err(|error| {
            format!("{error}\nThe source of Rust's library is missing, and rustup (https://rustup.rs) brings it")
        })?;
    }
    Ok(source)
}
