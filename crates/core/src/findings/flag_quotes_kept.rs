use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::FlagKind;

pub(super) static FINDING: Definition = Definition {
    id: "flag-quotes-kept",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A flag's quotes belong to its value",
    why: "The value has quotes in it and is a text.",
    action: "Write the value without quotes, or use --set-string for a text.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/strvals",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "A shell takes quotes away before Helm sees them. Quotes that reach Helm, from a pipeline's file or \
            doubled by hand, are characters of the text.",
    examples: &[
        Example {
            name: "A quoted false is true",
            set: &[(FlagKind::Set, "app.allowMultiReplica='false'")],
            ..Example::BASE
        },
        Example {
            name: "Without quotes",
            set: &[(FlagKind::Set, "app.allowMultiReplica=false")],
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::QuotesKept { written } => Some(format!("The value is {written}, quotes included.")),
        _ => None,
    })
}
