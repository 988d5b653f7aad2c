//! Running the program.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit status; `None` when a signal ended it.
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program, without what the machine's environment may say about colours.
pub(crate) fn command(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcast"));
    command.args(arguments).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(variable);
    }
    command
}

/// Runs the program to its end.
pub(crate) fn run(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
    finish(&mut command(arguments))
}

/// Runs the program in a folder.
pub(crate) fn run_in(folder: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
    finish(command(arguments).current_dir(folder))
}

/// Runs the program with a text on standard input.
pub(crate) fn run_with(stdin: &[u8], arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin).unwrap();
    ended(child.wait_with_output().unwrap())
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Run {
    ended(command.output().unwrap())
}

/// With the signal ignored, writing fails as it does on a full disk.
#[cfg(unix)]
pub(crate) const NO_ROOM: &str = "trap '' XFSZ;";

/// The signal comes in the middle of writing.
#[cfg(unix)]
pub(crate) const KILLED: &str = "";

/// Runs the program where files may not become longer than a block or none: it finds no room, or is killed.
#[cfg(unix)]
pub(crate) fn limited(folder: &Path, trap: &str, arguments: &[&str]) -> Run {
    let program = env!("CARGO_BIN_EXE_rollcast");
    let line = format!("{trap} ulimit -f 0; exec \"$0\" \"$@\"");
    let mut bash = Command::new("bash");
    finish(bash.args(["-c", &line, program]).args(arguments).current_dir(folder))
}

fn ended(output: std::process::Output) -> Run {
    Run {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The folder of values files that examples are about.
pub(crate) fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples")
}

/// One of them.
pub(crate) fn example(name: &str) -> Vec<u8> {
    std::fs::read(examples().join(name)).unwrap()
}

impl Run {
    /// The standard output of a run that must end with this status.
    #[track_caller]
    pub(crate) fn out(self, status: i32) -> String {
        assert_eq!(self.status, Some(status), "{self:#?}");
        self.stdout
    }

    /// The message of a run that must end with this status and print nothing else.
    #[track_caller]
    pub(crate) fn err(self, status: i32) -> String {
        assert_eq!((self.status, self.stdout.as_str()), (Some(status), ""), "{self:#?}");
        self.stderr
    }
}
