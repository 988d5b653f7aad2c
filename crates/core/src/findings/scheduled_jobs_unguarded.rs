use super::{Definition, Example, Found, Lesson, Words};
use crate::{Severity, When, app};

pub(super) static FINDING: Definition = Definition {
    id: "scheduled-jobs-unguarded",
    severity: Severity::Info,
    caveat: true,
    bites: &[When::Replicas],
    fixed: Some(&app::READINESS_DRAIN),
    check: |situation| {
        Found::new("Each pod advances scheduled jobs without a guard.")
            .on(situation.evidence("app.replicaCount"))
            .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Two pods may advance one scheduled job",
    why: "A job's next run may be off by one tick.",
    action: "Nothing needs to be done.",
    verify: &[("When jobs run next.", "SELECT * FROM scheduled_jobs")],
    source: "Lobu pull request 1191",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Before app version 11.1.0 nothing guards the row of a scheduled job while a pod advances it. What the job \
            starts is the same for one tick, so it does not run twice, but its next time may be written twice.",
    examples: &[
        Example {
            name: "Two replicas",
            values: "app:\n  replicaCount: 2\n",
            ..Example::BASE
        },
        Example {
            name: "From app version 11.1.0 on it is guarded",
            app: Some("11.1.0"),
            values: "app:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
