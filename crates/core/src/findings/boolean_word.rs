use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "boolean-word",
    severity: Severity::Info,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A word is read as a boolean",
    why: "A text becomes true or false.",
    action: "Quote it if it is a text; write true or false if it is none.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "YAML 1.1, bool",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm reads YAML 1.1, in which yes, no, on, off, y and n are booleans. YAML 1.2, and many an editor, \
            take them for text. The country code NO becomes false.",
    examples: &[
        Example {
            name: "no is false",
            values: "app:\n  allowMultiReplica: no\n",
            ..Example::BASE
        },
        Example {
            name: "false is false",
            values: "app:\n  allowMultiReplica: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::BooleanWord { written, value } => Some(format!("{written} is read as {value}.")),
        _ => None,
    })
}
