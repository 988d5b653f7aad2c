//! Publishing: the crates, the npm package, and archives with the program for a platform. Rehearsed, the same commands run
//! and nothing leaves this machine.

mod binaries;
mod changelog;

use crate::{
    built,
    command::{self, Result, Task, cargo, root, run as execute, say, target},
    hosting, site, tools,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The version of everything in this repository.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Does `release [crates|npm|binaries [TARGET]|notes]`, or rehearses it with `--dry-run`.
pub(crate) fn task(arguments: &[String]) -> Result<Task> {
    let rehearsed = arguments.iter().any(|argument| argument == "--dry-run");
    let rest: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| *argument != "--dry-run")
        .collect();
    match rest[..] {
        [] if rehearsed => command::task(rehearse),
        [] => Err(
            "say what to release, `crates`, `npm`, `binaries` or `notes`, or rehearse all with --dry-run".to_owned(),
        ),
        ["crates"] => command::task(move || crates(rehearsed)),
        ["npm"] => command::task(move || npm(rehearsed)),
        // Building publishes nothing.
        ["binaries"] => command::task(program),
        ["binaries", target] => {
            let target = target.to_owned();
            command::task(move || binaries::build(Some(&target)).map(drop))
        }
        ["notes"] => command::task(|| changelog::notes().map(|notes| print!("{notes}"))),
        [unknown, ..] => Err(format!(
            "`{unknown}` cannot be released: there are crates, npm, binaries and notes"
        )),
    }
}

/// Everything that a release and a deployment do, without publishing; `cargo xtask test release` does the same.
fn rehearse() -> Result {
    crates(true)?;
    npm(true)?;
    program()?;
    hosting::rehearse().map(drop)
}

/// The archive for this platform, which must hold a program that works, and the notes that go with it.
pub(crate) fn program() -> Result {
    changelog::notes()?;
    binaries::try_out(&binaries::build(None)?)
}

/// Packs all crates that are published, builds each from its package, and uploads them in the order of their dependencies.
pub(crate) fn crates(rehearsed: bool) -> Result {
    say("Packing the crates");
    let mut publish = cargo();
    publish.args(["publish", "--workspace", "--locked"]);
    if rehearsed {
        forget_rehearsals()?;
        // A rehearsal is for work in progress too.
        publish
            .args(["--dry-run", "--allow-dirty"])
            .env("CARGO_TARGET_DIR", rehearsal())
            // It is only compiled.
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
    }
    execute(&mut publish)
}

/// Where a rehearsal builds.
fn rehearsal() -> PathBuf {
    target().join("rehearsal")
}

/// cargo takes a published version for unchangeable. In a rehearsal these crates count as published, and those of the one
/// before, unpacked and compiled, would be used again although their files have changed.
fn forget_rehearsals() -> Result {
    let remove = |folder: PathBuf| match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("cannot clear {}: {error}", folder.display()))
        }
        _ => Ok(()),
    };
    remove(rehearsal())?;
    let sources = site::cargo_home()?.join("registry").join("src");
    for registry in folders(&sources).into_iter().filter(|path| is_rehearsed(path)) {
        for unpacked in folders(&registry) {
            if begins(&unpacked, b"rollcast") {
                remove(unpacked)?;
            }
        }
    }
    Ok(())
}

/// Whether a registry's folder is a rehearsal's: it has no host.
pub(crate) fn is_rehearsed(registry: &Path) -> bool {
    begins(registry, b"-")
}

fn begins(path: &Path, with: &[u8]) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(with))
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect()
}

/// Builds the npm package and uploads it with a statement of where it was built.
pub(crate) fn npm(rehearsed: bool) -> Result {
    let tarball = built::tarball()?;
    // A statement of where it was built can only be made there.
    let how = if rehearsed { "--dry-run" } else { "--provenance" };
    execute(tools::npm().args(["publish", "--access", "public", how]).arg(tarball))
}

/// Where the files of a release are put.
fn files() -> Result<PathBuf> {
    let folder = target().join("release-files");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    Ok(folder)
}

/// The licences and whatever else goes with every copy.
const NOTICES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

fn copy_notices(folder: &Path) -> Result {
    for name in NOTICES {
        fs::copy(root().join(name), folder.join(name)).map_err(|error| format!("cannot copy {name}: {error}"))?;
    }
    Ok(())
}
