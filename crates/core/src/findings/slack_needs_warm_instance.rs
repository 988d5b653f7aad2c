use super::{Definition, Example, Found, Lesson, Words};
use crate::{Severity, When, app};

pub(super) static FINDING: Definition = Definition {
    id: "slack-needs-warm-instance",
    severity: Severity::Info,
    caveat: true,
    bites: &[When::Replicas],
    fixed: Some(&app::SLACK_FROM_ENV),
    check: |situation| {
        Found::new("Slack's OAuth needs an instance that the pod has started.")
            .on(situation.evidence("app.replicaCount"))
            .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Slack's login and previews need an instance in their pod",
    why: "Connecting Slack works on one pod and fails on the next.",
    action: "Try again, or connect Slack while one replica runs.",
    verify: &[(
        "How many pods serve.",
        "kubectl -n lobu get pods -l app.kubernetes.io/component=api",
    )],
    source: "Lobu pull request 1065",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Before app version 10.0.0 the settings for Slack's OAuth and link previews come from a Slack instance in the \
            memory of the pod that gets the request; a pod without one fails.",
    examples: &[
        Example {
            name: "Two replicas",
            values: "app:\n  replicaCount: 2\n",
            ..Example::BASE
        },
        Example {
            name: "From app version 10.0.0 on the settings come from the environment",
            app: Some("10.0.0"),
            values: "app:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
