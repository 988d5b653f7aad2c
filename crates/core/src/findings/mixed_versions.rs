use super::{Definition, Example, Found, Lesson, Words};
use crate::When;

pub(super) static FINDING: Definition = Definition {
    id: "mixed-versions",
    caveat: true,
    bites: &[When::Overlap],
    check: |situation| {
        Found::new("Old pods take tasks of the new version, and meet its schema.")
            .on(situation.evidence("app.strategy"))
            .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Two versions work on one database and one queue",
    why: "What one version writes, the other must be able to read.",
    action: "Deploy versions whose schema and tasks get along, or take Recreate for one that does not.",
    verify: &[(
        "Tasks that an old pod could not handle.",
        "kubectl -n lobu logs -l app.kubernetes.io/component=api --since=15m | grep 'No handler registered'",
    )],
    source: "Lobu task-scheduler.ts; pull request 1838",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "While old and new pods overlap, old code works on the new schema, and old pods take tasks from the queue that \
            only the new version knows: they fail with \"No handler registered\" and are tried again. This is why the chart \
            went back to Recreate in July 2026.",
    examples: &[
        Example {
            name: "Rolling",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "Recreate",
            values: "app:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
