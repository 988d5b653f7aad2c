//! Outputs that cannot be written.

use std::io::Read as _;
use std::process::Stdio;

use crate::run::{command, examples, finish, run_in};

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let commands = [
        &["completions", "zsh"][..],
        &["man"],
        &["check", "--format", "json", "--fail-on", "never"],
        &["render"],
        &["forecast"],
    ];
    for arguments in commands {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let error = finish(command(arguments).stdout(full)).err(2);
        assert_eq!(error, "error: cannot write the output: No space left on device\n");
    }
}

#[test]
fn a_reader_that_goes_away_changes_nothing() {
    // Several times what a pipe holds.
    let arguments = [
        "check",
        "--each",
        "envs/dev/values.yaml",
        "envs/prod/values.yaml",
        "--format",
        "json",
    ];
    let whole = run_in(&examples(), arguments).out(1);
    assert!(whole.len() > 20_000);
    let mut child = command(arguments)
        .current_dir(examples())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0];
    let mut pipe = child.stdout.take().unwrap();
    pipe.read_exact(&mut first).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    assert_eq!(first[0], whole.as_bytes()[0]);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1), "as without a pipe");
}

#[cfg(target_os = "linux")]
#[test]
fn a_drawing_is_whole_or_as_it_was() {
    use crate::run::{KILLED, NO_ROOM, limited};

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rollout.svg");
    let draw = ["forecast", "--svg", "rollout.svg"];
    for before in [None, Some("an older drawing")] {
        if let Some(text) = before {
            std::fs::write(&file, text).unwrap();
        }
        let error = limited(folder.path(), NO_ROOM, &draw).err(2);
        assert_eq!(error, "error: cannot write rollout.svg: File too large\n");
        // Nothing is left behind.
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            usize::from(before.is_some())
        );
        assert_eq!(limited(folder.path(), KILLED, &draw).status, None);
        assert_eq!(std::fs::read_to_string(&file).ok().as_deref(), before);
        for entry in std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
            if entry.file_name() != "rollout.svg" {
                std::fs::remove_file(entry.path()).unwrap();
            }
        }
    }
    // A link and permissions stay; what may not be written is left alone.
    let link = folder.path().join("link.svg");
    std::os::unix::fs::symlink("rollout.svg", &link).unwrap();
    run_in(folder.path(), ["forecast", "--svg", "link.svg"]).out(0);
    assert!(link.is_symlink());
    let drawing = std::fs::read_to_string(&file).unwrap();
    assert!(
        drawing.starts_with("<svg") && drawing.ends_with("</svg>\n"),
        "{drawing}"
    );
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions).unwrap();
    let error = run_in(folder.path(), draw).err(2);
    assert_eq!(error, "error: cannot write rollout.svg: permission denied\n");

    let error = run_in(folder.path(), ["forecast", "--svg", "/dev/full"]).err(2);
    assert_eq!(error, "error: cannot write /dev/full: No space left on device\n");
    run_in(folder.path(), ["forecast", "--svg", "/dev/null"]).out(0);
}
