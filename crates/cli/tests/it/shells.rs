//! Completions and manual pages.

use std::process::Command;

use crate::run::{finish, run, run_with};

pub(crate) const COMMANDS: [&str; 10] = [
    "check",
    "render",
    "forecast",
    "diff",
    "fix",
    "explain",
    "verify",
    "schema",
    "completions",
    "man",
];

#[test]
fn every_shell_gets_completions_for_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(["completions", shell]).out(0);
        for name in COMMANDS {
            assert!(script.contains(name), "{shell}: {name}");
        }
        assert!(script.contains("fail-on"), "{shell}");
    }
}

#[cfg(unix)]
#[test]
fn bash_completes_a_command_and_an_option() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("rollcast.bash");
    std::fs::write(&script, run(["completions", "bash"]).out(0)).unwrap();
    let completed = |words: &str| {
        let line = format!(
            "source {} && COMP_WORDS=({words}) COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)) \
             && _rollcast rollcast \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\" && echo ${{COMPREPLY[@]}}",
            script.display()
        );
        finish(Command::new("bash").args(["--norc", "-c", &line])).out(0)
    };
    assert_eq!(completed("rollcast ch"), "check\n");
    assert_eq!(completed("rollcast check --fail-o"), "--fail-on\n");
    assert_eq!(completed("rollcast check --fail-on ''"), "error warning never\n");
    assert_eq!(completed("rollcast explain telegram"), "telegram-polling\n");
}

#[test]
fn every_command_has_a_manual_page_and_a_help() {
    let all = run(["man"]).out(0);
    for name in COMMANDS {
        assert!(all.contains(&format!("rollcast\\-{name}(1)")), "{name}");
        let page = run(["man", name]).out(0);
        assert!(page.contains(&format!(".TH rollcast-{name} 1")), "{page}");
        assert!(
            run([name, "--help"])
                .out(0)
                .contains(&format!("Usage: rollcast {name}"))
        );
    }
}

#[test]
fn the_manual_page_is_roff_that_man_reads() {
    // Only where there is a formatter; the page's macros are checked by clap_mangen's own tests.
    if Command::new("groff")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
    {
        let page = run(["man", "check"]).out(0);
        let mut groff = Command::new("groff");
        groff.args(["-man", "-Tutf8", "-ww", "-z"]);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("page");
        std::fs::write(&file, page).unwrap();
        assert_eq!(finish(groff.arg(file)).err(0), "");
    }
}

#[test]
fn colours_follow_the_options() {
    let escape = '\u{1b}';
    assert!(!run(["render"]).stdout.contains(escape));
    assert!(run(["render", "--color", "always"]).stdout.contains(escape));
    assert!(
        !run_with(b"", ["render", "-", "--color", "never"])
            .stdout
            .contains(escape)
    );
    let forced = finish(crate::run::command(["render"]).env("CLICOLOR_FORCE", "1"));
    assert!(forced.stdout.contains(escape));
    let without = finish(
        crate::run::command(["render"])
            .env("CLICOLOR_FORCE", "1")
            .env("NO_COLOR", "1"),
    );
    assert!(!without.stdout.contains(escape), "NO_COLOR wins");
}
