use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "typed-key",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A key is not taken as text",
    why: "The setting lands under another name.",
    action: "Quote the key.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "YAML 1.1; sigs.k8s.io/yaml",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Keys are read by the rules for values: on, yes, y and n are booleans and become \"true\" and \
            \"false\", 010 becomes 8, 1.0 becomes 1.",
    examples: &[
        Example {
            name: "A key that is a boolean",
            values: "app:\n  env:\n    on: a\n",
            ..Example::BASE
        },
        Example {
            name: "The same in quotes",
            values: "app:\n  env:\n    \"on\": a\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::TypedKey { written, key } => Some(format!("The key {written} becomes \"{key}\".")),
        _ => None,
    })
}
