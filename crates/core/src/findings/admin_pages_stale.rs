use super::{Definition, Example, Found, Lesson, Words};
use crate::{Severity, When};

pub(super) static FINDING: Definition = Definition {
    id: "admin-pages-stale",
    severity: Severity::Info,
    caveat: true,
    bites: &[When::Replicas],
    check: |situation| {
        Found::new("An open admin page hears only of changes made through its own pod.")
            .on(situation.evidence("app.replicaCount"))
            .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Open admin pages miss changes made through another pod",
    why: "The page shows old data until it is loaded again.",
    action: "Load the page again.",
    verify: &[(
        "How many pods serve.",
        "kubectl -n lobu get pods -l app.kubernetes.io/component=api",
    )],
    source: "Lobu events/emitter.ts",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The events that tell an open admin page to load again stay in the pod where something changed.",
    examples: &[
        Example {
            name: "Two replicas",
            values: "app:\n  replicaCount: 2\n",
            ..Example::BASE
        },
        Example {
            name: "One replica",
            expected: 0,
            ..Example::BASE
        },
    ],
};
