//! `diff`, and `check` with a baseline.

use serde_json::Value;

use crate::run::{example, examples, run_in, run_with};

#[test]
fn a_new_release_with_the_same_values_tells_its_traps() {
    let text = run_in(
        &examples(),
        ["diff", "values.yaml", "--chart", "14.0.0", "--baseline-chart", "7.1.0"],
    )
    .out(1);
    assert!(
        text.starts_with("values.yaml: chart release 7.1.0 to 14.0.0\n    Today: needs confirmation: "),
        "{text}"
    );
    for statement in [
        "\nvalues.yaml: error[claim-deleted]: ",
        "\nvalues.yaml:11:10: error[public-url-lost]: ",
        "\nvalues.yaml:4:22: warning[keys-no-longer-read]: ",
        "\nvalues.yaml: info[pods-restart]: ",
        "\n    Way out: ",
        "\nThis upgrade: ",
    ] {
        assert!(text.contains(statement), "{statement}: {text}");
    }
    assert!(text.ends_with(" changes\n"), "{text}");
}

#[test]
fn what_a_live_claim_refuses_is_quoted() {
    let arguments = ["diff", "values.yaml", "--baseline", "base.yaml"];
    let text = run_in(&examples(), arguments).out(1);
    assert!(text.contains("\nvalues.yaml:8:18: error[claim-refused]: "), "{text}");
    assert!(text.contains("spec is immutable after creation"), "{text}");
    let lenient = run_in(&examples(), arguments.into_iter().chain(["--fail-on", "never"]));
    assert_eq!(lenient.status, Some(0));
}

#[test]
fn across_all_releases_the_table_has_a_row_for_each() {
    let text = run_in(&examples(), ["diff", "values.yaml", "--across"]).out(0);
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("values.yaml: the same values on every chart release")
    );
    let headings = lines.next().unwrap();
    let column = |name: &str| headings.find(name).unwrap();
    let rows: Vec<&str> = lines.collect();
    let json = run_in(&examples(), ["diff", "values.yaml", "--across", "--format", "json"]).out(0);
    let table: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.len(), table.len());
    for (line, row) in rows.iter().zip(&table) {
        assert_eq!(line.split(' ').next(), row["release"]["id"].as_str());
        let headline = row["outcome"]["verdict"]["headline"].as_str().unwrap();
        assert!(line[column("strategy")..].starts_with(headline), "{line}");
    }
    let yaml = run_in(&examples(), ["diff", "values.yaml", "--across", "--format", "yaml"]).out(0);
    assert_eq!(serde_yaml::from_str::<Vec<Value>>(&yaml).unwrap(), table);
}

#[test]
fn across_all_releases_a_refusal_is_a_row_and_a_second_release_a_mistake() {
    let text = run_in(&examples(), ["diff", "broken.yaml", "--across"]).out(0);
    assert!(text.contains("\n7.1.0"), "{text}");
    assert!(
        text.contains("  refused by Helm\n    Helm cannot read broken.yaml, line 3: "),
        "{text}"
    );
    for option in ["--chart", "--baseline", "--baseline-chart", "--fail-on"] {
        let error = run_in(&examples(), ["diff", "values.yaml", "--across", option, "error"]).err(2);
        assert!(error.contains("cannot be used with"), "{error}");
    }
}

#[test]
fn the_same_values_change_nothing() {
    let text = run_in(&examples(), ["diff", "values.yaml", "--baseline", "values.yaml"]).out(0);
    assert!(!text.contains("error["), "{text}");
    let json = run_in(
        &examples(),
        ["diff", "values.yaml", "--baseline", "values.yaml", "--format", "json"],
    )
    .out(0);
    let change: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(change["from"]["id"], "7.1.0");
    let yaml = run_in(
        &examples(),
        ["diff", "values.yaml", "--baseline", "values.yaml", "--format", "yaml"],
    )
    .out(0);
    assert_eq!(serde_yaml::from_str::<Value>(&yaml).unwrap(), change);
}

#[test]
fn what_helm_get_values_prints_is_a_baseline() {
    let live = [b"USER-SUPPLIED VALUES:\n".to_vec(), example("values.yaml")].concat();
    let path = examples().join("values.yaml");
    let same = run_with(&live, ["diff", path.to_str().unwrap(), "--baseline", "-"]).out(0);
    assert!(!same.contains("error["), "{same}");
}

#[test]
fn appliers_differ() {
    let refused = |applier: &str| {
        let arguments = [
            "diff",
            "--chart",
            "main-1838",
            "--baseline-chart",
            "14.0.0",
            "--format",
            "json",
            "--applier",
            applier,
        ];
        let json = run_in(&examples(), arguments.into_iter().chain(["--fail-on", "never"])).out(0);
        let change: Value = serde_json::from_str(&json).unwrap();
        let items = change["items"].as_array().unwrap();
        items.iter().any(|item| item["id"] == "strategy-refused")
    };
    assert!(!refused("helm3"), "a three-way merge takes rollingUpdate away");
    assert!(refused("flux"), "server-side apply leaves it beside Recreate");
    assert!(refused("argo-cd-server-side"));
    assert!(!refused("argo-cd"));
}

#[test]
fn a_baseline_that_cannot_be_read_is_said_with_its_place() {
    let text = run_in(&examples(), ["diff", "values.yaml", "--baseline", "broken.yaml"]).out(1);
    assert!(text.starts_with("broken.yaml:3:1: error[read]: "), "{text}");
    let check = run_in(&examples(), ["check", "values.yaml", "--baseline", "broken.yaml"]).out(1);
    assert!(check.contains("\nbroken.yaml:3:1: error[read]: "), "{check}");
    let text = run_in(&examples(), ["diff", "broken.yaml", "--baseline", "values.yaml"]).out(1);
    assert!(text.contains("\nbroken.yaml: error[helm-refuses]: "), "{text}");
    let error = run_in(&examples(), ["diff", "values.yaml"]).err(2);
    assert!(error.starts_with("error: say what runs today: "), "{error}");
    let error = run_in(&examples(), ["diff", "values.yaml", "--baseline-chart", "1.2.3"]).err(2);
    assert!(error.starts_with("error: There is no chart release"), "{error}");
    let error = run_in(&examples(), ["diff", "values.yaml", "--baseline", "nope.yaml"]).err(2);
    assert_eq!(error, "error: cannot read nope.yaml: there is no such file\n");
}

#[test]
fn check_counts_what_the_upgrade_does() {
    let arguments = ["check", "values.yaml", "--baseline", "base.yaml"];
    let text = run_in(&examples(), arguments).out(1);
    assert!(text.contains("\nvalues.yaml:8:18: error[claim-refused]: "), "{text}");
    let with = |format| run_in(&examples(), arguments.into_iter().chain(["--format", format])).out(1);
    assert!(
        with("github").contains("::error file=values.yaml,line=8,"),
        "{}",
        with("github")
    );
    assert!(
        with("markdown").contains("\n### What this upgrade does\n\n- **Error: "),
        "{}",
        with("markdown")
    );
    let log: Value = serde_json::from_str(&with("sarif")).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == "claim-refused"), "{log}");
}
