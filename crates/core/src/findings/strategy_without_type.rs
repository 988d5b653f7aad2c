use rollcast_values::Value;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "strategy-without-type",
    severity: Severity::Info,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A strategy without a type",
    why: "What the strategy becomes depends on the chart's defaults.",
    action: "Write type: RollingUpdate beside it.",
    verify: &[(
        "The live strategy.",
        "kubectl -n lobu get deployment lobu-app -o jsonpath='{.spec.strategy}'",
    )],
    source: "Kubernetes, pkg/apis/apps/v1/defaults.go; Helm, pkg/chartutil coalesce; Lobu pull request 1838",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Without a type the API server fills in RollingUpdate. From release main-1838 on the chart's own default is a \
            table with type Recreate, and Helm merges tables: a strategy that brings only rollingUpdate then gets type \
            Recreate, and the API server refuses the two together. Keys are case-sensitive: Type is another key.",
    examples: &[
        Example {
            name: "Only rollingUpdate",
            values: "app:\n  strategy:\n    rollingUpdate:\n      maxSurge: 1\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "The whole strategy",
            values: "app:\n  strategy:\n    type: RollingUpdate\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let Some(node) = situation.effective.given.node_at("app.strategy") else {
        return Vec::new();
    };
    let typed = node.value.at("type").is_some_and(|kind| *kind != Value::Null);
    if typed || !matches!(&node.value, Value::Map(map) if !map.is_empty()) {
        return Vec::new();
    }
    let what = match situation.default_of("app.strategy.type") {
        Some(Value::Str(kind)) => format!("app.strategy has no type, and the chart's default adds type {kind}."),
        _ => "app.strategy has no type, so the API server takes RollingUpdate.".to_owned(),
    };
    Found::new(what).on(situation.evidence("app.strategy")).one()
}
