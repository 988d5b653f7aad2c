use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "zero-replicas",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "No replica is asked for",
    why: "The app is down, and no new version is tried.",
    action: "Set app.replicaCount to 1 or more.",
    verify: &[("The live number.", "kubectl -n lobu get deployment lobu-app")],
    source: "Kubernetes, Deployment spec.replicas",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "With replicaCount 0 the Deployment runs no pod. Nothing serves until it is raised again, and the rollout is \
            over at once, whatever the new version is worth.",
    examples: &[
        Example {
            name: "replicaCount 0",
            values: "app:\n  replicaCount: 0\n",
            ..Example::BASE
        },
        Example {
            name: "replicaCount null gets the API server's default, 1",
            values: "app:\n  replicaCount: null\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if situation.replicas() > 0 {
        return Vec::new();
    }
    Found::new("app.replicaCount comes to 0, so no pod runs.")
        .on(situation.evidence("app.replicaCount"))
        .one()
}
