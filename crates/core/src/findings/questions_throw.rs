use super::{Definition, Example, Found, Lesson, Words};
use crate::{Severity, app};

pub(super) static FINDING: Definition = Definition {
    id: "questions-throw",
    severity: Severity::Info,
    caveat: true,
    since: Some(&app::QUESTIONS_NEED_CONNECTION),
    fixed: Some(&app::STREAM_FAN_OUT),
    check: |_| {
        Found::new("In this app version questions in API and web sessions fail, on any number of replicas.").one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Questions to users of the API fail",
    why: "Do not look for it in the rollout: it happens with one pod that never restarts.",
    action: "Run an app version without the fault where agents ask questions outside chats.",
    verify: &[(
        "The errors.",
        "kubectl -n lobu logs -l app.kubernetes.io/component=api --since=1h | grep -i connectionId",
    )],
    source: "Lobu pull requests 847, 1236",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "From app version 7.1.0 to 11.3.0 a question with buttons, or an approval, needs the id of a chat connection. \
            Sessions of the API and of the web app have none, so asking throws an error. This has nothing to do with \
            rollouts or replicas, but it looks like a question that a rollout has lost.",
    examples: &[
        Example {
            name: "App version 7.1.0",
            ..Example::BASE
        },
        Example {
            name: "App version 12.0.0",
            app: Some("12.0.0"),
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "App version 7.0.0",
            app: Some("7.0.0"),
            expected: 0,
            ..Example::BASE
        },
    ],
};
