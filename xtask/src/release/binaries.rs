//! An archive with the program, its completions and its manual pages for one platform, and its checksum.

use super::{VERSION, copy_notices, files};
use crate::{
    command::{Result, capture, cargo, command, probe, root, run, say, target},
    site,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Builds for a platform, this one if none is named, and gives the archive.
pub(super) fn build(platform: Option<&str>) -> Result<PathBuf> {
    let host = host()?;
    let platform = platform.unwrap_or(&host);
    say(&format!("Building the program for {platform}"));
    run(cargo()
        .args([
            "build",
            "--release",
            "--locked",
            "--package",
            "rollcast",
            "--target",
            platform,
        ])
        .env("CARGO_ENCODED_RUSTFLAGS", site::without_build_paths()?))?;
    let suffix = if platform.contains("windows") { ".exe" } else { "" };
    let program = target()
        .join(platform)
        .join("release")
        .join(format!("rollcast{suffix}"));

    let name = format!("rollcast-{VERSION}-{platform}");
    let folder = target().join("release").join(&name);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("cannot clear {}: {error}", folder.display()))?;
    }
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    copy(&program, &folder.join(format!("rollcast{suffix}")))?;
    copy(&root().join("crates/cli/README.md"), &folder.join("README.md"))?;
    copy_notices(&folder)?;
    documents(&folder)?;
    site::refuse_build_paths(&folder)?;

    say("Packing it");
    let archive = files()?.join(format!("{name}.tar.gz"));
    // Named one by one, so that no leading "./" and no other file gets in.
    let mut names: Vec<_> = fs::read_dir(&folder)
        .map_err(|error| format!("cannot list {}: {error}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .collect();
    names.sort();
    run(command("tar")
        .arg("-czf")
        .arg(&archive)
        .arg("-C")
        .arg(&folder)
        .args(names))?;
    checksum(&archive)?;
    Ok(archive)
}

/// Completions and manual pages, written by a program that runs here, whatever the platform they are for.
fn documents(folder: &Path) -> Result {
    let make = |path: &Path, arguments: &[&str]| {
        let mut program = cargo();
        program
            .args(["run", "--quiet", "--locked", "--package", "rollcast", "--"])
            .args(arguments);
        let text = capture(&mut program)?;
        fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
    };
    let sub = |name: &str| {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        Ok::<_, String>(folder)
    };
    let completions = sub("completions")?;
    for (shell, file) in [
        ("bash", "rollcast.bash"),
        ("zsh", "_rollcast"),
        ("fish", "rollcast.fish"),
        ("powershell", "rollcast.ps1"),
        ("elvish", "rollcast.elv"),
    ] {
        make(&completions.join(file), &["completions", shell])?;
    }
    make(&sub("man")?.join("rollcast.1"), &["man"])
}

/// Writes the SHA-256 beside a file, as `sha256sum --check` reads it.
fn checksum(file: &Path) -> Result {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut sum = if probe("sha256sum", &["--version"]).is_some() {
        command("sha256sum")
    } else {
        let mut sum = command("shasum");
        sum.args(["-a", "256"]);
        sum
    };
    let folder = file.parent().unwrap_or(file);
    let text = capture(sum.arg(&name).current_dir(folder))?;
    let path = folder.join(format!("{name}.sha256"));
    fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// The platform of this machine.
fn host() -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    probe(rustc, &["-vV"])
        .as_deref()
        .and_then(|text| text.lines().find_map(|line| line.strip_prefix("host: ")))
        .map(str::to_owned)
        .ok_or_else(|| "rustc does not say which platform this is".to_owned())
}

fn copy(from: &Path, to: &Path) -> Result {
    fs::copy(from, to)
        .map(drop)
        .map_err(|error| format!("cannot copy {}: {error}", from.display()))
}
