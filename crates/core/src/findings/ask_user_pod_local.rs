use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::{PrerequisiteState, Severity, When, app};

pub(super) static FINDING: Definition = Definition {
    id: "ask-user-pod-local",
    severity: Severity::Warning,
    prerequisite: true,
    bites: &[When::Overlap, When::Replicas, When::Restart],
    fixed: Some(&app::QUESTIONS_IN_POSTGRES),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Buttons of pending questions may be dead (accepted)",
    why: "A user clicks an answer, and nothing happens; the agent waits in vain.",
    action: "Accept it and confirm, or deploy when no question is open.",
    verify: &[(
        "From app version 7.1.0 on open questions are rows; older versions keep them where no query sees them.",
        "SELECT count(*) FROM pending_interactions WHERE claimed_at IS NULL",
    )],
    source: "Lobu interaction-bridge.ts; fixed by Lobu pull request 834",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "When an agent asks its user something with buttons, the app up to 7.0.0 keeps the question in the memory of \
            the pod that asked, for five minutes. A click that reaches another pod, or comes after a restart, is dropped \
            with nothing but a debug message. Recreate loses pending questions as well. Approvals of tools are kept in \
            Postgres for a day and survive.",
    examples: &[
        Example {
            name: "The chart that brought rolling deploys",
            chart: "main-776",
            ..Example::BASE
        },
        Example {
            name: "An old image in a newer chart",
            app: Some("7.0.0"),
            ..Example::BASE
        },
        Example {
            name: "From app version 7.1.0 on questions are kept in Postgres",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if situation.app_has(&app::QUESTIONS_IN_POSTGRES) {
        return Found::new(
            "In this app version questions are kept in Postgres for a day, and any pod takes the click.",
        )
        .state(PrerequisiteState::NotApplicable)
        .one();
    }
    let alone = situation.replicas() <= 1 && !situation.occurs(When::Overlap);
    let what = if alone {
        "Questions that are open when the pod stops are forgotten."
    } else {
        "Questions are kept by the pod that asked; a click that reaches another pod is dropped."
    };
    Found::new(what)
        .severity(if alone { Severity::Info } else { Severity::Warning })
        .state(situation.confirmed(FINDING.id))
        .on(situation.evidence("app.replicaCount"))
        .one()
}
