use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::FlagKind;

pub(super) static FINDING: Definition = Definition {
    id: "flag-leaves-empty-places",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A flag's index leaves empty places",
    why: "The list has items that are nothing.",
    action: "Count indexes from 0, or set the whole list.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/strvals",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "An index behind the end of a list makes it longer, and the places before it become null.",
    examples: &[
        Example {
            name: "The second of none",
            set: &[(FlagKind::Set, "app.workspaces.accessModes[1]=ReadWriteMany")],
            ..Example::BASE
        },
        Example {
            name: "The first",
            set: &[(FlagKind::Set, "app.workspaces.accessModes[0]=ReadWriteMany")],
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::EmptyPlaces { count } => Some(format!(
            "{} before it become null.",
            crate::words::count(u32::try_from(*count).unwrap_or(u32::MAX), "place")
        )),
        _ => None,
    })
}
