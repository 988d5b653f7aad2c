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
