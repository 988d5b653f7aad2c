use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::FlagKind;

pub(super) static FINDING: Definition = Definition {
    id: "flag-blank-around-key",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A flag's key has a blank",
    why: "The setting has no effect.",
    action: "Remove the blank.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/strvals",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm takes a flag's keys as they stand. A blank behind a comma belongs to the next key, which is \
            then another key than the one meant, and nothing reads it.",
    examples: &[
        Example {
            name: "A blank behind the comma",
            set: &[(FlagKind::Set, "app.replicaCount=2, app.allowMultiReplica=true")],
            ..Example::BASE
        },
        Example {
            name: "No blank",
            set: &[(FlagKind::Set, "app.replicaCount=2,app.allowMultiReplica=true")],
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::BlankAroundKey { key } => Some(format!("The key is \"{key}\", with the blank.")),
        _ => None,
    })
}
