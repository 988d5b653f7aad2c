use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::FlagKind;

pub(super) static FINDING: Definition = Definition {
    id: "flag-discards-default-list",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A flag's index discards the chart's list",
    why: "Items of the chart's list are missing.",
    action: "Set the whole list: KEY={a,b}.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/strvals; pkg/chartutil coalesce",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "An index in a flag works on what files and other flags give, not on the chart's default list. Where \
            they give none, a new list begins, and the default is gone.",
    examples: &[
        Example {
            name: "The second access mode",
            set: &[(FlagKind::Set, "app.workspaces.accessModes[1]=ReadWriteMany")],
            ..Example::BASE
        },
        Example {
            name: "The whole list",
            set: &[(FlagKind::Set, "app.workspaces.accessModes={ReadWriteMany}")],
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::DefaultListDiscarded { lost } => Some(format!(
            "The chart's list with {} is discarded.",
            crate::words::count(u32::try_from(*lost).unwrap_or(u32::MAX), "item")
        )),
        _ => None,
    })
}
