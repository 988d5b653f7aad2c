use rollcast_values::Value;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "quoted-boolean",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A text that says no counts as yes",
    why: "What was meant to be off is on.",
    action: "Write false without quotes, or --set KEY=false.",
    verify: &[("What Helm prints.", "helm get manifest lobu -n lobu")],
    source: "Go, text/template IsTrue",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Templates ask whether a value is empty, not what it says. Every text but the empty one is true: \"false\", \"no\", \
            \"off\", \"0\" and a blank all switch things on. --set-string always makes a text, and --set makes one of \
            everything but true, false, null and whole numbers, so --set app.allowMultiReplica=no opts in.",
    examples: &[
        Example {
            name: "allowMultiReplica: \"false\" rolls",
            values: "app:\n  allowMultiReplica: \"false\"\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "workspaces stay on",
            values: "app:\n  workspaces:\n    enabled: \"no\"\n",
            ..Example::BASE
        },
        Example {
            name: "A bare no is false",
            values: "app:\n  allowMultiReplica: no\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// The switches that a template asks for their truth.
pub(super) const SWITCHES: &[&str] = &[
    "app.allowMultiReplica",
    "app.workspaces.enabled",
    "app.pdb.enabled",
    "worker.enabled",
    "worker.cache.enabled",
    "embeddings.enabled",
    "embeddings.cache.enabled",
    "ingress.enabled",
    "migrations.enabled",
    "migrations.database.usePooler",
    "database.usePooler",
    "secrets.create",
    "releaseGates.smokeTest.enabled",
    "releaseGates.databasePreflight.enabled",
];

fn check(situation: &Situation<'_>) -> Vec<Found> {
    SWITCHES
        .iter()
        .filter_map(|path| match situation.value(path) {
            Some(Value::Str(text)) if says_no(text) => Some(
                Found::new(format!(
                    "{path} is the text \"{text}\", which is not empty and so counts as true."
                ))
                .on(situation.evidence(path)),
            ),
            _ => None,
        })
        .collect()
}

fn says_no(text: &str) -> bool {
    if text.is_empty() {
        return false;
    }
    let text = text.trim().to_ascii_lowercase();
    let word = text.trim_matches(['"', '\'']);
    [
        "", "false", "no", "n", "off", "null", "~", "none", "disabled", "{}", "[]",
    ]
    .contains(&word)
        || (!word.is_empty() && word.bytes().all(|byte| byte == b'0'))
}
