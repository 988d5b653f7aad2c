//! `render` and `forecast`.

use serde_json::Value;

use crate::run::{examples, run_in};

#[test]
fn render_prints_the_very_text() {
    let text = run_in(&examples(), ["render", "values.yaml"]).out(0);
    assert!(text.contains("\napp.replicas: 2\n"), "{text}");
    assert!(
        text.contains(
            "\napp.strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0\n"
        ),
        "{text}"
    );
    assert!(
        text.contains("\napp.preStopCommand: [\"sh\", \"-c\", \"sleep 15\"]\n"),
        "{text}"
    );
    let json: Value =
        serde_json::from_str(&run_in(&examples(), ["render", "values.yaml", "--format", "json"]).out(0)).unwrap();
    assert_eq!(json["app"]["terminationGracePeriodSeconds"], "60");
    let yaml: Value =
        serde_yaml::from_str(&run_in(&examples(), ["render", "values.yaml", "--format", "yaml"]).out(0)).unwrap();
    assert_eq!(yaml, json);
}

#[test]
fn releases_and_flags_make_a_difference() {
    let strategy = |arguments: &[&str]| {
        let text = run_in(&examples(), [&["render", "--format", "json"], arguments].concat()).out(0);
        serde_json::from_str::<Value>(&text).unwrap()["app"]["strategy"].clone()
    };
    assert_eq!(strategy(&[]), "type: Recreate");
    assert_eq!(strategy(&["--chart", "14.0.0"]), Value::Null);
    let flags = [
        "--set",
        "app.allowMultiReplica=true",
        "--set",
        "app.workspaces.enabled=false",
    ];
    assert!(strategy(&flags).as_str().unwrap().starts_with("type: RollingUpdate"));
    // Kinds have Helm's order, whatever the command line's: --set-string comes behind --set.
    assert_eq!(
        strategy(&[
            "--set-string",
            "app.strategy.type=Recreate",
            "--set",
            "app.strategy.type=X"
        ]),
        "type: Recreate"
    );
    let file = ["--set-file", "app.strategy.type=../examples/type.txt"];
    assert_eq!(strategy(&file), "type: OnDelete");
}

#[test]
fn what_helm_refuses_is_helms_message() {
    for command in ["render", "forecast"] {
        let error = run_in(&examples(), [command, "text.yaml"]).err(1);
        assert!(
            error.starts_with("error: template: lobu/templates/deployment.yaml:35:24: "),
            "{error}"
        );
        let error = run_in(&examples(), [command, "--chart", "1.2.3"]).err(2);
        assert!(error.starts_with("error: There is no chart release"), "{error}");
    }
}

#[test]
fn a_forecast_fits_the_width() {
    for width in [60, 80, 120] {
        let text = run_in(&examples(), ["forecast", "values.yaml", "--width", &width.to_string()]).out(0);
        let drawn = text
            .lines()
            .filter(|line| line.starts_with("old ") || line.starts_with("new "));
        let widest = drawn.map(|line| line.chars().count()).max().unwrap();
        assert!(
            widest <= width && widest + 3 > width.max(45) - 3,
            "{width} {widest}: {text}"
        );
    }
    let ascii = run_in(&examples(), ["forecast", "values.yaml", "--ascii"]).out(0);
    let drawing = ascii.split("\n\n").nth(1).unwrap();
    assert!(drawing.is_ascii(), "{drawing}");
    assert!(drawing.contains("seconds"), "{drawing}");
}

#[test]
fn each_case_is_drawn() {
    let text = run_in(&examples(), ["forecast", "first-draft.yaml"]).out(0);
    assert!(text.contains("\ndeadlock "), "{text}");
    assert!(text.contains("\ntwo writers on the volume "), "{text}");
    let same = run_in(
        &examples(),
        ["forecast", "first-draft.yaml", "--placement", "same-node"],
    )
    .out(0);
    assert!(!same.contains("\ndeadlock "), "{same}");
    let json = run_in(&examples(), ["forecast", "first-draft.yaml", "--format", "json"]).out(0);
    assert_eq!(serde_json::from_str::<Vec<Value>>(&json).unwrap().len(), 2);
}

#[test]
fn the_drawing_is_a_file_that_stands_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("<&\">.yaml"), "app: {}\n").unwrap();
    run_in(folder.path(), ["forecast", "<&\">.yaml", "--svg", "rollout.svg"]).out(0);
    let svg = std::fs::read_to_string(folder.path().join("rollout.svg")).unwrap();
    assert!(
        svg.contains("<title id=\"title\">&lt;&amp;&quot;&gt;.yaml: Recreate</title>"),
        "{svg}"
    );
    assert!(
        svg.contains(" role=\"img\" aria-labelledby=\"title description\""),
        "{svg}"
    );
    // Well-formed: every element that opens closes, and nothing is fetched from elsewhere.
    let mut open = Vec::new();
    for tag in svg.split('<').skip(1).map(|tag| tag.split_once('>').unwrap().0) {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split([' ', '\n']).next().unwrap());
        }
    }
    assert_eq!(open, [""; 0]);
    assert_eq!(svg.matches("http").count(), 1, "the name space only");

    let error = run_in(folder.path(), ["forecast", "--svg", "."]).err(2);
    assert_eq!(error, "error: cannot write .: it is a directory\n");
}

#[test]
fn explain_knows_every_finding_and_every_change() {
    let list = run_in(&examples(), ["explain"]).out(0);
    let ids: Vec<&str> = list
        .lines()
        .filter_map(|line| line.split("  ").next())
        .map(str::trim)
        .collect();
    assert!(ids.len() > 20, "{list}");
    let changes = rollcast_core::change_catalogue();
    let changes: Vec<&str> = changes.iter().map(|entry| entry.id).collect();
    assert!(changes.iter().all(|id| ids.contains(id)), "{list}");
    for id in &ids {
        let text = run_in(&examples(), ["explain", id]).out(0);
        assert!(text.starts_with(id), "{text}");
        let headings: &[&str] = match changes.contains(id) {
            true => &["Why it matters", "Examples", "Source"],
            false => &["Why it matters", "What to do", "Concerns", "Source"],
        };
        for heading in headings {
            assert!(text.contains(&format!("\n{heading}\n")), "{text}");
        }
    }
    let json: Vec<Value> = serde_json::from_str(&run_in(&examples(), ["explain", "--format", "json"]).out(0)).unwrap();
    assert_eq!(json.iter().map(|entry| &entry["id"]).collect::<Vec<_>>(), ids);
    let error = run_in(&examples(), ["explain", "telegram-poling"]).err(2);
    assert!(error.contains("a similar value exists: 'telegram-polling'"), "{error}");
}
