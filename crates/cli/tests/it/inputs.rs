//! Wrong command lines and inputs that cannot be read: a clear message, and status 2.

use crate::run::{run, run_in, run_with};

#[test]
fn what_cannot_be_read_is_named_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("latin.yaml"), b"app:\n  name: \xfcber\n").unwrap();
    std::fs::create_dir(folder.path().join("envs")).unwrap();
    for (arguments, message) in [
        (
            &["check", "nope.yaml"][..],
            "cannot read nope.yaml: there is no such file",
        ),
        (&["check", "-f", "a,b"], "cannot read a: there is no such file"),
        (&["check", "envs"], "cannot read envs: it is a directory"),
        (&["render", "envs"], "cannot read envs: it is a directory"),
        (&["forecast", "envs"], "cannot read envs: it is a directory"),
        (
            &["check", "latin.yaml"],
            "latin.yaml:2:9: byte 0xfc is not UTF-8, so Helm refuses the file; save it as UTF-8",
        ),
        (&["check", "-f", "a\"b"], "-f a\"b: Helm reads comma-separated values"),
        (
            &["check", "--set-file", "app.env.A=nope"],
            "cannot read nope: there is no such file",
        ),
        (
            &["check", "--each", "envs/*.yaml"],
            "--each envs/*.yaml: no file matches",
        ),
        (&["check", "--each", "a[.yaml"], "--each a[.yaml: "),
        (
            &["check", "-", "-"],
            "standard input can be read once, and `-` is given twice",
        ),
        (
            &["check", "https://example.org/values.yaml"],
            "https://example.org/values.yaml is an address, and Rollcast opens no connection: ",
        ),
    ] {
        let error = run_in(folder.path(), arguments).err(2);
        assert!(
            error.starts_with(&format!("error: {message}")),
            "{arguments:?}: {error}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_lack_of_permission_is_named() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret.yaml");
    std::fs::write(&file, "app: {}\n").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read everything.
    if std::fs::read(&file).is_err() {
        let error = run_in(folder.path(), ["check", "secret.yaml"]).err(2);
        assert_eq!(error, "error: cannot read secret.yaml: permission denied\n");
    }
}

#[test]
fn wrong_command_lines_say_what_is_wrong() {
    for (arguments, message) in [
        (&["check", "--set"][..], "a value is required for '--set <KEY=VALUE>'"),
        (&["check", "-f"], "a value is required for '--values <FILES>'"),
        (
            &["check", "--fail-on", "info"],
            "invalid value 'info' for '--fail-on <LEVEL>'",
        ),
        (
            &["check", "--format", "xml"],
            "invalid value 'xml' for '--format <FORMAT>'",
        ),
        (
            &["check", "--helm", "2.16"],
            "give 3.17 (up to 3.20.0), 3.20 (later 3.x), 4, or a full version",
        ),
        (&["check", "--boot", "8s"], "give one figure (8) or three"),
        (
            &["check", "--each", "*.yaml", "--fail-on", "never", "--frobnicate"],
            "unexpected argument '--frobnicate'",
        ),
        (&["check", "base.yaml", "--each", "*.yaml"], "cannot be used with"),
        (&["forecast", "--width", "5"], "5 is not in 60..=1000"),
        (&["chek"], "unrecognized subcommand 'chek'"),
        (&[], "Usage: rollcast"),
        (&["man", "chek"], "there is no command `chek`"),
    ] {
        let error = run(arguments).err(2);
        assert!(error.contains(message), "{arguments:?}: {error}");
    }
}

#[test]
fn standard_input_is_a_values_file() {
    for command in ["check", "render", "forecast"] {
        let latin = run_with(b"a: \xff\n", [command, "-"]).err(2);
        assert!(latin.starts_with("error: standard input:1:4: byte 0xff"), "{latin}");
    }
}
