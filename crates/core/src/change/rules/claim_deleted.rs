use rollcast_rollout::Strategy;
use rollcast_rollout::change::{Applier, ClaimFate, ClaimRemoval, claim_removal};
use rollcast_values::Value;

use super::{claim_refused, ingress_refused, selector_refused, strategy_refused};
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{NAMESPACE, Upgrade, object, rendered};
use crate::findings::Releases;
use crate::{ReclaimPolicy, Severity};

pub(super) static RULE: Rule = Rule {
    id: "claim-deleted",
    kind: ChangeKind::Deleted,
    severity: Severity::Error,
    title: "A claim leaves the manifest, and its data with it",
    why: "Helm deletes what its last manifest had and the new one has not. No release of the chart asks to keep the claim. \
          It stays Terminating until the last pod that mounts it has ended; then it goes, and with a reclaim policy of \
          Delete, which dynamic volumes have unless somebody changed it, so does everything on it.",
    source: "Helm, pkg/kube/client.go update; Kubernetes, storage object in use protection; Lobu pull request 871",
    check,
    examples: &[
        Example {
            name: "Workspaces off by default",
            to: "main-871",
            ..Example::BASE
        },
        Example {
            name: "Switched off",
            then: Some("app:\n  workspaces:\n    enabled: false\n"),
            ..Example::BASE
        },
        Example {
            name: "kubectl deletes nothing",
            to: "main-871",
            applier: Some(Applier::KubectlApply),
            ..Example::BASE
        },
        Example {
            name: "Pinned on",
            to: "main-871",
            values: "app:\n  workspaces:\n    enabled: true\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "Off on both sides",
            to: "main-871",
            values: "app:\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let workspaces = gone(upgrade, "app-pvc.yaml").map(|name| workspaces(upgrade, &name));
    let caches = ["worker-pvc.yaml", "embeddings-pvc.yaml"]
        .into_iter()
        .filter_map(|template| gone(upgrade, template))
        .map(|name| {
            Found::new(format!("The claim `{name}` leaves the manifest, and Helm deletes it."))
                .severity(Severity::Info)
                .title("A cache leaves the manifest")
                .why("It holds downloaded models only; they are downloaded again.")
        });
    workspaces.into_iter().chain(caches).collect()
}

/// The name of a claim that is no longer there.
fn gone(upgrade: &Upgrade<'_>, template: &str) -> Option<String> {
    let old = object(upgrade.old, template)?;
    let stays = object(&upgrade.new, template).is_some_and(|new| new.name == old.name);
    (!stays).then(|| old.name.clone())
}

fn workspaces(upgrade: &Upgrade<'_>, name: &str) -> Found {
    let found = |what: String| {
        let spec = object(upgrade.old, "app-pvc.yaml").and_then(|claim| claim.manifest.at("spec"));
        Found::new(what)
            .was(rendered(name, spec))
            .is(rendered(name, None))
            .on(upgrade, "app.workspaces.enabled")
            .kind(ChangeKind::Deleted)
    };
    match upgrade.applier {
        Applier::KubectlApply | Applier::KubectlServerSide { .. } | Applier::KubectlPatch | Applier::KubectlReplace => {
            return found(format!(
                "`{name}` is no longer in the manifest. kubectl does not delete what a manifest no longer has, so it stays, \
                 and nothing mounts it."
            ))
            .severity(Severity::Info)
            .title("A claim is left over");
        }
        Applier::ArgoCd { .. } => {
            return with_ways(
                found(format!(
                    "`{name}` is no longer in the manifest. Argo CD deletes it if pruning is on, and shows it as out of \
                     sync if it is off."
                )),
                upgrade,
                name,
            );
        }
        _ => {}
    }
    let fates = claim_removal(ClaimRemoval {
        kept: upgrade.claim.keep == Some(true),
        reclaim: upgrade.claim.reclaim,
        upgrade_fails: fails(upgrade),
        mounted: upgrade.before.rendered.app.mounts_workspaces && upgrade.before.manifest.spec.replicas > 0,
        wanted: false,
        old_pods_stop_first: upgrade.after.strategy == Some(Strategy::Recreate),
    });
    let severity = match fates.last() {
        Some(ClaimFate::SparedByFailure) => Severity::Warning,
        Some(ClaimFate::Orphaned | ClaimFate::DataRetained) => Severity::Info,
        _ => Severity::Error,
    };
    let sentences: Vec<String> = fates.iter().map(|fate| sentence(*fate, name)).collect();
    let found = found(sentences.join(" ")).severity(severity);
    if severity == Severity::Info {
        found
    } else {
        with_ways(found, upgrade, name)
    }
}

/// Whether the API server refuses anything of the same upgrade: Helm then stops before it deletes.
fn fails(upgrade: &Upgrade<'_>) -> bool {
    [
        &claim_refused::RULE,
        &strategy_refused::RULE,
        &selector_refused::RULE,
        &ingress_refused::RULE,
    ]
    .iter()
    .any(|rule| {
        rule.find(upgrade)
            .iter()
            .any(|(item, _)| item.kind == ChangeKind::Refused && item.severity == Severity::Error)
    })
}

fn sentence(fate: ClaimFate, name: &str) -> String {
    match fate {
        ClaimFate::SparedByFailure => format!(
            "`{name}` leaves the manifest. This upgrade fails before Helm deletes anything, so the claim survives it; the \
             next one that goes through deletes it."
        ),
        ClaimFate::Orphaned => format!(
            "`{name}` leaves the manifest and stays: the live object says `helm.sh/resource-policy: keep`. It is no longer \
             part of the release."
        ),
        ClaimFate::Deleted => format!("`{name}` leaves the manifest, and Helm deletes it."),
        ClaimFate::TerminatesWithLastPod => {
            "It stays Terminating as long as a pod of the old version mounts it.".to_owned()
        }
        ClaimFate::NewPodUnschedulable { .. } => "A new pod that names it cannot be scheduled.".to_owned(),
        ClaimFate::DataDeleted => "Then its volume is deleted with everything on it.".to_owned(),
        ClaimFate::DataRetained => {
            "Its volume stays, Released: somebody has to bind it by hand to use the data again.".to_owned()
        }
        ClaimFate::DataAtRisk => {
            "Then its volume goes with everything on it, unless its reclaim policy is Retain.".to_owned()
        }
    }
}

fn with_ways(found: Found, upgrade: &Upgrade<'_>, name: &str) -> Found {
    let postgres = upgrade.to(Releases::from("main-871"));
    let pin = Way::new("Keep the workspaces on in this upgrade").set("app.workspaces.enabled", Value::Bool(true));
    let pin = if postgres {
        pin.step("The claim stays. Transcripts go to Postgres from this release on, but nothing copies old ones there.")
            .step("Let the conversations that matter run once more, so that they are written to Postgres.")
            .step("Then switch the workspaces off in an upgrade of its own.")
    } else {
        pin.step("The claim stays.")
    };
    found
        .way(pin)
        .way(
            Way::new("Let Helm leave the claim alone")
                .run(
                    "Annotate the live object before the upgrade; the annotation in a manifest does not count.",
                    format!("kubectl --namespace {NAMESPACE} annotate pvc {name} helm.sh/resource-policy=keep"),
                )
                .step("Upgrade. The claim and its data stay, outside of the release."),
        )
        .way(Way::new("Let the volume survive the claim").run(
            "Set the reclaim policy of its volume to Retain before the upgrade.",
            format!(
                "kubectl patch pv \"$(kubectl --namespace {NAMESPACE} get pvc {name} -o jsonpath='{{.spec.volumeName}}')\" -p '{{\"spec\":{{\"persistentVolumeReclaimPolicy\":\"{:?}\"}}}}'",
                ReclaimPolicy::Retain
            ),
        ))
}
