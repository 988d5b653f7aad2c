//! What must hold for any values at all, on every release.

use std::fmt::Write as _;

use proptest::prelude::*;
use rollcast_chart::{Key, Release};
use rollcast_values::{Effective, File, Given, effective};

/// Texts as they stand behind a colon: plain, quoted, of every type, and made to break things.
const SCALARS: &[&str] = &[
    "",
    "~",
    "true",
    "'false'",
    "0",
    "1",
    "2.5",
    "1e6",
    "1e400",
    "-1",
    "\"\"",
    "' '",
    "text",
    "15s",
    "ReadWriteMany",
    "ClientIP",
    "None",
    "[ReadWriteMany]",
    "[ReadWriteOnce, ~]",
    "[]",
    "{}",
    "{type: Recreate}",
    "{a: {b: [1]}}",
    "[{hosts: [a], secretName: b}]",
    "\"a: b\"",
    "\"a\\nb\"",
    "\"a\\n---\\nb: c\"",
    "\"\\\"q\"",
    "\"'q\"",
    "\"[a\"",
    "\"*a\"",
    "\"<no value>\"",
    "\"{{ x }}\"",
    "\"#\"",
    "\"\\x7f\"",
    "\"ééééééééééééééééééééééééééééééééééééé\"",
    "\"<<\"",
    "'%s'",
];

/// Values with some keys of the chart, whole tables among them, set to such texts.
fn values() -> impl Strategy<Value = String> {
    let keys = Key::all();
    let entry = (0..keys.len(), 0..4_usize, prop::sample::select(SCALARS));
    prop::collection::vec(entry, 0..6).prop_map(move |entries| {
        let mut text = String::new();
        let mut taken: Vec<&str> = Vec::new();
        for (at, cut, scalar) in entries {
            let path = keys[at].path.split(".*").next().unwrap_or_default();
            let depth = path.split('.').count();
            let segments: Vec<&str> = path.split('.').take(depth - cut.min(depth - 1)).collect();
            // One key a table: a later one of the same name would replace the table whole.
            if taken.contains(&segments[0]) {
                continue;
            }
            taken.push(segments[0]);
            for (indent, segment) in segments.iter().enumerate() {
                let last = indent + 1 == segments.len();
                let value = if last { scalar } else { "" };
                let _ = writeln!(text, "{}{segment}: {value}", "  ".repeat(indent));
            }
        }
        text
    })
}

fn effective_values(release: &Release, text: &str) -> Effective {
    let files = [File {
        name: "values.yaml",
        text,
    }];
    let given = Given {
        files: &files,
        ..Given::default()
    };
    effective(release.defaults(), "lobu", &given).unwrap_or_else(|error| panic!("{error} in {text}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_answer_or_an_error_that_helps(text in values()) {
        for release in Release::all() {
            let Effective { values, given, .. } = effective_values(release, &text);
            let decision = release.decide(&values);
            prop_assert_eq!(decision.ladder.iter().filter(|rung| rung.fired).count(), 1);
            prop_assert!(release.unknown_keys(&given).iter().all(|key| !release.reads(&key.path)));
            match release.render(&values) {
                Ok(rendered) => prop_assert_eq!(decision.strategy, rendered.app.strategy, "{} {}", release.id, text),
                Err(error) => {
                    let begins = ["template: lobu/templates/", "execution error at (lobu/", "YAML parse error on lobu/"];
                    prop_assert!(begins.iter().any(|begin| error.helm.starts_with(begin)), "{}", error.helm);
                    prop_assert_eq!(error.reparse, error.helm.starts_with("YAML"));
                    prop_assert!(error.what.ends_with('.') && error.action.ends_with('.'), "{:?}", error);
                    // What is blamed was given, or stands in a table that was.
                    let path = error.path.clone().unwrap_or_default();
                    let given_near = (1..=path.len())
                        .filter(|end| path.get(*end..).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
                        .any(|end| given.at(&path[..end]).is_some());
                    prop_assert!(given_near, "{} is blamed for {} in {text}", path, error.helm);
                }
            }
        }
    }
}
