use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule};
use crate::change::upgrade::{Upgrade, WORKLOADS};

pub(super) static RULE: Rule = Rule {
    id: "pods-restart",
    kind: ChangeKind::Restart,
    severity: Severity::Info,
    title: "Pods restart",
    why: "Anything that changes in the pods' template starts a rollout, and every pod is replaced.",
    source: "Kubernetes, pkg/controller/deployment/deployment_controller.go syncDeployment",
    check,
    examples: &[
        Example {
            name: "A new image restarts all three",
            then: Some("image: {tag: \"7.1.0\"}\n"),
            expected: 3,
            ..Example::BASE
        },
        Example {
            name: "A release that touches no pod",
            from: "main-776",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "Only the number of replicas",
            then: Some("app: {replicaCount: 2}\n"),
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// The most fields that are told.
const MOST: usize = 8;

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let restarting = WORKLOADS.iter().filter_map(|(template, workload)| {
        let changes = upgrade.template_changes(template)?;
        if changes.is_empty() {
            return None;
        }
        let told: Vec<String> = changes
            .iter()
            .take(MOST)
            .map(|change| format!("`{}`", change.path))
            .collect();
        let more = changes.len().saturating_sub(MOST);
        let rest = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        let found = Found::new(format!(
            "The pods of the {workload} are replaced, since their template changes: {}{rest}.",
            told.join(", ")
        ))
        .title(format!("Pods of the {workload} restart"));
        Some(changes.into_iter().take(MOST).fold(found, |found, change| {
            found
                .was(change.evidence(change.before.as_deref()))
                .is(change.evidence(change.after.as_deref()))
        }))
    });
    restarting.collect()
}
