//! Running other programs, and saying so.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What a task returns; the error is a message for the person at the terminal.
pub(crate) type Result<T = ()> = std::result::Result<T, String>;

/// A task whose arguments were understood; nothing of it is done yet.
pub(crate) type Task = Box<dyn FnOnce() -> Result>;

/// A task without arguments.
pub(crate) fn task(run: impl FnOnce() -> Result + 'static) -> Result<Task> {
    Ok(Box::new(run))
}

/// Numbers that may be left out from the last one on.
pub(crate) fn numbers<const N: usize>(arguments: &[String], mut values: [u32; N]) -> Result<[u32; N]> {
    if let Some(more) = arguments.get(N) {
        return Err(format!("unexpected argument `{more}`"));
    }
    for (value, argument) in values.iter_mut().zip(arguments) {
        *value = argument
            .parse()
            .map_err(|_| format!("`{argument}` is no whole number up to {}", u32::MAX))?;
    }
    Ok(values)
}

/// The folder of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or_else(|| Path::new("."))
}

/// The folder cargo builds into.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program to be run in the repository's folder.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Cargo, the one that runs this.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Announces a step that may take a while.
pub(crate) fn say(what: &str) {
    eprintln!("\n==> {what}");
}

/// Runs a program to its end; it shares the terminal.
pub(crate) fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} ended with {status}", show(command)))
    }
}

/// Runs a program to its end, showing what it prints and handing each line of its standard output to `read`.
pub(crate) fn run_and_read(command: &mut Command, mut read: impl FnMut(&str)) -> Result {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_start(command, &error))?;
    if let Some(stdout) = child.stdout.take() {
        let mut terminal = std::io::stdout();
        for line in BufReader::new(stdout).lines().map_while(std::result::Result::ok) {
            // A closed terminal must not stop the program whose end we wait for.
            let _ = writeln!(terminal, "{line}");
            read(&line);
        }
    }
    let status = child
        .wait()
        .map_err(|error| format!("lost {}: {error}", show(command)))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} ended with {status}", show(command)))
    }
}

/// What a program prints, without blanks at the ends; `None` when it cannot be started or fails.
pub(crate) fn probe(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = command(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The standard output of a program; its messages go to the terminal.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| cannot_start(command, &error))?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", show(command), output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{} printed no UTF-8: {error}", show(command)))
}

fn show(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    format!("`{}`", words.join(" "))
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start {}: {error}", show(command))
}
