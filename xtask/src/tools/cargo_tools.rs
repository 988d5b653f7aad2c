//! Tools that cargo builds. The flags make a build take half the time; the tools spend theirs elsewhere.

use super::Tool;
use crate::command::{Result, cargo, run, say, target};
use std::{path::PathBuf, process::Command};

/// Trunk, which builds the page. 0.22 needs a later Rust than `rust-toolchain.toml` names.
pub(crate) fn trunk() -> Result<PathBuf> {
    let version = "0.21.14";
    let tool = Tool {
        name: "trunk",
        version,
        ask: &["--version"],
        answer: format!("trunk {version}"),
    };
    tool.find_or(|folder| {
        say(&format!("Building Trunk {version}, once; this takes 4 to 7 minutes"));
        let mut install = install("0");
        install.args(["trunk", "--version", version, "--locked", "--no-default-features"]);
        run(install.arg("--root").arg(folder))
    })
}

/// wasm-bindgen's command line, of the version `Cargo.toml` pins, which splits the page's binary first.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    let version = "0.2.130";
    let tool = Tool {
        name: "wasm-bindgen",
        version,
        ask: &["--version"],
        answer: format!("wasm-bindgen {version} with wasm-split 0.2.4"),
    };
    tool.find_or(|folder| {
        say(&format!(
            "Building wasm-bindgen {version}, once; this takes 2 to 3 minutes"
        ));
        let mut install = install("1");
        install.args(["--path", "xtask/wasm-bindgen", "--locked"]);
        run(install.arg("--root").arg(folder))
    })
}

/// cargo-deny, which reads `deny.toml`.
pub(crate) fn cargo_deny() -> Result<PathBuf> {
    let version = "0.20.2";
    let tool = Tool {
        name: "cargo-deny",
        version,
        ask: &["--version"],
        answer: format!("cargo-deny {version}"),
    };
    tool.find_or(|folder| {
        say(&format!(
            "Building cargo-deny {version}, once; this takes 3 to 4 minutes"
        ));
        let mut install = install("0");
        install.args(["cargo-deny", "--version", version, "--locked"]);
        run(install.arg("--root").arg(folder))
    })
}

fn install(opt_level: &str) -> Command {
    let mut install = cargo();
    install
        .args(["install", "--quiet", "--force", "--target-dir"])
        .arg(target().join("tools"))
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level);
    install
}
