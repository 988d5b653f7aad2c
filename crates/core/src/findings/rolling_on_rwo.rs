use rollcast_rollout::WindowKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::manifest::Sharing;
use crate::words::during;
use crate::{Placement, Severity, When};

pub(super) static FINDING: Definition = Definition {
    id: "rolling-on-rwo",
    severity: Severity::Error,
    bites: &[When::Overlap],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "RollingUpdate on a ReadWriteOnce claim",
    why: "Either two versions write to the same workspaces, or the rollout never finishes.",
    action: "Leave app.strategy to the chart, or use a claim that many nodes may mount, or disable the workspaces.",
    verify: &[
        (
            "A new pod that waits for the volume.",
            "kubectl -n lobu get events --field-selector reason=FailedAttachVolume",
        ),
        ("How many nodes the pods may land on.", "kubectl get nodes"),
    ],
    source: "Kubernetes, attach/detach controller; kubernetes/kubernetes pkg/volume/util IsMultiAttachAllowed",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "ReadWriteOnce means one node, not one pod. If the new pod lands on the old one's node, both mount the volume \
            and write to it. If it lands on another node, a volume that has to be attached stays with the old pod, the new \
            one waits in ContainerCreating with a Multi-Attach error, and where no pod may be missing the old one is never \
            stopped: the rollout stands still. The scheduler does not follow the volume, so on more than one node it is a \
            coin toss. Volumes that are never attached, such as NFS, are shared regardless of their mode.",
    examples: &[
        Example {
            name: "An override on the default claim",
            values: "app:\n  strategy:\n    type: RollingUpdate\n",
            ..Example::BASE
        },
        Example {
            name: "On one node both versions write",
            values: "app:\n  strategy:\n    type: RollingUpdate\n",
            placement: Placement::SameNode,
            ..Example::BASE
        },
        Example {
            name: "The chart's own rule prefers Recreate",
            values: "app:\n  allowMultiReplica: true\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if !situation.rolls() || situation.sharing() != Some(Sharing::OneNode) {
        return Vec::new();
    }
    let deadlock = situation.length(WindowKind::Deadlock).is_some();
    let both_write = situation
        .length(WindowKind::TwoWriters)
        .map(|length| format!("both versions can write to the workspaces {}", during(length)));
    let (what, severity) = match (situation.cluster().placement, both_write) {
        (Placement::SameNode, writers) => (
            format!(
                "All pods land on one node: {}.",
                writers.unwrap_or_else(|| "both versions can write to the workspaces".to_owned())
            ),
            Severity::Warning,
        ),
        (Placement::OtherNode, _) if deadlock => (
            "The new pod lands on another node and cannot get the volume, and the old one is not stopped before the new \
             one is ready: the rollout never finishes."
                .to_owned(),
            Severity::Error,
        ),
        (Placement::OtherNode, _) => (
            "The new pod lands on another node and waits there until the volume has moved.".to_owned(),
            Severity::Warning,
        ),
        (Placement::Unknown, writers) => (
            format!(
                "If the new pod lands on another node, {}. If it lands on the same node, {}.",
                if deadlock {
                    "the rollout never finishes"
                } else {
                    "it waits until the volume has moved"
                },
                writers.unwrap_or_else(|| "both versions can write to the workspaces".to_owned())
            ),
            if deadlock { Severity::Error } else { Severity::Warning },
        ),
    };
    Found::new(what)
        .severity(severity)
        .on(situation.evidence("app.strategy"))
        .on(situation.evidence("app.workspaces.accessModes"))
        .one()
}
