use rollcast_rollout::{Strategy, WindowKind};

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::When;
use crate::words::{during, likely};

pub(super) static FINDING: Definition = Definition {
    id: "outage",
    bites: &[When::Gap],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A stretch without a ready endpoint",
    why: "Users and webhooks get errors for as long.",
    action: "Deploy when few people are there, shorten what lengthens it, or fulfil the prerequisites of a rolling deploy.",
    verify: &[(
        "Watch the ready endpoints during a rollout.",
        "kubectl -n lobu get endpointslices -l kubernetes.io/service-name=lobu-app -w",
    )],
    source: "Kubernetes, pkg/controller/deployment/recreate.go, pkg/proxy/topology.go; Lobu pull request 776",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Under Recreate, and wherever every replica may be missing, there is a time in which no pod is ready. Ingress \
            controllers that look at ready endpoints answer 503 from its first moment. Inside the cluster the Service falls \
            back to a terminating pod that still serves, so the time in which nobody answers is shorter. The gap is the old \
            pod's preStop, drain and shutdown, then scheduling, pulling, booting and the first readiness probe of the new \
            one.",
    examples: &[
        Example {
            name: "The defaults",
            ..Example::BASE
        },
        Example {
            name: "One replica that may be missing",
            values: "app:\n  workspaces:\n    enabled: false\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 0\n      maxUnavailable: 1\n",
            ..Example::BASE
        },
        Example {
            name: "A rolling deploy has none",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// The gap that Lobu's pull request 776 and the chart's comments state for Recreate, in milliseconds.
const STATED: u64 = 30_000;

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let Some(gap) = situation.length(WindowKind::NoReadyEndpoint) else {
        return Vec::new();
    };
    let mut what = format!("No endpoint is ready {}{}.", during(gap), likely(gap));
    if let Some(unusable) = situation.length(WindowKind::NoUsableEndpoint) {
        what.push_str(&format!(" Inside the cluster nobody answers {}.", during(unusable)));
    }
    let mut why = WORDS.why.to_owned();
    if let (Some(Strategy::Recreate), Some(earliest), Some(latest)) = (situation.strategy, gap.earliest, gap.latest) {
        why.push_str(" The chart's authors speak of about 30 s; ");
        why.push_str(if earliest > STATED {
            "it is longer here, because shutdown, start and the first readiness probe alone take longer."
        } else if latest < STATED {
            "it is shorter here under the assumptions given."
        } else {
            "that lies within this range, and where in it depends on the boot, the node and the first readiness probe, \
             which never comes before its initial delay."
        });
    }
    Found::new(what)
        .why(why)
        .on(situation.evidence("app.strategy"))
        .on(situation.evidence("app.replicaCount"))
        .one()
}
