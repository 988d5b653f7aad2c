use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "null-deletes-table",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A null takes a whole table of the chart's away",
    why: "The templates get nothing where the chart counts on values.",
    action: "Leave the key out to keep the defaults; write null only to delete them.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/chartutil coalesce",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "A key with nothing behind it is null, and null does not mean \"as it was\": it deletes the chart's \
            default. For a table that is everything in it, and templates that look for something below it fail \
            or print nothing.",
    examples: &[
        Example {
            name: "A table left empty",
            values: "app:\n  env:\n",
            ..Example::BASE
        },
        Example {
            name: "A key without a default",
            values: "app:\n  env:\n    FOO:\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::NullDeletesTable { keys } => Some(format!(
            "This null deletes a table of the chart with {}.",
            crate::words::count(u32::try_from(*keys).unwrap_or(u32::MAX), "key")
        )),
        _ => None,
    })
}
