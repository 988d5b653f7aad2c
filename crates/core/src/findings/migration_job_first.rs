use super::{Definition, Example, Found, Lesson, Words};
use crate::{Severity, When};

pub(super) static FINDING: Definition = Definition {
    id: "migration-job-first",
    severity: Severity::Info,
    caveat: true,
    bites: &[When::Restart],
    check: |situation| {
        if !situation.rendered.migration_job {
            return Vec::new();
        }
        Found::new("Old pods work on the new schema from the Job's end until the last of them is gone.")
            .on(situation.evidence("migrations.enabled"))
            .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The schema changes before the first pod does",
    why: "Old code must be able to live with the new schema, under every strategy.",
    action: "Write migrations that the version before can live with.",
    verify: &[(
        "The Job.",
        "kubectl -n lobu get jobs -l app.kubernetes.io/component=migrate",
    )],
    source: "Lobu migration-job.yaml; Helm hooks",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The migration Job is a pre-upgrade hook: Helm waits for it before it touches the Deployment. Old pods work on \
            the new schema while it runs and until the last of them is gone, under Recreate too. The Job has no deadline of \
            its own; helm's --timeout ends it.",
    examples: &[
        Example {
            name: "With the Job",
            values: "migrations:\n  enabled: true\n",
            ..Example::BASE
        },
        Example {
            name: "Without",
            expected: 0,
            ..Example::BASE
        },
    ],
};
