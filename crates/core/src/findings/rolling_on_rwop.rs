use rollcast_rollout::WindowKind;

use super::{Definition, Example, Found, Lesson, Releases, Situation, Words};
use crate::Severity;
use crate::manifest::Sharing;

pub(super) static FINDING: Definition = Definition {
    id: "rolling-on-rwop",
    severity: Severity::Error,
    releases: Releases::to("main-871"),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "RollingUpdate on a ReadWriteOncePod claim",
    why: "The new pod stays Pending, and the old one is never stopped.",
    action: "Leave app.strategy to the chart, which resolves Recreate for this claim.",
    verify: &[(
        "A new pod that is not scheduled because of the claim.",
        "kubectl -n lobu get events --field-selector reason=FailedScheduling",
    )],
    source: "Kubernetes, KEP-2485",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "ReadWriteOncePod lets one pod in the whole cluster use the claim; the next one is not even scheduled. A \
            rollout that stops an old pod only when the new one is ready cannot move.",
    examples: &[
        Example {
            name: "An override on a claim for one pod",
            values: "app:\n  strategy:\n    type: RollingUpdate\n  workspaces:\n    accessModes: [ReadWriteOncePod]\n",
            ..Example::BASE
        },
        Example {
            name: "Recreate works",
            values: "app:\n  workspaces:\n    accessModes: [ReadWriteOncePod]\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if !situation.rolls() || situation.sharing() != Some(Sharing::OnePod) {
        return Vec::new();
    }
    let (what, severity) = if situation.length(WindowKind::Deadlock).is_some() {
        (
            "The new pod waits for the claim, the old pod is not stopped before the new one is ready: the rollout never \
             finishes.",
            Severity::Error,
        )
    } else {
        (
            "The new pod waits until the old one is gone; this strategy stops that first.",
            Severity::Warning,
        )
    };
    Found::new(what)
        .severity(severity)
        .on(situation.evidence("app.strategy"))
        .on(situation.evidence("app.workspaces.accessModes"))
        .one()
}
