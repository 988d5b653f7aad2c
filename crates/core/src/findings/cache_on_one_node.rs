use rollcast_rollout::{Strategy, WindowKind};

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::manifest::Sharing;
use crate::workloads::Workload;
use crate::{Placement, Severity};

pub(super) static FINDING: Definition = Definition {
    id: "cache-on-one-node",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A cache that cannot be shared",
    why: "Pods that wait for the cache do not start, and the rollout waits for them.",
    action: "Run one replica and leave its strategy to the chart, or switch the cache off.",
    verify: &[(
        "Pods that wait for the volume.",
        "kubectl -n lobu get events --field-selector reason=FailedAttachVolume",
    )],
    source: "Lobu worker-deployment.yaml, embeddings-deployment.yaml; Kubernetes, attach/detach controller",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Worker and embeddings each have a cache on a ReadWriteOnce claim, and with it the chart prints Recreate for \
            them. A strategy of one's own, or a second replica, meets the same limits as the app's workspaces: on another \
            node the volume is not there. From release 11.0.0 on the chart refuses several replicas with a cache.",
    examples: &[
        Example {
            name: "Two workers on one cache",
            values: "worker:\n  replicaCount: 2\n",
            ..Example::BASE
        },
        Example {
            name: "Embeddings that roll",
            values: "embeddings:\n  strategy:\n    type: RollingUpdate\n",
            ..Example::BASE
        },
        Example {
            name: "Without the cache",
            values: "worker:\n  replicaCount: 2\n  cache:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation
        .workloads
        .iter()
        .filter_map(|workload| {
            let (what, severity) = trouble(situation, workload)?;
            let name = workload.component.table();
            let found = Found::new(format!("{name}: {what}"))
                .severity(severity)
                .on(situation.evidence(&format!("{name}.replicaCount")))
                .on(situation.evidence(&format!("{name}.strategy")))
                .on(situation.evidence(&format!("{name}.cache.enabled")));
            Some(found)
        })
        .collect()
}

fn trouble(situation: &Situation<'_>, workload: &Workload) -> Option<(&'static str, Severity)> {
    let spec = workload.spec.as_ref()?;
    let rolls = matches!(spec.strategy, Strategy::RollingUpdate { .. });
    let stuck = workload
        .outlooks
        .iter()
        .any(|outlook| crate::outlooks::length(&outlook.forecast, WindowKind::Deadlock).is_some());
    let elsewhere = situation.cluster().placement != Placement::SameNode;
    match workload.sharing? {
        Sharing::ManyNodes => None,
        Sharing::OnePod if spec.replicas > 1 => {
            Some(("only one of its replicas can mount the cache.", Severity::Error))
        }
        _ if rolls && stuck => Some((
            "it rolls, and a new pod that cannot mount the cache keeps the rollout from finishing.",
            Severity::Error,
        )),
        _ if rolls => Some((
            "it rolls, and old and new pods write to the same cache.",
            Severity::Warning,
        )),
        Sharing::OneNode if spec.replicas > 1 && elsewhere => Some((
            "replicas on another node than the cache cannot start.",
            Severity::Warning,
        )),
        _ => None,
    }
}
