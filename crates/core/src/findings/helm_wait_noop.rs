use rollcast_rollout::{Lint, lints};

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::words::count;

pub(super) static FINDING: Definition = Definition {
    id: "helm-wait-noop",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "helm --wait waits for nothing",
    why: "A version that never becomes ready is reported as a success.",
    action: "Let maxUnavailable be smaller than the replicas, or wait with kubectl rollout status.",
    verify: &[(
        "Waits until the rollout is complete, or the progress deadline has passed.",
        "kubectl -n lobu rollout status deployment/lobu-app",
    )],
    source: "Helm, pkg/kube/ready.go; helm issues 3173, 8660, 10845",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "helm upgrade --wait of Helm 3 (and the legacy wait of Helm 4) is content when the replicas less maxUnavailable \
            are ready. Where every replica may be missing that is none: it reports success at once, and --atomic never rolls \
            anything back.",
    examples: &[
        Example {
            name: "One replica that may be missing",
            values: "app:\n  workspaces:\n    enabled: false\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 0\n      maxUnavailable: 1\n",
            ..Example::BASE
        },
        Example {
            name: "Recreate is waited for",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let replicas = situation.replicas();
    let lints = situation
        .strategy
        .map_or_else(Vec::new, |strategy| lints(strategy, replicas));
    lints
        .into_iter()
        .filter_map(|lint| match lint {
            Lint::HelmWaitNoop { limits, .. } => Some(
                Found::new(format!(
                    "{} may all be missing (maxUnavailable {}), so --wait is content with no ready pod.",
                    count(replicas, "replica"),
                    limits.unavailable
                ))
                .on(situation.evidence("app.strategy")),
            ),
            _ => None,
        })
        .collect()
}
