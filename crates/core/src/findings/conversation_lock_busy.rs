use super::agent_memory_ephemeral::keeps_files;
use super::{Definition, Example, Found, Lesson, Words};
use crate::{When, app};

pub(super) static FINDING: Definition = Definition {
    id: "conversation-lock-busy",
    caveat: true,
    bites: &[When::Overlap, When::Replicas],
    since: Some(&app::TRANSCRIPTS_IN_POSTGRES),
    fixed: Some(&app::QUIET_LOSER),
    check: |situation| {
        if keeps_files(situation) {
            return Vec::new();
        }
        Found::new(
            "A conversation is locked to the pod that runs its worker; another pod's attempt ends in an error message.",
        )
        .on(situation.evidence("app.replicaCount"))
        .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A second pod reports that a worker failed",
    why: "Users read an error although nothing is broken.",
    action: "Run one replica, or tell users to send the message again.",
    verify: &[
        (
            "The locks that are held.",
            "SELECT * FROM pg_locks WHERE locktype='advisory' AND classid=1819239029",
        ),
        (
            "What the pod's orchestrator holds.",
            "kubectl -n lobu exec deployment/lobu-app -- node -e \"fetch('http://localhost:8787/health/orchestrator').then(r=>r.text()).then(console.log)\"",
        ),
    ],
    source: "Lobu pull requests 865, 871, 1068, 1257",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "From app version 7.2.0 on a conversation's worker holds a lock as long as its process lives, up to an hour of \
            idling. A message that another pod takes finds the lock busy, tries for about 14 seconds and then tells the user \
            that the worker failed to start, even where the first pod answers. Each lock reserves a database connection, so \
            a pod keeps at most DB_POOL_MAX − 5 conversations alive, 15 by default.",
    examples: &[
        Example {
            name: "Two replicas of app version 9.0.0",
            app: Some("9.0.0"),
            values: "app:\n  replicaCount: 2\n",
            ..Example::BASE
        },
        Example {
            name: "Before the lock",
            values: "app:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "From app version 12.0.0 on the second pod stays quiet",
            app: Some("12.0.0"),
            values: "app:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
