//! The npm module: one WebAssembly file, its JavaScript for Node.js, bundlers and browsers, and its TypeScript types.

use crate::{
    command::{Result, capture, cargo, command, root, run, say, target},
    site, small, tools,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Builds the module and gives its folder.
pub(crate) fn build() -> Result<PathBuf> {
    let modules = tools::npm_tools()?;
    let wasm_bindgen = tools::wasm_bindgen()?;
    say("Building the npm module");
    let wasm = "wasm32-unknown-unknown";
    run(small::compile(&mut cargo())?.args([
        "build",
        "--locked",
        "--profile",
        "web",
        "--package",
        "rollcast-wasm",
        "--target",
        wasm,
    ]))?;
    let folder = target().join("npm").join("rollcast");
    // A file of an earlier build must not be published with this one.
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("cannot clear {}: {error}", folder.display()))?;
    }
    let wasm = target().join(wasm).join("web/rollcast_wasm.wasm");
    let bind = |for_whom: &str, folder: &Path| {
        run(command(&wasm_bindgen)
            .args(["--target", for_whom, "--out-name", "rollcast", "--out-dir"])
            .arg(folder)
            .arg(&wasm))
    };
    bind("web", &folder)?;
    // Where the module is ready on import, nothing is left to start: these declarations lack the functions that do.
    let node = target().join("npm").join("node");
    bind("nodejs", &node)?;
    copy(&node.join("rollcast.d.ts"), &folder.join("index.d.ts"))?;
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
    fs::write(folder.join("README.md"), readme(&folder)?)
        .map_err(|error| format!("cannot write README.md: {error}"))?;
    for from in [
        "crates/wasm/npm/node.js",
        "crates/wasm/npm/bundler.js",
        "LICENSE-APACHE",
        "LICENSE-MIT",
    ] {
        let from = root().join(from);
        copy(&from, &folder.join(from.file_name().unwrap_or_default()))?;
    }
    site::refuse_build_paths(&folder)?;
    Ok(folder)
}

/// Packs the module's folder as it is published, and gives the tarball.
pub(crate) fn pack(folder: &Path) -> Result<PathBuf> {
    say("Packing the npm module");
    let destination = target().join("npm");
    run(tools::npm()
        .args(["pack", "--silent", "--pack-destination"])
        .arg(&destination)
        .arg(folder))?;
    Ok(destination.join(format!("rollcast-{}.tgz", env!("CARGO_PKG_VERSION"))))
}

/// The README, with the sizes of what was built.
fn readme(folder: &Path) -> Result<String> {
    let marker = "<!-- sizes: measured when the package is built -->\n";
    let path = root().join("crates/wasm/npm/README.md");
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let sizes = capture(tools::node()?.arg("crates/wasm/npm/sizes.js").arg(folder))?;
    match text.split_once(marker) {
        Some((before, after)) => Ok(format!("{before}{sizes}{after}")),
        None => Err(format!("{} has no place for the sizes", path.display())),
    }
}

fn copy(from: &Path, to: &Path) -> Result {
    fs::copy(from, to)
        .map(drop)
        .map_err(|error| format!("cannot copy {}: {error}", from.display()))
}
