use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "duplicate-key",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A key stands twice",
    why: "Settings that are plainly in the file have no effect.",
    action: "Join the two into one.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "gopkg.in/yaml.v2",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "A key that stands twice in one table is no error to Helm: the later one wins, and the earlier one is \
            lost with everything below it. A second app: further down a file silently undoes the first.",
    examples: &[
        Example {
            name: "A second app table",
            values: "app:\n  replicaCount: 2\napp:\n  allowMultiReplica: true\n",
            ..Example::BASE
        },
        Example {
            name: "One table",
            values: "app:\n  replicaCount: 2\n  allowMultiReplica: true\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::DuplicateKey { key, first } => Some(format!(
            "The key \"{key}\" stands here and in line {}; this one wins.",
            first.start.line + 1
        )),
        _ => None,
    })
}
