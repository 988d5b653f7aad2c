use super::{Definition, Example, Found, Lesson, Words};
use crate::{When, app};

pub(super) static FINDING: Definition = Definition {
    id: "transaction-pooler",
    bites: &[When::Overlap, When::Replicas],
    check: |situation| {
        if !situation.truthy("database.usePooler") {
            return Vec::new();
        }
        Found::new(if situation.app_has(&app::TRANSCRIPTS_IN_POSTGRES) {
            "If the pooler pools transactions, LISTEN is dropped and the locks between pods do not hold."
        } else {
            "If the pooler pools transactions, LISTEN is dropped and the queues are polled."
        })
        .on(situation.evidence("database.usePooler"))
        .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A transaction pooler breaks what several pods rely on",
    why: "With two pods the locks between them do not hold.",
    action: "Use a pooler in session mode, or connect directly.",
    verify: &[(
        "What the app says when it boots.",
        "kubectl -n lobu logs -l app.kubernetes.io/component=api | grep -i listen",
    )],
    source: "Lobu database client; PostgreSQL advisory locks",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "database.usePooler sends the app through a pooler. One that pools transactions drops LISTEN, so queues are \
            polled every 200 ms instead, and it hands a session's advisory locks to somebody else: from app version 7.2.0 on \
            those locks keep two workers of one conversation apart.",
    examples: &[
        Example {
            name: "Two replicas behind a pooler",
            values: "app:\n  replicaCount: 2\ndatabase:\n  usePooler: true\n  existingSecret: pg\n  poolerService: pooler\n",
            ..Example::BASE
        },
        Example {
            name: "One replica under Recreate",
            values: "database:\n  usePooler: true\n  existingSecret: pg\n  poolerService: pooler\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
