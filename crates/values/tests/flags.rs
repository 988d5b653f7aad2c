//! What the real Helm 3.17.3 made of flags: corner cases of the grammar, with its answers recorded beside them.
//!
//! `ROLLCAST_HELM=…/helm cargo test -p rollcast-values --test flags -- --ignored` asks Helm again and writes its answers
//! to `recorded/flags.jsonl`; a new case is a new line without an answer.

mod lab;

use lab::{Answer, Case};
use serde_json::Value as Json;

const RECORDED: &str = include_str!("recorded/flags.jsonl");

fn cases() -> Vec<(Case, Option<Answer>)> {
    RECORDED
        .lines()
        .map(|line| {
            let line: Json = serde_json::from_str(line).unwrap();
            (Case::read(&line), Answer::read(&line))
        })
        .collect()
}

fn line(case: &Case, answer: &Answer) -> String {
    let mut line = case.write();
    line.append(&mut answer.write());
    Json::Object(line).to_string()
}

#[test]
fn flags_do_what_helm_recorded() {
    let cases = cases();
    assert!(cases.len() > 100, "the recorded cases are gone");
    let mut wrong = Vec::new();
    for (case, recorded) in &cases {
        let recorded = recorded.as_ref().expect("every case has Helm's answer");
        let ours = lab::ours(case);
        if ours.as_ref() != Some(recorded) {
            wrong.push(format!("{case:?}\n  helm: {recorded:?}\n  ours: {ours:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "writes Helm's answers anew; see the file's head"]
fn record() {
    lab::record::record("flags.jsonl", &cases(), |lab, (case, _)| {
        Some(line(case, &lab.ask(case)))
    });
}
