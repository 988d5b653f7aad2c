//! What the schema of a release rejects, Helm or the API server refuses, or a finding names: on every recorded file.
//!
//! Evaluating takes longer than everything else here, so each file is tried on every fourth release, in turns.

use std::collections::BTreeMap;

use rollcast_chart::Release;
use rollcast_core::{Outcome, Report, Request, ValuesFile, evaluate};
use rollcast_parity::{KEPT, Recording};
use rollcast_values::{Origin, Value, read};

#[test]
fn what_the_schema_rejects_a_report_tells() {
    let mut rejected = 0;
    let mut untold = BTreeMap::new();
    for (turn, release) in Release::all().iter().enumerate() {
        let schema = rollcast_core::schema(release.id).unwrap();
        let validator = jsonschema::draft7::new(&schema).unwrap();
        for line in KEPT.lines().skip(turn % 4).step_by(4) {
            let recording: Recording = serde_json::from_str(line).unwrap();
            for text in recording.case.files {
                let Ok(file) = read(text.as_bytes(), |span| Origin::File { file: 0, span }) else {
                    continue;
                };
                let instance = serde_json::from_str(&Value::Map(file.map).to_json()).unwrap();
                let errors: Vec<_> = validator.iter_errors(&instance).collect();
                if errors.is_empty() {
                    continue;
                }
                let report = evaluate(&Request {
                    chart: release.id.to_owned(),
                    values: vec![ValuesFile {
                        name: "values.yaml".to_owned(),
                        text,
                    }],
                    ..Request::default()
                });
                for error in errors {
                    rejected += 1;
                    let path = error.instance_path().to_string();
                    if !tells(&report, &path) {
                        let examples: &mut Vec<String> = untold.entry(path).or_default();
                        examples.push(format!("{} {}: {error}", release.id, recording.case.id));
                    }
                }
            }
        }
    }
    assert!(rejected > 500, "{rejected}");
    let untold: Vec<String> = untold
        .into_iter()
        .map(|(path, examples)| format!("{path} ({} times): {}", examples.len(), examples[0]))
        .collect();
    assert!(untold.is_empty(), "{}", untold.join("\n"));
}

/// Whether a report refuses the values, or has a finding about the place at a JSON pointer, something in it, or what it is
/// in.
fn tells(report: &Report, pointer: &str) -> bool {
    let place = pointer.trim_start_matches('/').replace('/', ".");
    let Outcome::Rendered(answer) = &report.outcome else {
        return true;
    };
    let within = |inner: &str, outer: &str| {
        outer.is_empty()
            || inner == outer
            || inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    answer
        .findings
        .iter()
        .filter(|finding| finding.id == "api-server-refuses" || finding.state.is_none())
        .flat_map(|finding| &finding.evidence)
        .any(|evidence| within(&evidence.path, &place) || within(&place, &evidence.path))
}
