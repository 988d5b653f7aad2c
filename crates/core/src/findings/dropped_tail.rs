use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "dropped-tail",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The rest of the file is never read",
    why: "Settings that are plainly in the file have no effect.",
    action: "Let all top-level keys begin in the first column.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "gopkg.in/yaml.v2",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm's reader takes the first complete value of a file and ignores what follows. If the first line \
            is indented, the file ends for it at the first line that is not.",
    examples: &[
        Example {
            name: "The first key is indented",
            values: "  app:\n    replicaCount: 2\nworker:\n  enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "None is",
            values: "app:\n  replicaCount: 2\nworker:\n  enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::DroppedTail => Some("Everything from here on is ignored.".to_owned()),
        _ => None,
    })
}
