use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "colliding-keys",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Two keys become the same",
    why: "The same file can render differently each time.",
    action: "Remove one of the two.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "sigs.k8s.io/yaml",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Keys of YAML have types, keys of values are texts: 1 and \"1\" are two keys to YAML and become one. \
            Which of the two values stays is a matter of chance, from one run of Helm to the next.",
    examples: &[
        Example {
            name: "A number and a text",
            values: "app:\n  env:\n    1: a\n    \"1\": b\n",
            ..Example::BASE
        },
        Example {
            name: "Two texts",
            values: "app:\n  env:\n    A1: a\n    A2: b\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::CollidingKeys { key, first } => Some(format!(
            "This key and the one in line {} both become \"{key}\"; which value stays is a matter of chance.",
            first.start.line + 1
        )),
        _ => None,
    })
}
