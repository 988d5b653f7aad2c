use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::FlagKind;

pub(super) static FINDING: Definition = Definition {
    id: "flag-keeps-text",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A flag's value stays a text",
    why: "no means yes here, and a number is a text.",
    action: "Write true, false or a whole number; or use --set-json.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/strvals typedVal",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "--set makes booleans of true and false, null of null and numbers of whole numbers without a leading \
            zero. Everything else stays a text: no, yes, ~, 1.5, 1e3, 015. A text that is not empty counts as \
            true.",
    examples: &[
        Example {
            name: "no is a text",
            set: &[(FlagKind::Set, "app.allowMultiReplica=no")],
            ..Example::BASE
        },
        Example {
            name: "false is false",
            set: &[(FlagKind::Set, "app.allowMultiReplica=false")],
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::StaysText { written, in_file } => Some(format!(
            "--set keeps {written} as a text; in a values file it would be {in_file}."
        )),
        _ => None,
    })
}
