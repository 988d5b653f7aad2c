//! `fix`: what it shows, what it writes, and that a file is never left in between.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::run::{command, example, examples, finish, run_in, run_with};

const MENDED: &str = "\
# Rolling on a claim that one node mounts at a time.
app:
  strategy:
    type: RollingUpdate
  workspaces:
    accessModes:
      - ReadWriteMany
";

/// A folder with the draft in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("values.yaml"), example("first-draft.yaml")).unwrap();
    folder
}

fn content(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("values.yaml")).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

const WRITE: [&str; 5] = ["fix", "values.yaml", "--finding", "rolling-on-rwo", "--write"];

#[test]
fn all_that_is_offered_is_listed_by_what_it_is_for() {
    let text = run_in(&examples(), ["fix", "first-draft.yaml"]).out(0);
    for line in [
        "first-draft.yaml: [rolling-on-rwo] RollingUpdate on a ReadWriteOnce claim\n    1: Set `app.workspaces.accessModes",
        "\n        --set-json 'app.workspaces.accessModes=[\"ReadWriteMany\"]'\n",
        "\nfirst-draft.yaml: [no-gap] ",
        " changes offered\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let json = run_in(&examples(), ["fix", "first-draft.yaml", "--format", "json"]).out(0);
    let offers: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(offers[0]["id"], "rolling-on-rwo");
    assert!(offers[0]["fixes"].as_array().unwrap().len() > 1);
}

#[test]
fn what_is_shown_is_a_patch_that_patch_takes() {
    let folder = folder();
    let patch = run_in(folder.path(), ["fix", "values.yaml", "--goal", "no-gap"]).out(0);
    assert!(
        patch.contains("\n    Now: deadlock: ") && patch.contains("\n    Then: "),
        "{patch}"
    );
    assert_eq!(
        content(folder.path()).as_bytes(),
        example("first-draft.yaml"),
        "nothing is written"
    );
    if Command::new("patch").arg("--version").output().is_ok() {
        std::fs::write(folder.path().join("p"), patch).unwrap();
        finish(
            Command::new("patch")
                .args(["-s", "-p0", "-i", "p"])
                .current_dir(folder.path()),
        )
        .out(0);
        assert_eq!(content(folder.path()), MENDED);
    }
}

#[test]
fn what_is_chosen_is_written() {
    let folder = folder();
    assert_eq!(run_in(folder.path(), WRITE).out(0), "values.yaml: written\n");
    assert_eq!(content(folder.path()), MENDED);
    assert_eq!(names(folder.path()), ["values.yaml"]);
    let again = run_in(folder.path(), WRITE).err(1);
    assert!(
        again.starts_with("error: there is no change of these values for rolling-on-rwo"),
        "{again}"
    );

    let second = self::folder();
    let arguments = [
        "fix",
        "values.yaml",
        "--finding",
        "rolling-on-rwo",
        "--choice",
        "2",
        "--write",
    ];
    run_in(second.path(), arguments).out(0);
    assert_eq!(
        content(second.path()),
        "# Rolling on a claim that one node mounts at a time.\napp: {}\n"
    );
}

#[test]
fn what_one_change_mends_needs_no_second() {
    let folder = folder();
    let arguments = [
        "fix",
        "values.yaml",
        "--finding",
        "rolling-on-rwo",
        "--finding",
        "shared-workspaces",
        "--format",
        "json",
    ];
    let fixes: Vec<Value> = serde_json::from_str(&run_in(folder.path(), arguments).out(0)).unwrap();
    assert_eq!(fixes.len(), 1);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let text = run_with(
        &example("first-draft.yaml"),
        ["fix", "-", "--goal", "no-gap", "--write"],
    )
    .out(0);
    assert_eq!(text, MENDED);
}

#[test]
fn what_cannot_be_had_is_said() {
    for (arguments, status, message) in [
        (
            &["--finding", "outage"][..],
            1,
            "there is no change of these values for outage",
        ),
        (
            &["--finding", "rolling-on-rwo", "--choice", "9"],
            1,
            "for rolling-on-rwo the numbers go up to 3",
        ),
        (&["--write"], 2, "say what to write: --finding ID or --goal GOAL"),
        (&["--finding", "tea"], 2, "invalid value 'tea' for '--finding <ID>'"),
        (&["--goal", "tea"], 2, "invalid value 'tea' for '--goal <GOAL>'"),
    ] {
        let folder = folder();
        let error = run_in(folder.path(), [&["fix", "values.yaml"], arguments].concat()).err(status);
        assert!(
            error.starts_with(&format!("error: {message}")),
            "{arguments:?}: {error}"
        );
        assert_eq!(content(folder.path()).as_bytes(), example("first-draft.yaml"));
    }
    let flags = [
        "fix",
        "values.yaml",
        "--set",
        "app.allowMultiReplica=true",
        "--goal",
        "no-overlap",
        "--write",
    ];
    assert_eq!(
        run_in(&examples(), flags).err(1),
        "error: no values file can take the change for no-overlap. Add to the command line: --set \
         app.allowMultiReplica=false\n"
    );
    let refused = run_in(&examples(), ["fix", "broken.yaml"]).err(1);
    assert!(refused.starts_with("error: failed to parse broken.yaml: "), "{refused}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;
    use crate::run::{KILLED, NO_ROOM, limited};

    #[test]
    fn permissions_and_links_stay() {
        let folder = folder();
        let real = folder.path().join("real.yaml");
        std::fs::rename(folder.path().join("values.yaml"), &real).unwrap();
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real.yaml", folder.path().join("values.yaml")).unwrap();
        run_in(folder.path(), WRITE).out(0);
        assert!(folder.path().join("values.yaml").is_symlink());
        assert_eq!(std::fs::read_to_string(&real).unwrap(), MENDED);
        assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_file_that_may_not_be_written_is_left_alone() {
        let folder = folder();
        let file = folder.path().join("values.yaml");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).unwrap();
        let error = run_in(folder.path(), WRITE).err(2);
        assert_eq!(error, "error: cannot write values.yaml: permission denied\n");
        assert_eq!(content(folder.path()).as_bytes(), example("first-draft.yaml"));
        assert_eq!(names(folder.path()), ["values.yaml"]);
    }

    #[test]
    fn a_disk_without_room_is_an_error_and_the_file_is_as_it_was() {
        let folder = folder();
        let error = limited(folder.path(), NO_ROOM, &WRITE).err(2);
        assert_eq!(error, "error: cannot write values.yaml: File too large\n");
        assert_eq!(content(folder.path()).as_bytes(), example("first-draft.yaml"));
        assert_eq!(names(folder.path()), ["values.yaml"], "nothing is left behind");
    }

    #[test]
    fn a_run_that_is_killed_while_it_writes_leaves_the_file_whole() {
        let folder = folder();
        let run = limited(folder.path(), KILLED, &WRITE);
        assert_eq!(run.status, None, "{run:#?}");
        assert_eq!(content(folder.path()).as_bytes(), example("first-draft.yaml"));
    }

    #[test]
    fn text_that_is_no_utf_8_is_not_rewritten() {
        let folder = folder();
        let text = String::from_utf8(example("first-draft.yaml")).unwrap();
        let bytes: Vec<u8> = format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        std::fs::write(folder.path().join("values.yaml"), &bytes).unwrap();
        let error = run_in(folder.path(), WRITE).err(2);
        assert_eq!(
            error,
            "error: cannot write values.yaml: it is no UTF-8, or has changed since it was read\n"
        );
        assert_eq!(std::fs::read(folder.path().join("values.yaml")).unwrap(), bytes);
    }

    #[test]
    fn a_new_file_replaces_none() {
        let folder = folder();
        let mut fix = command(["fix", "--goal", "no-gap", "--write"]);
        let error = finish(fix.current_dir(folder.path())).err(2);
        assert_eq!(error, "error: cannot write values.yaml: File exists\n");
        assert_eq!(content(folder.path()).as_bytes(), example("first-draft.yaml"));
        let file = folder.path().join("values.yaml");
        std::fs::remove_file(&file).unwrap();
        run_in(folder.path(), ["fix", "--goal", "no-gap", "--write"]).out(0);
        assert!(content(folder.path()).starts_with("app:\n  allowMultiReplica: true\n"));
        // As every other new file.
        std::fs::write(folder.path().join("other"), "").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&file), mode(&folder.path().join("other")));
    }

    #[test]
    fn a_new_file_is_whole_or_not_there() {
        for (trap, status) in [(NO_ROOM, Some(2)), (KILLED, None)] {
            let folder = tempfile::tempdir().unwrap();
            let run = limited(folder.path(), trap, &["fix", "--goal", "no-gap", "--write"]);
            assert_eq!(run.status, status, "{run:#?}");
            assert!(!folder.path().join("values.yaml").exists());
        }
    }
}

#[test]
fn a_flag_is_shown_anew_and_is_the_users_to_change() {
    let flags = ["--set", "app.allowMultiReplica=no", "--finding", "flag-keeps-text"];
    let arguments = |last: &'static str| ["fix", "first-draft.yaml"].into_iter().chain(flags).chain([last]);
    let shown = run_in(&examples(), ["fix", "first-draft.yaml"].into_iter().chain(flags)).out(0);
    let diff = "--- flags\n+++ flags\n---set app.allowMultiReplica=no\n+--set app.allowMultiReplica=false\n    Now: ";
    assert!(shown.starts_with(diff), "{shown}");
    let left = run_in(&examples(), arguments("--write")).err(1);
    assert_eq!(
        left,
        "error: on the command line write --set app.allowMultiReplica=false for --set app.allowMultiReplica=no\n"
    );
    let fixes: Vec<Value> = serde_json::from_str(&run_in(&examples(), arguments("--format=json")).out(0)).unwrap();
    assert_eq!(
        fixes[0]["flagEdits"][0]["after"][0]["arg"],
        "app.allowMultiReplica=false"
    );
}
