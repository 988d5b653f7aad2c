use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::FlagKind;

pub(super) static FINDING: Definition = Definition {
    id: "flag-blank-around-value",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A flag's value has a blank",
    why: "The value is not the one meant.",
    action: "Remove the blank.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/strvals",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "A blank before or behind a flag's value belongs to the value, which is then a text: a number with a \
            blank is no number, and a text of blanks counts as true.",
    examples: &[
        Example {
            name: "A blank before the number",
            set: &[(FlagKind::Set, "app.replicaCount= 2")],
            ..Example::BASE
        },
        Example {
            name: "No blank",
            set: &[(FlagKind::Set, "app.replicaCount=2")],
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::BlankAroundValue { written } => Some(format!("The value is \"{written}\", with the blank.")),
        _ => None,
    })
}
