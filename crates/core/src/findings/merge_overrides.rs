use rollcast_values::NoteKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "merge-overrides",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A merge overrides what stands above it",
    why: "The explicit value is lost.",
    action: "Put << first in its table.",
    verify: &[("The values Helm uses.", "helm get values lobu -n lobu --all")],
    source: "gopkg.in/yaml.v2",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm's reader applies << where it stands. Behind an explicit key it overrides that key, where YAML \
            says that explicit keys win.",
    examples: &[
        Example {
            name: "A merge behind its key",
            values: "base: &base\n  A: \"1\"\napp:\n  env:\n    A: \"2\"\n    <<: *base\n",
            ..Example::BASE
        },
        Example {
            name: "A merge before it",
            values: "base: &base\n  A: \"1\"\napp:\n  env:\n    <<: *base\n    A: \"2\"\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation.notes(|kind| match kind {
        NoteKind::MergeOverrides { key, first } => Some(format!(
            "The merge overrides \"{key}\" of line {}.",
            first.start.line + 1
        )),
        _ => None,
    })
}
