use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "precision-lost",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A whole number loses digits",
    why: "The value is another number.",
    action: "Quote it.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Go, encoding/json",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm keeps every number as a 64-bit float, which holds whole numbers up to 9,007,199,254,740,992 \
            exactly. Longer ids change in their last digits.",
    examples: &[
        Example {
            name: "A long id",
            values: "app:\n  env:\n    ID: 9007199254740993\n",
            ..Example::BASE
        },
        Example {
            name: "The same in quotes",
            values: "app:\n  env:\n    ID: \"9007199254740993\"\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::PrecisionLost { written, read } => Some(format!("{written} becomes {read}.")),
        _ => None,
    })
}
