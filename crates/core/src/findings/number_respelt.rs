use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "number-respelt",
    severity: Severity::Info,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A number is printed in other characters",
    why: "A tag, a version or an id changes.",
    action: "Quote it if it is a text.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Go, strconv.FormatFloat",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm keeps numbers as floating point and prints them in its own way: 1.10 becomes 1.1, 20250516 \
            becomes 2.0250516e+07, 1_000 becomes 1000. For an image tag or a version that is another text.",
    examples: &[
        Example {
            name: "A tag that looks like a number",
            values: "image:\n  tag: 20250516\n",
            ..Example::BASE
        },
        Example {
            name: "The same in quotes",
            values: "image:\n  tag: \"20250516\"\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::Respelt { written, printed } => Some(format!("{written} is printed as {printed}.")),
        _ => None,
    })
}
