//! What must hold of edits in any text, and of the fixes that are offered.
//!
//! `s` sets (`path=value`), `d` deletes (`path`) and `i` inserts (`path=at:value`) in the text of the part without any of
//! these; with `e` and a release the text is evaluated, and every fix of it is applied.

use rollcast_core::{
    Answer, Finding, Fix, FixForm, Goal, GoalState, Outcome, PrerequisiteState, Request, ValuesFile, evaluate,
    evaluate_without_fixes,
};
use rollcast_values::edit::{Edit, Path, Step, edit, flags, same};
use rollcast_values::{Map, Origin, Value, read};

use crate::parts::{chart, from_shell, parts};
use crate::values::has_long_int;

/// Checks an input.
///
/// # Panics
/// It does not hold.
pub fn check(data: &[u8]) {
    let mut text = String::new();
    let mut edits = Vec::new();
    let mut release = None;
    for (kind, part) in parts(data) {
        match kind {
            b's' | b'i' | b'd' => edits.extend(made(kind, &part)),
            b'e' => release = Some(chart(&part)),
            _ => text = part,
        }
    }
    for single in &edits {
        edited(&text, std::slice::from_ref(single));
        if let Edit::Set { path, value } = single {
            as_flag(path, value);
        }
    }
    if edits.len() > 1 {
        edited(&text, &edits);
    }
    if let Some(chart) = release {
        offered(&Request {
            chart,
            values: vec![ValuesFile {
                name: "v.yaml".to_owned(),
                text,
            }],
            ..Request::default()
        });
    }
}

fn made(kind: u8, part: &str) -> Option<Edit> {
    let (left, right) = part.split_once('=').unwrap_or((part, ""));
    let path: Path = left
        .split('.')
        .map(|step| match step.parse() {
            Ok(index) => Step::Index(index),
            Err(_) => Step::Key(step.to_owned()),
        })
        .collect();
    let value = |text: &str| {
        read(format!("x: {text}").as_bytes(), Origin::Default)
            .ok()
            .and_then(|read| read.map.get("x").map(|node| node.value.clone()))
            .unwrap_or_else(|| Value::Str(text.to_owned()))
    };
    Some(match kind {
        b's' => Edit::Set {
            path,
            value: value(right),
        },
        b'd' => Edit::Delete { path },
        _ => {
            let (at, right) = right.split_once(':')?;
            Edit::Insert {
                path,
                at: at.parse().ok()?,
                value: value(right),
            }
        }
    })
}

/// What is edited reads as it was asked, can be undone and done again, and what cannot be edited says why.
fn edited(text: &str, edits: &[Edit]) {
    match edit(text, edits) {
        Ok(edited) => {
            assert_eq!(edited.undone(), text, "{edits:?}");
            let mut again = text.to_owned();
            for change in &edited.changes {
                let range = change.at..change.at + change.removed.len();
                assert_eq!(again.get(range.clone()), Some(change.removed.as_str()));
                again.replace_range(range, &change.inserted);
            }
            assert_eq!(again, edited.text);
            let found = read(edited.text.as_bytes(), Origin::Default).expect("it was read");
            let found = Value::Map(found.map);
            match edits {
                [Edit::Set { path, value }] => {
                    let there = at(&found, path).expect("it was set");
                    assert!(same(there, value), "{edits:?}\n{}", edited.text);
                }
                [Edit::Delete { path }] if matches!(path.steps.last(), Some(Step::Key(_))) => {
                    assert_eq!(at(&found, path), None, "{edits:?}\n{}", edited.text);
                }
                _ => {}
            }
            if let [single] = edits
                && ends_in_a_key(single)
            {
                let twice = edit(&edited.text, edits).map(|edited| edited.text);
                assert_eq!(twice.as_ref(), Ok(&edited.text), "done already: {edits:?}");
            }
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
}

fn ends_in_a_key(edit: &Edit) -> bool {
    matches!(edit, Edit::Set { path, .. } | Edit::Delete { path } if matches!(path.steps.last(), Some(Step::Key(_))))
}

fn at<'a>(value: &'a Value, path: &Path) -> Option<&'a Value> {
    path.steps.iter().try_fold(value, |value, step| match (step, value) {
        (Step::Key(key), Value::Map(map)) => map.get(key).map(|node| &node.value),
        (Step::Index(index), Value::List(items)) => items.get(*index).map(|node| &node.value),
        _ => None,
    })
}

/// A change as flags comes out of a shell, and gives the value.
fn as_flag(path: &Path, value: &Value) {
    let Ok(own) = flags(&[(path.clone(), value.clone())]) else {
        return;
    };
    let words: Vec<String> = own.iter().map(|flag| flag.shell()).collect();
    let line = format!("helm template lobu ./lobu {}", words.join(" "));
    let found = from_shell(&line, &[], &Map::new()).expect("it was read");
    assert!(
        has_long_int(value) || at(&found.given, path).is_some_and(|there| same(there, value)),
        "{line}\n{}",
        found.given.to_json()
    );
}

/// Every form of every fix does what it says.
fn offered(request: &Request) {
    let Outcome::Rendered(answer) = evaluate(request).outcome else {
        return;
    };
    for finding in &answer.findings {
        for fix in &finding.fixes {
            for (form, after) in forms(request, fix) {
                assert!(
                    finding.id == "outage"
                        || !after
                            .findings
                            .iter()
                            .any(|left| is_open(left) && key(left) == key(finding)),
                    "{form:?} of {} leaves {}",
                    fix.id,
                    finding.id
                );
            }
        }
    }
    for goal in &answer.goals {
        let Goal {
            id,
            state: GoalState::Reachable,
            fix: Some(fix),
            ..
        } = goal
        else {
            continue;
        };
        for (form, after) in forms(request, fix) {
            let reached = after.goals.iter().find(|goal| goal.id == *id);
            assert!(
                reached.is_none_or(|goal| goal.state == GoalState::Reached),
                "{form:?} of {} does not reach {id}",
                fix.id
            );
        }
    }
}

fn key(finding: &Finding) -> (&str, Option<&str>) {
    (
        finding.id,
        finding.evidence.first().map(|evidence| evidence.path.as_str()),
    )
}

fn is_open(finding: &Finding) -> bool {
    !matches!(
        finding.state,
        Some(PrerequisiteState::Met | PrerequisiteState::NotApplicable)
    )
}

/// What comes of each form of a fix. Helm renders the same in all of them.
fn forms(request: &Request, fix: &Fix) -> Vec<(FixForm, Box<Answer>)> {
    for edit in &fix.edits {
        let mut text = edit.text.clone();
        for change in edit.changes.iter().rev() {
            let range = change.at..change.at + change.inserted.len();
            assert_eq!(text.get(range.clone()), Some(change.inserted.as_str()));
            text.replace_range(range, &change.removed);
        }
        let old = request.values.get(edit.file).map_or("", |file| file.text.as_str());
        assert_eq!(text, old, "undoing restores the bytes");
    }
    let forms = fix.in_each_form(request);
    assert!(
        forms.iter().any(|(form, _)| *form == fix.form),
        "{} has its form",
        fix.id
    );
    let answers: Vec<(FixForm, Box<Answer>)> = forms
        .into_iter()
        .map(|(form, request)| match evaluate_without_fixes(&request).outcome {
            Outcome::Rendered(answer) => (form, answer),
            Outcome::Refused(failure) => panic!("{form:?} of {} is refused: {}", fix.id, failure.what),
        })
        .collect();
    for (_, answer) in &answers {
        let first = answers.first().map(|(_, first)| &first.rendered);
        assert_eq!(Some(&answer.rendered), first, "{}", fix.id);
    }
    answers
}
