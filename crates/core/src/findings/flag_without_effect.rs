use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::FlagKind;

pub(super) static FINDING: Definition = Definition {
    id: "flag-without-effect",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A part of a flag is dropped",
    why: "The setting has no effect, or another one.",
    action: "Write KEY=VALUE.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/strvals",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm takes a flag that ends without a value, such as x., and a value without a key, such as =1, and \
            drops them without a word. An index without a value, x[0], even makes an empty list, which replaces \
            the chart's.",
    examples: &[
        Example {
            name: "A key that ends in a dot",
            set: &[(FlagKind::Set, "app.")],
            ..Example::BASE
        },
        Example {
            name: "A key and a value",
            set: &[(FlagKind::Set, "app.replicaCount=2")],
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::NoValue | NoteKind::NoKey => {
            Some("This part has no effect, or another one than it looks.".to_owned())
        }
        _ => None,
    })
}
