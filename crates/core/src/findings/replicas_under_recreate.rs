use rollcast_rollout::Strategy;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::words::count;

pub(super) static FINDING: Definition = Definition {
    id: "replicas-under-recreate",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Several replicas under Recreate",
    why: "You pay for several pods and their caveats, and each rollout is an outage all the same.",
    action: "Fulfil the prerequisites and opt in to the rolling deploy, or run one replica.",
    verify: &[(
        "The live strategy and replicas.",
        "kubectl -n lobu get deployment lobu-app -o custom-columns=STRATEGY:.spec.strategy.type,REPLICAS:.spec.replicas",
    )],
    source: "Lobu pull request 776; Kubernetes, pkg/controller/deployment/recreate.go",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Recreate stops all replicas before it starts the first new one, so a rollout with several has the same gap as \
            with one. Nothing in the chart ties the number of replicas to the strategy: it prints both as they are, and \
            between rollouts the replicas bring every caveat of several pods.",
    examples: &[
        Example {
            name: "Three replicas and nothing else",
            values: "app:\n  replicaCount: 3\n",
            ..Example::BASE
        },
        Example {
            name: "Two replicas that roll",
            values: "app:\n  replicaCount: 2\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if situation.strategy != Some(Strategy::Recreate) || situation.replicas() < 2 {
        return Vec::new();
    }
    Found::new(format!(
        "{} stop at once in every rollout.",
        count(situation.replicas(), "replica")
    ))
    .on(situation.evidence("app.replicaCount"))
    .one()
}
