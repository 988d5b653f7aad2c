//! The npm module: the WebAssembly file, its JavaScript and its TypeScript types, for Node.js.

use crate::{
    command::{Result, cargo, command, root, run, say, target},
    site, tools,
};
use std::{fs, path::PathBuf};

/// Builds the module and gives its folder.
pub(crate) fn build() -> Result<PathBuf> {
    tools::wasm_target()?;
    let modules = tools::npm_tools()?;
    let wasm_bindgen = tools::wasm_bindgen()?;
    say("Building the npm module");
    let wasm = "wasm32-unknown-unknown";
    run(cargo()
        .args([
            "build",
            "--locked",
            "--profile",
            "web",
            "--package",
            "rollcast-wasm",
            "--target",
            wasm,
        ])
        .env("CARGO_ENCODED_RUSTFLAGS", site::without_build_paths()?))?;
    let folder = target().join("npm").join("rollcast");
    // A file of an earlier build must not be published with this one.
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("cannot clear {}: {error}", folder.display()))?;
    }
    run(command(wasm_bindgen)
        .args(["--target", "nodejs", "--out-name", "rollcast", "--out-dir"])
        .arg(&folder)
        .arg(target().join(wasm).join("web/rollcast_wasm.wasm")))?;
    let binary = folder.join("rollcast_bg.wasm");
    run(command(modules.join(".bin/wasm-opt"))
        .arg("-Oz")
        .arg(&binary)
        .arg("-o")
        .arg(&binary))?;
    // Only the binary's own functions are typed there; nobody calls those.
    let _ = fs::remove_file(folder.join("rollcast_bg.wasm.d.ts"));
    let package = fs::read_to_string(root().join("crates/wasm/npm/package.json"))
        .map_err(|error| format!("cannot read the package's description: {error}"))?
        .replace("0.0.0", env!("CARGO_PKG_VERSION"));
    fs::write(folder.join("package.json"), package).map_err(|error| format!("cannot write package.json: {error}"))?;
    for (from, to) in [
        ("crates/wasm/npm/README.md", "README.md"),
        ("LICENSE-APACHE", "LICENSE-APACHE"),
        ("LICENSE-MIT", "LICENSE-MIT"),
    ] {
        fs::copy(root().join(from), folder.join(to)).map_err(|error| format!("cannot copy {from}: {error}"))?;
    }
    site::refuse_build_paths(&folder)?;
    Ok(folder)
}
