use rollcast_chart::Object;
use rollcast_rollout::change::{ClaimChange, ClaimField, ClaimVerdict, Class, LiveClaim, claim_update};
use rollcast_values::Value;

use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{NAMESPACE, Upgrade, rendered};
use crate::findings::Releases;
use crate::manifest::json;
use crate::{Applier, Severity};

pub(super) static RULE: Rule = Rule {
    id: "claim-refused",
    kind: ChangeKind::Refused,
    severity: Severity::Error,
    title: "The claim cannot be changed",
    why: "A claim that exists keeps its access modes, its class and its volume for life; only its size may grow. The claim's \
          name never changes, so the chart patches the one that is there, and the whole upgrade fails with it. Objects \
          that were patched before stay changed, and nothing is deleted.",
    source: "Kubernetes, pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimUpdate",
    check,
    examples: &[
        Example {
            name: "The recipe of pull request 776 on an installation that runs",
            then: Some(RECIPE),
            ..Example::BASE
        },
        Example {
            name: "A shared claim at a release that hard-codes ReadWriteOnce",
            to: "7.2.0",
            values: "app:\n  workspaces:\n    enabled: true\n    accessModes: [ReadWriteMany]\n",
            ..Example::BASE
        },
        Example {
            name: "Another class",
            values: "app:\n  workspaces:\n    storageClass: fast\n",
            then: Some("app:\n  workspaces:\n    storageClass: slow\n"),
            ..Example::BASE
        },
        Example {
            name: "A class where the values named none",
            then: Some("app:\n  workspaces:\n    storageClass: fast\n"),
            ..Example::BASE
        },
        Example {
            name: "Smaller",
            then: Some("app:\n  workspaces:\n    size: 10Gi\n"),
            ..Example::BASE
        },
        Example {
            name: "Larger, where nobody knows whether the class can",
            then: Some("app:\n  workspaces:\n    size: 40Gi\n"),
            ..Example::BASE
        },
        Example {
            name: "A shared cache of the worker, too",
            to: "11.0.0",
            values: "worker:\n  cache:\n    accessModes: [ReadWriteMany]\napp:\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "The same claim",
            from: "main-776",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "The same size in other words",
            then: Some("app:\n  workspaces:\n    size: 20480Mi\n"),
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// The recipe that pull request 776 gives.
const RECIPE: &str = "app:\n  replicaCount: 2\n  allowMultiReplica: true\n  preStopDelaySeconds: 15\n  workspaces:\n    accessModes: [ReadWriteMany]\n    storageClass: shared\n";

/// The claims, with the values below which each is described.
const CLAIMS: [(&str, &str); 3] = [
    ("app-pvc.yaml", "app.workspaces"),
    ("worker-pvc.yaml", "worker.cache"),
    ("embeddings-pvc.yaml", "embeddings.cache"),
];

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    CLAIMS
        .iter()
        .filter_map(|(template, path)| claim(upgrade, template, path))
        .collect()
}

fn claim(upgrade: &Upgrade<'_>, template: &str, path: &str) -> Option<Found> {
    let (old, new) = upgrade.both(template)?;
    let spec = |object: &Object| object.manifest.at("spec").map(json);
    let live = if path == "app.workspaces" {
        live(upgrade)
    } else {
        LiveClaim::default()
    };
    let update = claim_update(&new.name, &spec(old)?, &spec(new)?, &live, upgrade.server);
    let changes = update
        .changes
        .iter()
        .filter(|change| change.verdict != ClaimVerdict::Accepted);
    let changes: Vec<&ClaimChange> = changes.collect();
    if changes.is_empty() {
        return None;
    }
    let fields: Vec<String> = changes.iter().map(|change| words(change)).collect();
    let (refused, server) = match update.refusal(&new.name) {
        Some(refusal) => (true, refusal),
        None => (false, conditional(&changes)),
    };
    let mut found = Found::new(if refused {
        format!(
            "The claim `{}` exists, and its {} cannot change.",
            new.name,
            fields.join(" and ")
        )
    } else {
        format!(
            "The claim `{}` exists. Whether its {} can change depends on the storage class; if not, the upgrade fails.",
            new.name,
            fields.join(" and ")
        )
    })
    .severity(if refused { Severity::Error } else { Severity::Warning })
    .message(told(upgrade.applier, &new.name, &server));
    for change in &changes {
        let key = key(change.field);
        let value = |object: &Object| {
            rendered(
                format!("{}.spec.{key}", new.name),
                object.manifest.at(&format!("spec.{key}")),
            )
        };
        found = found.was(value(old)).is(value(new));
        if let Some(values_key) = values_key(change.field) {
            found = found.on(upgrade, &format!("{path}.{values_key}"));
        }
    }
    Some(ways(upgrade, found, &changes, path, &new.name))
}

fn live(upgrade: &Upgrade<'_>) -> LiveClaim {
    LiveClaim {
        expandable: upgrade.claim.expandable,
        class: match &upgrade.claim.class {
            Some(class) if class.is_empty() => Class::None,
            Some(class) => Class::Named(class.clone()),
            None => Class::Unknown,
        },
        ..LiveClaim::default()
    }
}

fn words(change: &ClaimChange) -> String {
    let name = match change.field {
        ClaimField::AccessModes => "access modes",
        ClaimField::StorageClassName => "storage class",
        ClaimField::Size => "size",
        ClaimField::Selector => "selector",
        ClaimField::VolumeName => "volume",
        ClaimField::VolumeMode => "volume mode",
        ClaimField::DataSource => "data source",
    };
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "unset".to_owned());
    format!("{name} ({} to {})", side(&change.from), side(&change.to))
}

const fn key(field: ClaimField) -> &'static str {
    match field {
        ClaimField::AccessModes => "accessModes",
        ClaimField::StorageClassName => "storageClassName",
        ClaimField::Size => "resources",
        ClaimField::Selector => "selector",
        ClaimField::VolumeName => "volumeName",
        ClaimField::VolumeMode => "volumeMode",
        ClaimField::DataSource => "dataSource",
    }
}

const fn values_key(field: ClaimField) -> Option<&'static str> {
    match field {
        ClaimField::AccessModes => Some("accessModes"),
        ClaimField::StorageClassName => Some("storageClass"),
        ClaimField::Size => Some("size"),
        _ => None,
    }
}

/// What the server says where it refuses.
fn conditional(changes: &[&ClaimChange]) -> String {
    let messages = changes.iter().filter_map(|change| match &change.verdict {
        ClaimVerdict::IfExpandable { otherwise } | ClaimVerdict::IfClassless { otherwise } => Some(otherwise.as_str()),
        _ => None,
    });
    messages.collect::<Vec<_>>().join("; ")
}

/// The tool's words around the server's.
fn told(applier: Applier, name: &str, server: &str) -> String {
    match applier {
        Applier::Helm4 { .. } if applier.is_server_side() => {
            format!("server-side apply failed for object {NAMESPACE}/{name} /v1, Kind=PersistentVolumeClaim: {server}")
        }
        Applier::Helm3 { .. } | Applier::Helm4 { .. } => {
            format!("cannot patch \"{name}\" with kind PersistentVolumeClaim: {server}")
        }
        _ => server.to_owned(),
    }
}

fn ways(upgrade: &Upgrade<'_>, mut found: Found, changes: &[&ClaimChange], path: &str, name: &str) -> Found {
    let keep = changes
        .iter()
        .try_fold(Way::new("Leave the claim as it is"), |way, change| {
            let key = format!("{path}.{}", values_key(change.field)?);
            // Some releases do not read the key: there is no way to ask for today's claim.
            let value = upgrade.before.effective.values.at(&key)?;
            upgrade.after.release.reads(&key).then(|| way.set(&key, value.clone()))
        });
    let modes = changes.iter().any(|change| change.field == ClaimField::AccessModes);
    if let Some(keep) = keep {
        let consequence = if modes && path == "app.workspaces" {
            "The upgrade goes through; the strategy follows the claim as it is."
        } else {
            "The upgrade goes through; nothing about the claim changes."
        };
        found = found.way(keep.step(consequence));
    }
    if path == "app.workspaces" {
        found = found.way(without_claim(upgrade, name));
    }
    if modes
        || changes
            .iter()
            .any(|change| matches!(change.field, ClaimField::StorageClassName | ClaimField::Size))
    {
        found = found.way(new_claim(path, name));
    }
    found
}

/// Workspaces off, with the data kept.
fn without_claim(upgrade: &Upgrade<'_>, name: &str) -> Way {
    let kept_in_postgres = upgrade.to(Releases::from("main-871"));
    let way = Way::new(if kept_in_postgres {
        "Do without the claim: transcripts are kept in Postgres from this release on"
    } else {
        "Do without the claim: every restart then begins without the agents' memory, since this release keeps it in files"
    })
    .set("app.workspaces.enabled", Value::Bool(false))
    .run(
        "Keep the claim and its data: Helm deletes what leaves the manifest unless the live object says otherwise.",
        format!("kubectl --namespace {NAMESPACE} annotate pvc {name} helm.sh/resource-policy=keep"),
    );
    if kept_in_postgres {
        way.step(
            "Upgrade first with the claim as it is, so that running conversations are written to Postgres, and only then \
             switch it off.",
        )
    } else {
        way.step("Then upgrade with the workspaces off.")
    }
}

/// A new claim under the old name, with the data copied.
fn new_claim(path: &str, name: &str) -> Way {
    let workload = path.split('.').next().unwrap_or("app");
    let deployment = match workload {
        "app" => name.trim_end_matches("-workspaces"),
        _ => name.trim_end_matches("-cache"),
    };
    let way = Way::new("Make the claim anew: an outage as long as it takes");
    let way = if workload == "app" {
        way.step(format!(
            "Copy the data away: a Job that mounts `{name}` and a second claim, and copies one to the other."
        ))
    } else {
        way.step("What it holds is a cache of models, which is downloaded again; there is nothing to copy.")
    };
    let way = way
        .run(
            "Stop the pods that mount it.",
            format!("kubectl --namespace {NAMESPACE} scale deployment {deployment} --replicas=0"),
        )
        .run(
            "Delete the claim. With a reclaim policy of Delete its volume goes with it.",
            format!("kubectl --namespace {NAMESPACE} delete pvc {name}"),
        )
        .step("Upgrade: the claim is created as the values want it, and the pods are scaled up again.");
    if workload == "app" {
        way.step("Copy the data back while the app does not write.")
    } else {
        way
    }
}
