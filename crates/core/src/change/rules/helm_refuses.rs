use crate::change::report::{ChangeItem, ChangeKind, Procedure, Step};
use crate::change::rule::{Example, Rule};
use crate::{Failure, Severity};

/// It finds nothing itself: there is no upgrade to look at where one side does not render. [`item`] tells it.
pub(super) static RULE: Rule = Rule {
    id: "helm-refuses",
    kind: ChangeKind::Refused,
    severity: Severity::Error,
    title: "Helm refuses the proposed values",
    why: "The upgrade ends before it reaches the cluster, so nothing changes.",
    source: "Helm, pkg/engine",
    check: |_| Vec::new(),
    examples: &[
        Example {
            name: "A table where a number belongs",
            then: Some("app:\n  resources: none\n  env: 5\n"),
            ..Example::BASE
        },
        Example {
            name: "Other values that render",
            then: Some("app:\n  replicaCount: 2\n"),
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// Helm cannot render the proposed values: nothing changes at all.
pub(in crate::change) fn item(failure: &Failure) -> ChangeItem {
    ChangeItem {
        id: RULE.id,
        kind: RULE.kind,
        severity: RULE.severity,
        title: RULE.title.to_owned(),
        what: format!("Today's values render; the proposed ones do not. {}", failure.what),
        why: RULE.why.to_owned(),
        before: Vec::new(),
        after: Vec::new(),
        message: failure.helm.clone(),
        ways: vec![Procedure {
            title: "Correct the values".to_owned(),
            steps: vec![Step {
                what: failure.action.clone(),
                command: None,
            }],
            fix: None,
        }],
        source: RULE.source,
    }
}
