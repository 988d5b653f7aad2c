use super::{Definition, Example, Found, Lesson, Words};
use crate::{Severity, When, app};

pub(super) static FINDING: Definition = Definition {
    id: "rate-limits-multiply",
    severity: Severity::Info,
    caveat: true,
    bites: &[When::Replicas],
    fixed: Some(&app::SHARED_RATE_LIMITS),
    check: |situation| {
        Found::new(format!(
            "A client may do {} times what the limit says.",
            situation.replicas()
        ))
        .on(situation.evidence("app.replicaCount"))
        .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Rate limits count in each pod",
    why: "The limits are as many times higher as there are pods.",
    action: "Lower the limits by the number of replicas, or limit at the ingress.",
    verify: &[(
        "How many pods share the traffic.",
        "kubectl -n lobu get endpointslices -l kubernetes.io/service-name=lobu-app",
    )],
    source: "Lobu utils/rate-limiter.ts; pull request 1205",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "HTTP rate limits are counted in a pod's memory, so a client may do as much in each pod.",
    examples: &[
        Example {
            name: "Two replicas",
            values: "app:\n  replicaCount: 2\n",
            ..Example::BASE
        },
        Example {
            name: "From app version 11.2.0 on they are counted in Postgres",
            app: Some("11.2.0"),
            values: "app:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
