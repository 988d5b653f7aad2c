use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::words::open_seconds;

pub(super) static FINDING: Definition = Definition {
    id: "deadline",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The rollout may outlast Helm's time-out",
    why: "Helm reports a failure, and with --atomic undoes a rollout that would have finished.",
    action: "Give helm upgrade a longer --timeout.",
    verify: &[(
        "How far the rollout is.",
        "kubectl -n lobu rollout status deployment/lobu-app --timeout=30m",
    )],
    source: "Helm, pkg/kube/wait.go; Kubernetes, pkg/controller/deployment/progress.go",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "helm upgrade --wait gives up after 300 seconds unless --timeout says otherwise, and the Deployment counts as \
            failed when nothing has progressed for 600 seconds. Neither stops the rollout; --atomic rolls back.",
    examples: &[
        Example {
            name: "Twenty replicas, one after another",
            values: "app:\n  replicaCount: 20\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "One replica",
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// Helm's `--timeout` where it is not given, in milliseconds.
const TIMEOUT: u64 = 300_000;

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let slowest = situation
        .outlooks
        .iter()
        .filter(|outlook| outlook.forecast.likely.stuck.is_empty())
        .map(|outlook| outlook.forecast.complete)
        .find(|complete| complete.latest.is_none_or(|latest| latest > TIMEOUT));
    slowest.map_or_else(Vec::new, |complete| {
        Found::new(format!(
            "The rollout takes {}, and helm upgrade --wait gives up after 300 s.",
            open_seconds(complete)
        ))
        .on(situation.evidence("app.replicaCount"))
        .one()
    })
}
