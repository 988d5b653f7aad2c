use super::{Definition, Example, Found, Lesson, Words};
use crate::{Severity, When};

pub(super) static FINDING: Definition = Definition {
    id: "smoke-test-asks-any-pod",
    severity: Severity::Info,
    bites: &[When::Overlap],
    check: |situation| {
        if !situation.rolls() || !situation.truthy("releaseGates.smokeTest.enabled") {
            return Vec::new();
        }
        Found::new("The smoke test asks the Service, behind which old pods answer while the new ones start.")
            .on(situation.evidence("releaseGates.smokeTest.enabled"))
            .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The smoke test may be answered by an old pod",
    why: "helm upgrade reports a success that says nothing about the new version.",
    action: "Run helm upgrade with --wait, so that the Job starts when the new pods are ready.",
    verify: &[(
        "Which version answers.",
        "kubectl -n lobu get pods -l app.kubernetes.io/component=api -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image,READY:.status.containerStatuses[0].ready",
    )],
    source: "Lobu smoke-test-job.yaml; Helm hooks",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The smoke test is a post-upgrade hook: Helm starts it when everything is applied, not when the rollout is \
            complete, and it asks the app's Service for its health. In a rolling deploy old pods stand behind the Service \
            until new ones are ready, so it passes at once. Under Recreate no old pod is left, and it proves that the new \
            version answers.",
    examples: &[
        Example {
            name: "Rolling",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "Recreate",
            expected: 0,
            ..Example::BASE
        },
    ],
};
