use super::{Definition, Example, Found, Lesson, Words};
use crate::{When, app};

pub(super) static FINDING: Definition = Definition {
    id: "chat-connections-stale",
    caveat: true,
    bites: &[When::Replicas],
    fixed: Some(&app::CONNECTION_LEASES),
    check: |situation| {
        Found::new(if situation.app_has(&app::WEBHOOK_HYDRATION) {
            "A connection edited through one pod keeps its old settings in the others until they restart."
        } else {
            "A connection added or edited through one pod is unknown to the others until they restart."
        })
        .on(situation.evidence("app.replicaCount"))
        .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A changed chat connection is known to one pod only",
    why: "Messages to a new or changed connection are lost on every second try.",
    action: "Restart the pods after a change of connections: kubectl rollout restart.",
    verify: &[(
        "Webhooks that were refused.",
        "kubectl -n lobu logs -l app.kubernetes.io/component=api --since=1h | grep webhooks | grep 404",
    )],
    source: "Lobu chat-instance-manager.ts; pull requests 1098, 1231",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Chat connections are started in a pod's memory. One that is added or edited through one pod is unknown to the \
            others until they restart: they answer its webhooks with 404 or go on with the old token. From app version \
            10.1.0 on a webhook loads a connection that this pod does not know; edits reach the others from 12.0.0 on.",
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
