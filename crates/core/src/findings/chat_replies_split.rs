use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::{When, app};

pub(super) static FINDING: Definition = Definition {
    id: "chat-replies-split",
    caveat: true,
    bites: &[When::Overlap, When::Replicas],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Answers in Telegram and Slack may be cut or doubled",
    why: "Users see half an answer, two halves, or none.",
    action: "Run one replica, or deploy when no agent is writing.",
    verify: &[(
        "Answers on their way right now.",
        "SELECT count(*) FROM runs WHERE queue_name='thread_response' AND status IN ('pending','claimed')",
    )],
    source: "Lobu chat-response-bridge.ts; pull requests 1087, 1099",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "While an agent writes, the pieces of its answer are gathered in the memory of one pod and edited into one chat \
            message. With two pods the pieces go to both: each has half of the answer, and a pod that gets only the end \
            posts nothing. From app version 10.0.0 on Slack gets the whole text with the last piece; platforms that show \
            the answer as it grows, such as Telegram, do not.",
    examples: &[
        Example {
            name: "An overlap",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "One replica under Recreate",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let what = if situation.app_has(&app::SLACK_FINAL_TEXT) {
        "Slack gets whole answers in this app version; Telegram, which shows them as they grow, may get halves."
    } else {
        "The pieces of one answer go to different pods, in Telegram and in Slack."
    };
    Found::new(what).on(situation.evidence("app.replicaCount")).one()
}
