use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::manifest::Sharing;
use crate::words::count;
use crate::{Placement, Severity};

pub(super) static FINDING: Definition = Definition {
    id: "replicas-on-one-node-claim",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Several replicas on a claim for one node",
    why: "Replicas that do not start are no replicas, and a rollout waits for them.",
    action: "Run one replica, use a claim that many nodes may mount, or disable the workspaces.",
    verify: &[(
        "Replicas that wait for the volume.",
        "kubectl -n lobu get pods -l app.kubernetes.io/component=api -o wide",
    )],
    source: "Kubernetes, attach/detach controller; KEP-2485",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "All replicas of a Deployment mount the same claim. A ReadWriteOnce volume that has to be attached is at one \
            node at a time, so replicas on other nodes wait in ContainerCreating for ever; a ReadWriteOncePod claim lets \
            only one of them start anywhere. This holds under any strategy.",
    examples: &[
        Example {
            name: "Three replicas on the default claim",
            values: "app:\n  replicaCount: 3\n",
            ..Example::BASE
        },
        Example {
            name: "On one node they share it",
            values: "app:\n  replicaCount: 3\n",
            placement: Placement::SameNode,
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let replicas = situation.replicas();
    if replicas < 2 {
        return Vec::new();
    }
    let (what, severity) = match situation.sharing() {
        Some(Sharing::OnePod) => ("only one of them can start, anywhere", Severity::Error),
        Some(Sharing::OneNode) if situation.cluster().placement != Placement::SameNode => {
            ("those on another node than the volume cannot start", Severity::Warning)
        }
        _ => return Vec::new(),
    };
    Found::new(format!("{} mount one claim: {what}.", count(replicas, "replica")))
        .severity(severity)
        .on(situation.evidence("app.replicaCount"))
        .on(situation.evidence("app.workspaces.accessModes"))
        .one()
}
