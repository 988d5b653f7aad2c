use super::{Definition, Example, Found, Lesson, Words};
use crate::{When, app};

pub(super) static FINDING: Definition = Definition {
    id: "oauth-refresh-race",
    caveat: true,
    bites: &[When::Overlap, When::Replicas],
    fixed: Some(&app::REFRESH_LOCK),
    check: |situation| {
        Found::new("Each pod refreshes tokens by itself, and a rotating token can be spent twice.")
            .on(situation.evidence("app.replicaCount"))
            .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Two pods may spend one refresh token",
    why: "A user or an integration has to log in again.",
    action: "Run one replica, and deploy when few tokens run out.",
    verify: &[(
        "Refreshes that were refused.",
        "kubectl -n lobu logs -l app.kubernetes.io/component=api --since=24h | grep invalid_grant",
    )],
    source: "Lobu token-refresh-job.ts, device-auth.ts; pull request 1272",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Refreshing an OAuth token is locked inside a pod only. Where the provider gives a new refresh token each time, \
            two pods that refresh together spend the same one, and the second is refused.",
    examples: &[
        Example {
            name: "Two replicas",
            values: "app:\n  replicaCount: 2\n",
            ..Example::BASE
        },
        Example {
            name: "From app version 12.0.0 on a lock prevents it",
            app: Some("12.0.0"),
            values: "app:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
