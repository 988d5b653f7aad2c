use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "null-stays",
    severity: Severity::Info,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A null deletes nothing here",
    why: "Something is there and empty that was to be gone.",
    action: "Leave the key out.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/chartutil coalesce",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "A null deletes a default of the chart. Where there is no default it stays in the values as a null, \
            and templates print it as nothing or as an empty text: an environment variable, for example, is then \
            set and empty.",
    examples: &[
        Example {
            name: "An unknown variable",
            values: "app:\n  env:\n    FOO:\n",
            ..Example::BASE
        },
        Example {
            name: "A default",
            values: "app:\n  replicaCount:\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::NullStays => Some("There is no default to delete, so the null stays.".to_owned()),
        _ => None,
    })
}
