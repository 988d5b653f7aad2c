use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "dropped-document",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A second document is never read",
    why: "Settings that are plainly in the file have no effect.",
    action: "Put them in a file of their own, or remove the --- line.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "Helm, pkg/chartutil ReadValues",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm 3 reads the first document of a values file. What stands behind a line with --- is ignored \
            without a word; Helm 4 reads all documents.",
    examples: &[
        Example {
            name: "Two documents",
            values: "app:\n  replicaCount: 2\n---\napp:\n  allowMultiReplica: true\n",
            ..Example::BASE
        },
        Example {
            name: "A mark at the start",
            values: "---\napp:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::DroppedDocument => Some("Everything from here on is ignored.".to_owned()),
        _ => None,
    })
}
