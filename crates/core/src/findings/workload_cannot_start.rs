use super::{Definition, Example, Found, Lesson, Releases, Situation, Words};
use crate::{Severity, app};

pub(super) static FINDING: Definition = Definition {
    id: "workload-cannot-start",
    severity: Severity::Error,
    releases: Releases::between("11.1.0", "11.1.0"),
    fixed: Some(&app::NUMERIC_USER),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Worker or embeddings cannot start",
    why: "Both are Recreate, so the old pod is gone already: they are down, not merely stuck.",
    action: "Set containerSecurityContext.runAsUser to 1001 with an image that has this user (app version 11.3.0 and later), \
             or runAsNonRoot to null.",
    verify: &[(
        "Pods in CreateContainerConfigError.",
        "kubectl -n lobu get pods -l 'app.kubernetes.io/component in (worker,embeddings)'",
    )],
    source: "Lobu pull requests 1191, 1228; Kubernetes, pkg/kubelet/kuberuntime verifyRunAsNonRoot",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Chart 11.1.0 demands runAsNonRoot of worker and embeddings and does not say as whom they run. Their images of \
            that time name their user by name, and the kubelet cannot tell from a name that it is not root: it refuses to \
            create the container. The chart's authors broke their own production with it. From 11.3.0 on chart and images \
            say 1001.",
    examples: &[
        Example {
            name: "Chart 11.1.0 as it is",
            chart: "11.1.0",
            expected: 2,
            ..Example::BASE
        },
        Example {
            name: "With an image that has the number",
            chart: "11.1.0",
            app: Some("11.3.0"),
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "With a number in the values",
            chart: "11.1.0",
            values: "worker:\n  containerSecurityContext:\n    runAsUser: 1001\nembeddings:\n  containerSecurityContext:\n    runAsNonRoot: null\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation
        .workloads
        .iter()
        .filter(|workload| workload.cannot_start)
        .map(|workload| {
            let name = workload.component.table();
            Found::new(format!(
                "{name} must not run as root, and neither its values nor its image say in numbers as whom it runs: \
                 CreateContainerConfigError."
            ))
            .on(situation.evidence(&format!("{name}.containerSecurityContext")))
        })
        .collect()
}
