//! How the page and the npm module are compiled small: with Rust's own library compiled anew for size.

use crate::{command::Result, site, tools};
use std::{ffi::OsString, process::Command};

/// Lets a command that runs cargo compile for the profile `web`, with a library of its own.
///
/// The library that comes with Rust is compiled for speed, and every place that can panic carries its words to a hook that
/// neither page nor module has. Compiled anew, for size and with panics that end at once, the page's WebAssembly is 6 %
/// smaller. Cargo and rustc call that unstable; the toolchain is pinned (`rust-toolchain.toml`).
pub(crate) fn compile(command: &mut Command) -> Result<&mut Command> {
    tools::wasm_target()?;
    let source = tools::rust_source()?;
    let flags = [
        site::without_build_paths()?,
        "-Zunstable-options".into(),
        "-Cpanic=immediate-abort".into(),
        site::remap(&source, "rust"),
    ];
    Ok(command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join(&OsString::from("\u{1f}"))))
}
