//! An archive with the program, its completions and its manual pages for one platform, and its checksum.

use super::{VERSION, copy_notices, files};
use crate::{
    command::{Result, capture, cargo, command, probe, root, run, say, target},
    site,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Builds for a platform, this one if none is named, and gives the archive.
pub(super) fn build(platform: Option<&str>) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--release", "--locked", "--package", "rollcast"]);
    build.env("CARGO_ENCODED_RUSTFLAGS", site::without_build_paths()?);
    let mut built = target();
    // Named, this one's platform too would have a folder of its own, and share nothing with what the tests have built.
    if let Some(platform) = platform {
        build.args(["--target", platform]);
        built.push(platform);
    }
    let host = host()?;
    let platform = platform.unwrap_or(&host);
    say(&format!("Building the program for {platform}"));
    run(&mut build)?;
    let suffix = if platform.contains("windows") { ".exe" } else { "" };
    let program = built.join("release").join(format!("rollcast{suffix}"));

    let name = format!("rollcast-{VERSION}-{platform}");
    let folder = target().join("release").join(&name);
    empty(&folder)?;
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

fn empty(folder: &Path) -> Result {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("cannot clear {}: {error}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))
}

/// Writes the SHA-256 beside a file, as `sha256sum --check` reads it.
fn checksum(file: &Path) -> Result {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = file.parent().unwrap_or(file);
    let text = capture(sha256().arg(&name).current_dir(folder))?;
    let path = sum_of(file);
    fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn sum_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".sha256");
    name.into()
}

fn sha256() -> Command {
    if probe("sha256sum", &["--version"]).is_some() {
        command("sha256sum")
    } else {
        let mut sum = command("shasum");
        sum.args(["-a", "256"]);
        sum
    }
}

/// Does what somebody does who fetched an archive for this platform: compares the checksum, unpacks it, runs the program.
pub(super) fn try_out(archive: &Path) -> Result {
    say("Trying it out");
    run(sha256()
        .arg("-c")
        .arg(sum_of(archive))
        .current_dir(archive.parent().unwrap_or(archive)))?;
    let folder = target().join("release").join("tried");
    empty(&folder)?;
    run(command("tar").arg("-xzf").arg(archive).arg("-C").arg(&folder))?;
    let program = folder.join(format!("rollcast{}", env::consts::EXE_SUFFIX));
    let version = capture(command(&program).arg("--version"))?;
    if version.trim() != format!("rollcast {VERSION}") {
        return Err(format!("the program says that it is {version}, not {VERSION}"));
    }
    run(command(&program).args(["check", "--fail-on", "never", "crates/cli/tests/examples/values.yaml"]))
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
