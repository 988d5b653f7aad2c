use super::{Definition, Example, Found, Lesson, Words};
use crate::{When, app};

pub(super) static FINDING: Definition = Definition {
    id: "agent-turns-die",
    caveat: true,
    bites: &[When::Restart],
    check: |situation| {
        Found::new(if situation.app_has(&app::TERMINAL_MESSAGES) {
            "Turns that are running when a pod stops end; their users see an error after about a minute."
        } else {
            "Turns that are running when a pod stops end, and nobody tells their users."
        })
        .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Agents at work are cut off with their pod",
    why: "Every rollout, under any strategy, ends the turns that are running.",
    action: "Deploy when few agents are at work.",
    verify: &[(
        "Turns that a rollout would end now.",
        "SELECT count(*) FROM runs WHERE status IN ('claimed','running')",
    )],
    source: "Lobu embedded-deployment.ts, agent-worker index.ts; pull request 971",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Agents work in child processes of the app pod. When it stops they get SIGTERM, end without finishing, and are \
            killed after 5 seconds; a longer grace period does not help. Up to app version 8.0.0 the message counts as \
            delivered when the worker has it, so the turn is lost without a word; from 9.0.0 on a marker makes the user see \
            an error after about a minute. Zero downtime is about HTTP only.",
    examples: &[
        Example {
            name: "Recreate",
            ..Example::BASE
        },
        Example {
            name: "Rolling",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
    ],
};
