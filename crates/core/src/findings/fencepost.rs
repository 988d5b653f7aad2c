use rollcast_rollout::{IntOrPercent, Limits, Strategy};

use super::{Definition, Example, Found, Situation};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "fencepost",
    title: "maxSurge and maxUnavailable come to something else",
    severity: Severity::Info,
    about: "Percentages of the replicas are rounded, maxSurge up and maxUnavailable down; what is left out is 25 %. Where \
            both come to 0 the controller takes 1 for maxUnavailable, for otherwise nothing could move. So maxSurge 0 alone \
            lets one pod be missing, and with one replica that is an outage, although the API server takes it. A bare 25 \
            means 25 pods.",
    why: "The rollout is another one than the text suggests.",
    action: "Write both numbers as pods: maxSurge 1 and maxUnavailable 0 never lose capacity.",
    verify: &[(
        "The live strategy, defaults filled in.",
        "kubectl -n lobu get deployment lobu-app -o jsonpath='{.spec.strategy}'",
    )],
    source: "Kubernetes, pkg/controller/deployment/util ResolveFenceposts",
    check,
    examples: &[
        Example {
            name: "maxSurge 0 alone",
            values: "app:\n  workspaces:\n    enabled: false\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 0\n",
            ..Example::BASE
        },
        Example {
            name: "25 means 25 pods",
            values: "app:\n  workspaces:\n    enabled: false\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 25\n      maxUnavailable: 25\n",
            ..Example::BASE
        },
        Example {
            name: "Pods are pods",
            values: "app:\n  workspaces:\n    enabled: false\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0\n",
            expected: 0,
            ..Example::BASE
        },
    ],
    ..Definition::BASE
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let Some(Strategy::RollingUpdate {
        max_surge,
        max_unavailable,
    }) = situation.strategy
    else {
        return Vec::new();
    };
    let replicas = situation.replicas();
    let Limits { surge, unavailable } = Limits::resolve(max_surge, max_unavailable, replicas);
    let rounded_down = matches!(max_unavailable, IntOrPercent::Percent(percent) if percent > 0) && unavailable == 0;
    let forced = surge == 0 && max_unavailable != IntOrPercent::Int(unavailable);
    let many = |limit: IntOrPercent| matches!(limit, IntOrPercent::Int(pods) if pods > replicas);
    let reason = if forced {
        "both came to 0, and something has to move"
    } else if many(max_surge) || many(max_unavailable) {
        "a number without % means pods"
    } else if rounded_down && situation.is_set("app.strategy") {
        "maxUnavailable is rounded down"
    } else {
        return Vec::new();
    };
    let outage = replicas > 0 && unavailable >= replicas;
    Found::new(format!(
        "With {} maxSurge {} and maxUnavailable {} come to {surge} and {unavailable}: {reason}.{}",
        crate::words::count(replicas, "replica"),
        text(max_surge),
        text(max_unavailable),
        if outage { " Every replica may be missing." } else { "" }
    ))
    .severity(if outage { Severity::Warning } else { Severity::Info })
    .on(situation.evidence("app.strategy"))
    .on(situation.evidence("app.replicaCount"))
    .one()
}

fn text(limit: IntOrPercent) -> String {
    match limit {
        IntOrPercent::Int(pods) => pods.to_string(),
        IntOrPercent::Percent(percent) => format!("{percent}%"),
    }
}
