use super::{Definition, Example, Found, Situation};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "api-server-refuses",
    title: "The API server refuses what Helm renders",
    severity: Severity::Error,
    about: "Helm renders text and asks no schema. Whether the text is a Deployment is decided by the API server when it is \
            applied: a strategy that is no table, Recreate with a rollingUpdate block, numbers that are none, an access \
            mode that does not exist. helm template and helm lint see nothing of it.",
    why: "The upgrade fails while it is applied; what came before in the order of kinds has changed already, and the pods \
          go on with the old version.",
    action: "Change the values that print this.",
    verify: &[(
        "The API server's own verdict, without changing anything.",
        "helm template lobu oci://ghcr.io/lobu-ai/charts/lobu -n lobu -f values.yaml | kubectl -n lobu apply --dry-run=server -f -",
    )],
    source: "Kubernetes, pkg/apis/apps/validation/validation.go",
    check,
    examples: &[
        Example {
            name: "Recreate with a rollingUpdate block",
            values: "app:\n  strategy:\n    type: Recreate\n    rollingUpdate:\n      maxSurge: 1\n",
            ..Example::BASE
        },
        Example {
            name: "A strategy that is a text",
            values: "app:\n  strategy: RollingUpdate\n",
            ..Example::BASE
        },
        Example {
            name: "A strategy without a type gets RollingUpdate",
            values: "app:\n  strategy:\n    rollingUpdate:\n      maxSurge: 1\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
    ..Definition::BASE
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    situation
        .refusals
        .iter()
        .map(|refusal| Found::new(format!("The API server's words: {refusal}")).on(situation.evidence("app.strategy")))
        .collect()
}
