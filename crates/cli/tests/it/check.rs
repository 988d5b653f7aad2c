//! `check`: every format, every exit status.

use serde_json::Value;

use crate::run::{example, examples, run_in, run_with};

/// Ids in brackets at the beginning of lines, with what stands before them.
fn statements(text: &str) -> Vec<(&str, &str)> {
    text.lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_once(']')?.0.rsplit_once('['))
        .collect()
}

#[test]
fn the_status_says_whether_something_was_found() {
    for (arguments, status) in [
        (&["values.yaml"][..], 0),
        (&["values.yaml", "--fail-on", "warning"], 1),
        (&["values.yaml", "--fail-on", "never"], 0),
        (
            &[
                "values.yaml",
                "--fail-on",
                "warning",
                "--confirm",
                "shared-workspaces",
                "--confirm",
                "sse-pod-local",
                "--confirm",
                "telegram-polling",
            ],
            0,
        ),
        (&["first-draft.yaml"], 1),
        (&["first-draft.yaml", "--fail-on", "never"], 0),
        (&["broken.yaml"], 1),
        (&["broken.yaml", "--fail-on", "never"], 0),
        (&["text.yaml"], 1),
        (&["--set", "a"], 1),
        (&["--each", "envs/*/values.yaml"], 1),
        (&["--each", "envs/dev/values.yaml"], 0),
    ] {
        for format in ["text", "json", "yaml", "markdown", "sarif", "github"] {
            let run = run_in(&examples(), [&["check", "--format", format], arguments].concat());
            assert_eq!(run.status, Some(status), "{format} {arguments:?}: {}", run.stderr);
            assert_eq!(run.stderr, "");
        }
    }
}

#[test]
fn what_rollcast_does_not_know_is_a_wrong_command_line() {
    for (arguments, message) in [
        (&["--chart", "1.2.3"][..], "There is no chart release \"1.2.3\""),
        (&["--confirm", "tea"], "invalid value 'tea' for '--confirm <ID>'"),
        (&["--boot", "9,5,1"], "cluster.boot"),
    ] {
        for each in [&[][..], &["--each", "envs/*/values.yaml"]] {
            let error = run_in(&examples(), [&["check"], arguments, each].concat());
            assert_eq!(error.status, Some(2));
            assert!(error.stderr.contains(message), "{}", error.stderr);
        }
    }
}

#[test]
fn text_names_place_level_and_id() {
    let text = run_in(&examples(), ["check", "first-draft.yaml"]).out(1);
    assert!(text.starts_with("first-draft.yaml: deadlock: RollingUpdate"), "{text}");
    let statements = statements(&text);
    assert!(
        statements.contains(&("first-draft.yaml:4:5: error", "rolling-on-rwo")),
        "{text}"
    );
    assert!(
        statements.contains(&("first-draft.yaml: confirm", "telegram-polling")),
        "{text}"
    );
    assert!(
        text.contains("\n    Vouch for it: --confirm telegram-polling\n"),
        "{text}"
    );
    assert!(text.ends_with("(chart release 7.1.0)\n"), "{text}");
}

#[test]
fn a_refusal_says_ours_first_and_helms_words_beneath() {
    let text = run_in(&examples(), ["check", "broken.yaml"]).out(1);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("broken.yaml:3:1: error[read]: "), "{text}");
    assert!(lines[1].starts_with("    Do: "), "{text}");
    assert_eq!(
        lines[2],
        "    Helm says: failed to parse broken.yaml: error converting YAML to JSON: yaml: line 3: found a tab character \
         that violates indentation"
    );
    let flag = run_in(&examples(), ["check", "--set", "x.y"]).out(1);
    assert!(flag.starts_with("--set x.y: error[flag]: "), "{flag}");
}

#[test]
fn standard_input_has_a_name_for_people() {
    let run = run_with(&example("broken.yaml"), ["check", "-"]);
    let text = run.out(1);
    assert!(text.starts_with("<stdin>:3:1: error[read]: "), "{text}");
    assert!(text.contains("Helm says: failed to parse -: "), "{text}");
    let both = run_with(
        &example("values.yaml"),
        ["check", "-f", "-", "--set", "app.replicaCount=3", "--format", "json"],
    );
    let report: Value = serde_json::from_str(&both.out(0)).unwrap();
    assert_eq!(report["outcome"]["rendered"]["app"]["replicas"], "3");
}

#[test]
fn a_values_file_cannot_steer_the_terminal() {
    let text = run_with(b"app:\n  strategy: \"\\e[2J\\e]0;title\\a\"\n", ["check", "-"]).out(1);
    assert!(text.chars().all(|char| char == '\n' || !char.is_control()), "{text:?}");
}

#[test]
fn json_and_yaml_are_the_report() {
    let json: Value =
        serde_json::from_str(&run_in(&examples(), ["check", "values.yaml", "--format", "json"]).out(0)).unwrap();
    assert_eq!(json["release"]["id"], "7.1.0");
    assert_eq!(json["outcome"]["status"], "rendered");
    assert_eq!(json["outcome"]["decision"]["rule"], "opt-in");
    let yaml: Value =
        serde_yaml::from_str(&run_in(&examples(), ["check", "values.yaml", "--format", "yaml"]).out(0)).unwrap();
    assert_eq!(yaml, json);
}

#[test]
fn a_fleet_is_a_list_in_the_order_of_its_names() {
    let arguments = [
        "check",
        "--each",
        "envs/*/values.yaml",
        "-f",
        "base.yaml",
        "--fail-on",
        "never",
        "--format",
    ];
    let names = [
        "envs/dev/values.yaml",
        "envs/prod/values.yaml",
        "envs/staging/values.yaml",
    ];
    let with = |format| run_in(&examples(), arguments.into_iter().chain([format])).out(0);

    let json: Vec<Value> = serde_json::from_str(&with("json")).unwrap();
    assert_eq!(json.iter().map(|member| &member["file"]).collect::<Vec<_>>(), names);
    for member in &json {
        let file: &str = member["file"].as_str().unwrap();
        let alone = run_in(
            &examples(),
            ["check", "base.yaml", file, "--fail-on", "never", "--format", "json"],
        )
        .out(0);
        assert_eq!(
            serde_json::from_str::<Value>(&alone).unwrap(),
            member["report"],
            "{file}"
        );
    }

    let yaml = with("yaml");
    assert_eq!(yaml.matches("---\n").count(), 3);
    for (document, json) in yaml.split("---\n").skip(1).zip(&json) {
        assert_eq!(&serde_yaml::from_str::<Value>(document).unwrap(), json);
    }

    let text = with("text");
    assert!(text.lines().all(|line| !line.starts_with(' ')), "{text}");
    assert!(
        text.lines().last().unwrap().starts_with("3 files checked, 0 failed: "),
        "{text}"
    );
}

#[test]
fn a_fleet_goes_on_behind_a_file_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a", &b"app: {}\n"[..]),
        ("b", b"\xff"),
        ("c", b"app: {}\n"),
        ("[d]", b"app: {}\n"),
    ] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        std::fs::write(folder.path().join(name).join("values.yaml"), text).unwrap();
    }
    let run = run_in(folder.path(), ["check", "--each", "*/values.yaml"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr
            .starts_with("error: b/values.yaml:1:1: byte 0xff is not UTF-8"),
        "{}",
        run.stderr
    );
    assert!(
        run.stdout.contains("\n3 files checked, 0 failed, 1 unreadable: "),
        "{}",
        run.stdout
    );
    // Names that the shell has expanded, one of which would be a pattern if it did not exist.
    let run = run_in(
        folder.path(),
        ["check", "--each", "a/values.yaml", "[d]/values.yaml", "a/values.yaml"],
    );
    assert!(run.out(0).contains("\n2 files checked, 0 failed: "));
    let run = run_in(folder.path(), ["check", "--each", "a/values.yaml", "nope.yaml"]);
    assert!(run.err(2).contains("--each nope.yaml: no file matches"));
}

#[test]
fn github_annotations_stand_at_the_lines() {
    let text = run_in(
        &examples(),
        ["check", "first-draft.yaml", "--format", "github", "--fail-on", "never"],
    )
    .out(0);
    let first = text.lines().next().unwrap();
    assert!(
        first.starts_with("::error file=first-draft.yaml,line=4,endLine=4,col=5,endColumn=24,title=RollingUpdate"),
        "{first}"
    );
    assert!(
        text.lines()
            .all(|line| line.starts_with("::error ") || line.starts_with("::warning ")),
        "{text}"
    );
    let stdin = run_with(&example("broken.yaml"), ["check", "-", "--format", "github"]).out(1);
    assert!(stdin.starts_with("::error title=Helm refuses the values::"), "{stdin}");
}

#[test]
fn sarif_has_a_rule_for_each_result() {
    let text = run_in(
        &examples(),
        ["check", "--each", "*.yaml", "envs/*/values.yaml", "--format", "sarif"],
    )
    .out(1);
    let log: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules: Vec<&Value> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| &rule["id"])
        .collect();
    let results = run["results"].as_array().unwrap();
    assert!(
        results.iter().all(|result| rules.contains(&&result["ruleId"])),
        "{text}"
    );
    let first_draft = results
        .iter()
        .find(|result| result["ruleId"] == "rolling-on-rwo")
        .unwrap();
    assert_eq!(
        first_draft["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "envs/prod/values.yaml"
    );
    let refused = results
        .iter()
        .find(|result| result["ruleId"] == "helm-refuses")
        .unwrap();
    assert_eq!(refused["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
}

#[test]
fn markdown_is_for_a_pull_request() {
    let text = run_in(&examples(), ["check", "values.yaml", "--format", "markdown"]).out(0);
    assert!(
        text.starts_with("## Rollcast: needs confirmation\n\n**RollingUpdate, maxSurge 1, maxUnavailable 0:** "),
        "{text}"
    );
    assert!(text.contains("\n- [ ] To confirm: **"), "{text}");
    let fleet = run_in(
        &examples(),
        ["check", "--each", "envs/*/values.yaml", "--format", "markdown"],
    )
    .out(1);
    assert!(
        fleet.contains("<details><summary><code>envs/prod/values.yaml</code>: deadlock; "),
        "{fleet}"
    );
    let refused = run_in(&examples(), ["check", "broken.yaml", "--format", "markdown"]).out(1);
    assert!(
        refused.contains("Helm says:\n\n```\nfailed to parse broken.yaml: "),
        "{refused}"
    );
}
