//! What the real Helm 3.17.3 made of flags: corner cases of the grammar, with its answers recorded beside them.
//!
//! `ROLLCAST_HELM=…/helm cargo test -p rollcast-values --test flags -- --ignored` asks Helm again and writes its answers
//! to `recorded/flags.jsonl`; a new case is a new line without an answer.

mod lab;

use std::sync::Mutex;

use lab::{Answer, Case, OwnedFlag};
use rollcast_values::FlagKind;
use serde_json::{Value as Json, json};

const RECORDED: &str = include_str!("recorded/flags.jsonl");

fn cases() -> Vec<(Case, Option<Answer>)> {
    RECORDED.lines().map(case).collect()
}

fn case(line: &str) -> (Case, Option<Answer>) {
    let line: Json = serde_json::from_str(line).unwrap();
    let texts = |name: &str| -> Vec<String> {
        let texts = line.get(name).and_then(Json::as_array).into_iter().flatten();
        texts.map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let flags = line["flags"].as_array().unwrap().iter().map(|flag| OwnedFlag {
        kind: serde_json::from_value::<FlagKind>(flag[0].clone()).unwrap(),
        arg: flag[1].as_str().unwrap().to_owned(),
    });
    let case = Case {
        defaults: line["defaults"].as_str().unwrap_or_default().to_owned(),
        files: texts("files").into_iter().map(String::into_bytes).collect(),
        flags: flags.collect(),
    };
    let outcome = match (&line["values"], &line["error"]) {
        (Json::String(values), _) => Some(Ok(values.clone())),
        (_, Json::String(error)) => Some(Err(error.clone())),
        _ => None,
    };
    let answer = outcome.map(|outcome| Answer {
        outcome,
        warnings: texts("warnings"),
    });
    (case, answer)
}

fn line(case: &Case, answer: &Answer) -> String {
    let mut line = serde_json::Map::new();
    if !case.defaults.is_empty() {
        line.insert("defaults".to_owned(), json!(case.defaults));
    }
    if !case.files.is_empty() {
        let files: Vec<&str> = case
            .files
            .iter()
            .map(|file| std::str::from_utf8(file).unwrap())
            .collect();
        line.insert("files".to_owned(), json!(files));
    }
    let flags: Vec<Json> = case.flags.iter().map(|flag| json!([flag.kind, flag.arg])).collect();
    line.insert("flags".to_owned(), json!(flags));
    match &answer.outcome {
        Ok(values) => line.insert("values".to_owned(), json!(values)),
        Err(error) => line.insert("error".to_owned(), json!(error)),
    };
    if !answer.warnings.is_empty() {
        line.insert("warnings".to_owned(), json!(answer.warnings));
    }
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
    let Some(helm) = lab::helm() else { return };
    let cases = cases();
    let answers = Mutex::new(vec![None; cases.len()]);
    lab::in_parallel(&helm, "", &cases, |lab, at, (case, _)| {
        let answer = lab.ask(case);
        answers.lock().unwrap()[at] = Some(line(case, &answer));
    });
    let lines: Vec<String> = answers.into_inner().unwrap().into_iter().flatten().collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recorded/flags.jsonl");
    std::fs::write(path, lines.join("\n") + "\n").unwrap();
}
