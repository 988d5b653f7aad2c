use rollcast_rollout::{IntOrPercent, LimitField, Lint, Turn, lints};

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;
use crate::words::count;

pub(super) static FINDING: Definition = Definition {
    id: "fencepost",
    severity: Severity::Info,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "maxSurge and maxUnavailable come to something else",
    why: "The rollout is another one than the text suggests.",
    action: "Write both numbers as pods: maxSurge 1 and maxUnavailable 0 never lose capacity.",
    verify: &[(
        "The live strategy, defaults filled in.",
        "kubectl -n lobu get deployment lobu-app -o jsonpath='{.spec.strategy}'",
    )],
    source: "Kubernetes, pkg/controller/deployment/util ResolveFenceposts",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Percentages of the replicas are rounded, maxSurge up and maxUnavailable down; what is left out is 25 %. Where \
            both come to 0 the controller takes 1 for maxUnavailable, for otherwise nothing could move. So maxSurge 0 alone \
            lets one pod be missing, and with one replica that is an outage, although the API server takes it. A bare 25 \
            means 25 pods.",
    examples: &[
        Example {
            name: "maxSurge 0 alone",
            values: "app:\n  workspaces:\n    enabled: false\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 0\n",
            ..Example::BASE
        },
        Example {
            name: "25 means 25 pods",
            values: "app:\n  workspaces:\n    enabled: false\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 25\n      maxUnavailable: 0\n",
            ..Example::BASE
        },
        Example {
            name: "Pods are pods",
            values: "app:\n  workspaces:\n    enabled: false\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let Some(strategy) = situation.strategy else {
        return Vec::new();
    };
    let replicas = situation.replicas();
    let found = |what: String, outage: bool| {
        Found::new(what)
            .severity(if outage { Severity::Warning } else { Severity::Info })
            .on(situation.evidence("app.strategy"))
            .on(situation.evidence("app.replicaCount"))
    };
    lints(strategy, replicas)
        .into_iter()
        .filter_map(|lint| match lint {
            // Where the chart prints no strategy, or its own, nobody has written the 25 %.
            Lint::Fencepost {
                turn: Turn::RoundsToNone,
                ..
            } if !situation.is_set("app.strategy") => None,
            Lint::Fencepost {
                turn,
                max_unavailable,
                limits,
                ..
            } => {
                let written = match max_unavailable {
                    IntOrPercent::Int(pods) => pods.to_string(),
                    IntOrPercent::Percent(percent) => format!("{percent}%"),
                };
                let reason = match turn {
                    Turn::RoundsToNone => "it is rounded down",
                    Turn::RaisedToOne => "both it and maxSurge came to 0, and something has to move",
                    Turn::CappedToAll => "there are no more to be missing",
                };
                Some(found(
                    format!(
                        "maxUnavailable {written} of {} comes to {}: {reason}.",
                        count(replicas, "replica"),
                        limits.unavailable
                    ),
                    limits.unavailable >= replicas,
                ))
            }
            Lint::PodsNotPercent { field, pods, .. } => {
                let name = match field {
                    LimitField::MaxSurge => "maxSurge",
                    LimitField::MaxUnavailable => "maxUnavailable",
                };
                Some(found(
                    format!("{name} {pods} means {pods} pods; a percentage is written {pods}%."),
                    false,
                ))
            }
            Lint::AllUnavailable { .. } | Lint::HelmWaitNoop { .. } => None,
        })
        .collect()
}
