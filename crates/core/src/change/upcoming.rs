//! The rollouts to come: that of this upgrade, and that of the first new image after it.

use rollcast_rollout::change::{Changed, Trigger, trigger};
use rollcast_rollout::{Claim, Rollout};

use super::upgrade::{Upgrade, WORKLOADS};
use super::{ChangeItem, ChangeKind, Upcoming};
use crate::outlooks::outlooks;
use crate::story::{Part, told};
use crate::verdict::headline;
use crate::words::count;
use crate::{Severity, plan};

/// Both, in their order.
pub(super) fn upcoming(upgrade: &Upgrade<'_>, items: &[ChangeItem]) -> Vec<Upcoming> {
    vec![now(upgrade, items), next(upgrade, items)]
}

/// Refusals that come before the app's Deployment is touched: Helm applies claims before Deployments and an Ingress after
/// them (pkg/releaseutil InstallOrder).
fn refused(items: &[ChangeItem]) -> Option<&ChangeItem> {
    items.iter().find(|item| {
        item.kind == ChangeKind::Refused
            && item.severity == Severity::Error
            && ["claim-refused", "strategy-refused", "selector-refused", "helm-refuses"].contains(&item.id)
    })
}

/// What this upgrade does to the pods.
fn now(upgrade: &Upgrade<'_>, items: &[ChangeItem]) -> Upcoming {
    let title = "This upgrade".to_owned();
    if let Some(item) = refused(items) {
        return Upcoming {
            title,
            rolls_out: false,
            strategy: String::new(),
            story: vec![
                format!("The upgrade fails: {}", item.what),
                "The pods of the app go on running as they are. Objects that Helm applies earlier may have changed, and \
                 nothing is deleted."
                    .to_owned(),
            ],
            outlooks: Vec::new(),
        };
    }
    let situation = upgrade.after.situation(upgrade.request);
    let mut story = others(upgrade);
    let strategy = headline(&situation);
    let (Some(governs), Some(changes)) = (upgrade.after.strategy, upgrade.template_changes("deployment.yaml")) else {
        return Upcoming {
            title,
            rolls_out: false,
            strategy,
            story,
            outlooks: Vec::new(),
        };
    };
    let (old, new) = (
        upgrade.before.manifest.spec.replicas,
        upgrade.after.manifest.spec.replicas,
    );
    let triggered = trigger(Changed {
        template: !changes.is_empty(),
        strategy: upgrade.before.strategy != upgrade.after.strategy,
        replicas: old != new,
        ..Changed::default()
    });
    story.splice(0..0, sentences(triggered, old, new));
    let outlooks = if triggered.rolls_out {
        let cluster = &upgrade.request.cluster;
        let rollout = Rollout {
            old: plan::pod_times(&upgrade.before.manifest, upgrade.before.drain, cluster),
            old_replicas: old,
            ..plan::rollout(&upgrade.after.manifest, governs, upgrade.after.drain, cluster)
        };
        // Pods compete for a claim only where those of both templates mount it.
        let cases = if upgrade.before.manifest.claim.is_some() {
            plan::cases(upgrade.after.manifest.sharing(), governs, cluster)
        } else {
            vec![(None, Claim::None)]
        };
        told(Part::App, &rollout, outlooks(&rollout, cases).unwrap_or_default())
    } else {
        Vec::new()
    };
    Upcoming {
        title,
        rolls_out: triggered.rolls_out,
        strategy,
        story,
        outlooks,
    }
}

fn sentences(triggered: Trigger, old: u32, new: u32) -> Vec<String> {
    let mut sentences = Vec::new();
    if triggered.scales_old_template_first {
        sentences.push(format!(
            "First the old version is scaled from {} to {new}, then it is replaced.",
            count(old, "pod")
        ));
    }
    if triggered.rolls_out {
        sentences.push("The pods of the app are replaced.".to_owned());
    } else if old == new {
        sentences.push("No pod of the app restarts.".to_owned());
    } else {
        sentences.push(format!(
            "No pod of the app restarts; their number goes from {old} to {new} at once."
        ));
    }
    sentences
}

/// What happens to the worker and the embeddings.
fn others(upgrade: &Upgrade<'_>) -> Vec<String> {
    let restarting: Vec<&str> = WORKLOADS
        .iter()
        .filter(|(template, workload)| {
            *workload != "app"
                && upgrade
                    .template_changes(template)
                    .is_some_and(|changes| !changes.is_empty())
        })
        .map(|(_, workload)| *workload)
        .collect();
    match restarting.as_slice() {
        [] => Vec::new(),
        [one] => vec![format!("Pods of the {one} restart.")],
        all => vec![format!("Pods of the {} restart.", all.join(" and the "))],
    }
}

/// What the first new image after it will do.
fn next(upgrade: &Upgrade<'_>, items: &[ChangeItem]) -> Upcoming {
    let title = "The next new image".to_owned();
    // After a refusal today's values are still in force.
    let (side, note) = match refused(items) {
        Some(_) => (
            upgrade.before,
            Some("As today, since this upgrade fails; after a way out, as the verdict on the proposed values says."),
        ),
        None => (upgrade.after, None),
    };
    Upcoming {
        title,
        rolls_out: true,
        strategy: headline(&side.situation(upgrade.request)),
        story: note.into_iter().map(str::to_owned).collect(),
        outlooks: side.outlooks.clone(),
    }
}
