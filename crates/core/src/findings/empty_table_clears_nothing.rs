use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "empty-table-clears-nothing",
    severity: Severity::Info,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "An empty table clears nothing",
    why: "The defaults that were to go are still there.",
    action: "Set the entries to null one by one, or the table itself to null if the chart can live without it.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/chartutil coalesce",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm merges tables, so {} over the chart's table leaves the chart's entries as they are. Only null \
            deletes. Lists are replaced whole: [] does clear a list.",
    examples: &[
        Example {
            name: "env: {}",
            values: "app:\n  env: {}\n",
            ..Example::BASE
        },
        Example {
            name: "A table that is empty by default",
            values: "app:\n  podAnnotations: {}\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::ClearsNothing { keys } => Some(format!(
            "The chart's table with {} stays as it is.",
            crate::words::count(u32::try_from(*keys).unwrap_or(u32::MAX), "key")
        )),
        _ => None,
    })
}
