use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::FlagKind;

pub(super) static FINDING: Definition = Definition {
    id: "flag-braces-are-a-list",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "{} in a flag is a list",
    why: "What was to be empty is not.",
    action: "Use --set-json KEY={} or KEY=[].",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/strvals",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "In a flag braces make a list. {} is a list with one empty text, neither an empty table nor an empty \
            list.",
    examples: &[
        Example {
            name: "Braces for a list",
            set: &[(FlagKind::Set, "ingress.hosts={}")],
            ..Example::BASE
        },
        Example {
            name: "Braces with an item",
            set: &[(FlagKind::Set, "ingress.hosts={lobu.example.com}")],
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::EmptyBraces => Some("{} is a list with one empty text here.".to_owned()),
        _ => None,
    })
}
