use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "octal-number",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A number with a leading zero is octal",
    why: "The value is another number than it looks.",
    action: "Drop the zero, or quote it if it is a text.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "YAML 1.1, int",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm reads YAML 1.1, in which a whole number with a leading zero is octal: 0777 is 511. With an 8 or \
            a 9 in it, it is decimal after all.",
    examples: &[
        Example {
            name: "A grace period",
            values: "app:\n  terminationGracePeriodSeconds: 060\n",
            ..Example::BASE
        },
        Example {
            name: "Without the zero",
            values: "app:\n  terminationGracePeriodSeconds: 60\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::Octal { written, decimal } => Some(format!("{written} is read as {decimal}.")),
        _ => None,
    })
}
