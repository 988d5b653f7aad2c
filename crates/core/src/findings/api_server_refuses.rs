use rollcast_rollout::validate::Rejection;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "api-server-refuses",
    severity: Severity::Error,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The API server refuses what Helm renders",
    why: "The upgrade fails while it is applied; what came before in the order of kinds has changed already, and the pods \
          go on with the old version.",
    action: "Change the values that print this.",
    verify: &[(
        "The API server's own verdict, without changing anything.",
        "helm template lobu oci://ghcr.io/lobu-ai/charts/lobu -n lobu -f values.yaml | kubectl -n lobu apply --dry-run=server -f -",
    )],
    source: "Kubernetes, pkg/apis/apps/validation/validation.go",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Helm renders text and asks no schema. Whether the text is a Deployment is decided by the API server when it is \
            applied: a strategy that is no table, Recreate with a rollingUpdate block, numbers that are none, an access \
            mode that does not exist. helm template and helm lint see nothing of it.",
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
            name: "A probe that waits half a second, of app and embeddings",
            values: "healthCheck:\n  readinessProbe:\n    initialDelaySeconds: 2.5\n",
            expected: 2,
            ..Example::BASE
        },
        Example {
            name: "A worker's strategy",
            values: "worker:\n  strategy:\n    type: Rolling\n",
            ..Example::BASE
        },
        Example {
            name: "A size that is none",
            values: "app:\n  workspaces:\n    size: 20GB\n",
            ..Example::BASE
        },
        Example {
            name: "A strategy without a type gets RollingUpdate",
            values: "app:\n  strategy:\n    rollingUpdate:\n      maxSurge: 1\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for workload in situation.workloads {
        let name = workload.component.table();
        for rejection in &workload.rejections {
            let (field, advice) = match rejection {
                Rejection::Decode(error) => (error.path.as_str(), error.advice.as_str()),
                Rejection::Invalid(invalid) => invalid
                    .errors
                    .first()
                    .map_or(("", WORDS.action), |error| (error.path.as_str(), error.advice.as_str())),
            };
            let key = match field {
                "spec.replicas" => "replicaCount",
                MODES => "cache.accessModes",
                _ if field.starts_with("spec.strategy") => "strategy",
                _ if field.contains("Probe") => "healthCheck.readinessProbe",
                _ => "terminationGracePeriodSeconds",
            };
            found.push(
                Found::new(format!("The API server's words about the {name}: {rejection}"))
                    .action(advice)
                    .on(situation.evidence(&format!("{name}.{key}"))),
            );
        }
    }
    for rejection in &situation.manifest.rejections {
        match rejection {
            Rejection::Decode(error) if error.path != MODES => {
                found.push(refused(situation, &error.path, &rejection.to_string(), &error.advice));
            }
            Rejection::Decode(_) => {}
            Rejection::Invalid(invalid) => found.extend(
                invalid
                    .errors
                    .iter()
                    .filter(|error| error.path != MODES)
                    .map(|error| refused(situation, &error.path, &error.message, &error.advice)),
            ),
        }
    }
    found
}

/// What the API server says of access modes is told by a finding of its own.
pub(super) const MODES: &str = "spec.accessModes";

fn refused(situation: &Situation<'_>, field: &str, words: &str, advice: &str) -> Found {
    let found = Found::new(format!("The API server's words: {words}")).action(advice);
    match value_of(situation, field) {
        Some(path) => found.on(situation.evidence(&path)),
        None => found,
    }
}

/// The value that a field of the manifest is printed from.
fn value_of(situation: &Situation<'_>, field: &str) -> Option<String> {
    let probe = |name: &str| {
        let (_, number) = field.split_once(name)?;
        Some(format!("healthCheck.{name}{number}"))
    };
    let path = match field {
        "spec.replicas" => "app.replicaCount",
        "spec.storageClassName" => "app.workspaces.storageClass",
        _ if field.starts_with("spec.strategy") => "app.strategy",
        _ if field.starts_with("spec.resources") => "app.workspaces.size",
        _ if field.ends_with("terminationGracePeriodSeconds") => "app.terminationGracePeriodSeconds",
        _ if field.contains("lifecycle") => situation.pre_stop_key(),
        _ => return probe("readinessProbe").or_else(|| probe("livenessProbe")),
    };
    Some(path.to_owned())
}
