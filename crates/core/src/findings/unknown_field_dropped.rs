use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::{HelmLine, Severity};

pub(super) static FINDING: Definition = Definition {
    id: "unknown-field-dropped",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Kubernetes does not know a field of the strategy",
    why: "The setting has no effect, or the upgrade fails.",
    action: "Correct the field's name and its level: maxSurge and maxUnavailable belong below rollingUpdate.",
    verify: &[(
        "The live strategy.",
        "kubectl -n lobu get deployment lobu-app -o jsonpath='{.spec.strategy}'",
    )],
    source: "Kubernetes, KEP-2885",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The chart prints app.strategy as it is, and the API server drops fields it does not know: maxSurge beside \
            rollingUpdate instead of below it, Type with a capital. Helm 3 gets a warning and goes on; Helm 4 and kubectl \
            ask for strictness, and then the server refuses.",
    examples: &[
        Example {
            name: "A level too high",
            values: "app:\n  strategy:\n    type: RollingUpdate\n    maxSurge: 1\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "Below rollingUpdate",
            values: "app:\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// The most fields that are told: each repeats the whole strategy as its evidence.
const MOST: usize = 20;

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let strict = situation.request.helm == HelmLine::V4;
    situation
        .manifest
        .unknown_fields
        .iter()
        .take(MOST)
        .map(|field| {
            let found = if strict {
                Found::new(format!(
                    "The API server does not know {field}, and Helm 4 asks it to refuse such fields."
                ))
                .severity(Severity::Error)
            } else {
                Found::new(format!("The API server does not know {field} and drops it."))
            };
            found.on(situation.evidence("app.strategy"))
        })
        .collect()
}
