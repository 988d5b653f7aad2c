use super::{Definition, Example, Found, Lesson, Releases, Words};
use crate::{Severity, When, app};

pub(super) static FINDING: Definition = Definition {
    id: "session-affinity-off",
    severity: Severity::Info,
    bites: &[When::Replicas],
    releases: Releases::from("7.1.0"),
    fixed: Some(&app::STREAM_FAN_OUT),
    check: |situation| match situation.rendered.session_affinity.as_deref() {
        Some("ClientIP") => Vec::new(),
        _ => Found::new("service.sessionAffinity is not ClientIP, with several replicas.")
            .on(situation.evidence("service.sessionAffinity"))
            .on(situation.evidence("app.replicaCount"))
            .one(),
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Clients are not kept on one replica",
    why: "A client's stream and its requests end at different pods more often than they need to.",
    action: "Set service.sessionAffinity to ClientIP, and sticky sessions at an ingress that talks to pods directly.",
    verify: &[(
        "The live setting.",
        "kubectl -n lobu get service lobu-app -o jsonpath='{.spec.sessionAffinity}'",
    )],
    source: "Lobu pull request 848, the chart's NOTES",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "With several replicas the chart's notes ask for service.sessionAffinity ClientIP, which keeps a client at one \
            pod for three hours. It helps streams and webhooks to meet, though it does not mend what pods do not share: \
            which pod takes a piece of an answer from the queue has nothing to do with the client. Ingress controllers such \
            as nginx and Traefik send requests to pods directly and do not see it; they need sticky sessions of their own. \
            Behind one NAT all clients share a pod.",
    examples: &[
        Example {
            name: "Two replicas",
            values: "app:\n  replicaCount: 2\n",
            ..Example::BASE
        },
        Example {
            name: "With ClientIP",
            values: "app:\n  replicaCount: 2\nservice:\n  sessionAffinity: ClientIP\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
