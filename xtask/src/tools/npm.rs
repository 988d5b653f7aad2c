//! Node.js, and the npm packages that the lock files name.

use crate::command::{Result, command, probe, root, run, say};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Node.js, 20 or later, to be run in the repository's folder.
pub(crate) fn node() -> Result<Command> {
    let advice = "install Node.js 20 or later with npm (Debian 12 and later: `sudo apt-get install -y nodejs npm` brings 18, \
                  too old for the tests; https://nodejs.org has the current one)";
    let version = probe("node", &["--version"]).ok_or_else(|| format!("there is no `node`: {advice}"))?;
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        return Err(format!("`node` is {version}: {advice}"));
    }
    Ok(command("node"))
}

/// npm, without its chatter.
pub(crate) fn npm() -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["--no-fund", "--no-audit", "--loglevel=error"]);
    npm
}

/// The folder `node_modules` of the tools' and tests' packages, after installing what their lock file asks for.
pub(crate) fn npm_tools() -> Result<PathBuf> {
    packages("tests/browser", "the npm packages of the tests; 160 MB")
}

/// The same for the packages of the page's editor.
pub(crate) fn editor_packages() -> Result<PathBuf> {
    packages("web/editor", "the npm packages of the editor; 25 MB")
}

/// Installs the port of Kubernetes' controllers that rollouts are compared with.
pub(crate) fn witness_packages() -> Result {
    packages("tests/witness", "a port of Kubernetes' controllers; 10 MB").map(drop)
}

/// Installs the engines of other playgrounds.
pub(crate) fn playground_packages() -> Result {
    packages("tests/playgrounds", "the engines of other playgrounds; 47 MB").map(drop)
}

/// Installs Lighthouse.
pub(crate) fn lighthouse_packages() -> Result {
    packages("tests/lighthouse", "Lighthouse; 185 MB").map(drop)
}

fn packages(folder: &str, what: &str) -> Result<PathBuf> {
    node()?;
    let folder = root().join(folder);
    let modules = folder.join("node_modules");
    let lock = read(&folder.join("package-lock.json"))?;
    // npm removes this copy with the folder, so it is there only if the packages of this very lock file are.
    let stamp = modules.join(".rollcast-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(modules);
    }
    say(&format!("Installing {what}"));
    run(npm().arg("ci").current_dir(&folder))?;
    fs::write(&stamp, lock).map_err(|error| format!("cannot write {}: {error}", stamp.display()))?;
    Ok(modules)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}
