use rollcast_values::Value;

use super::{Definition, Example, Found, Lesson, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "strategy-counts-as-unset",
    severity: Severity::Info,
    check: |situation| match situation.effective.given.node_at("app.strategy") {
        Some(node) if !node.value.truthy() && node.value != Value::Null => Found::new(format!(
            "app.strategy is {}, so the chart decides as if it were not there.",
            node.value.to_json()
        ))
        .on(situation.given("app.strategy", node))
        .one(),
        _ => Vec::new(),
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "An empty strategy is no override",
    why: "The chart's own rule decides.",
    action: "Write the whole strategy, or leave the key out.",
    verify: &[("What Helm prints.", "helm get manifest lobu -n lobu")],
    source: "Go, text/template IsTrue; Helm, pkg/chartutil coalesce",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The chart prints app.strategy if it is not empty. An empty text, false, 0, an empty list and an empty table \
            leave the decision to its own rules; an empty table does not even clear a default, for tables are merged. Null \
            takes a default away.",
    examples: &[
        Example {
            name: "An empty text",
            values: "app:\n  strategy: \"\"\n",
            ..Example::BASE
        },
        Example {
            name: "A strategy",
            values: "app:\n  strategy:\n    type: Recreate\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
