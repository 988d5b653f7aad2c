use rollcast_values::Value;

use super::quoted_boolean::SWITCHES;
use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "empty-means-false",
    severity: Severity::Info,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "An empty value switches something off",
    why: "Something that is on by default is off, and nobody wrote false.",
    action: "Write true or false.",
    verify: &[("What Helm prints.", "helm get manifest lobu -n lobu")],
    source: "Go, text/template IsTrue; Helm, pkg/chartutil coalesce",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Templates ask whether a value is empty. Null, 0, an empty text, list or table count as false; a null even takes \
            the chart's default away, so a key that is merely left empty switches off what is on by default.",
    examples: &[
        Example {
            name: "A key left empty",
            values: "app:\n  workspaces:\n    enabled:\n",
            ..Example::BASE
        },
        Example {
            name: "false is plain",
            values: "app:\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    SWITCHES
        .iter()
        .filter_map(|path| {
            let given = situation.effective.given.node_at(path)?;
            // Only a value that the release's defaults have on is switched off.
            let off = !given.value.truthy() && given.value != Value::Bool(false);
            (off && situation.default_of(path).is_some_and(Value::truthy)).then(|| {
                Found::new(format!(
                    "{path} is {}, which counts as false; the chart's default is {}.",
                    given.value.to_json(),
                    situation.default_of(path).map_or_else(String::new, Value::to_json)
                ))
                .on(situation.given(path, given))
            })
        })
        .collect()
}
