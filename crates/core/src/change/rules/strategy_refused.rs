use rollcast_chart::Object;
use rollcast_rollout::Strategy;
use rollcast_rollout::change::{Repair, StrategyOutcome, strategy_change};
use rollcast_rollout::validate::check_strategy;
use rollcast_values::Value;

use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{NAMESPACE, Upgrade, WORKLOADS, rendered};
use crate::manifest::json;
use crate::{Applier, ArgoCdSync, Severity};

pub(super) static RULE: Rule = Rule {
    id: "strategy-refused",
    kind: ChangeKind::Refused,
    severity: Severity::Error,
    title: "The new strategy is refused",
    why: "A live RollingUpdate carries a rollingUpdate block, filled in by the API server where the manifest named none, and \
          Recreate beside that block is forbidden. A client-side apply takes the block away; server-side apply only takes \
          away what the same tool wrote.",
    source: "Kubernetes, pkg/apis/apps/validation/validation.go; structured-merge-diff; helm issue 5144",
    check,
    examples: &[
        Example {
            name: "From the default to Recreate, by Flux",
            from: "14.0.0",
            to: "main-1838",
            applier: Some(Applier::Flux { force: false }),
            ..Example::BASE
        },
        Example {
            name: "By Argo CD with server-side apply",
            from: "14.0.0",
            to: "main-1838",
            applier: Some(Applier::ArgoCd {
                sync: ArgoCdSync::ServerSideApply,
            }),
            ..Example::BASE
        },
        Example {
            name: "By Helm 3",
            from: "14.0.0",
            to: "main-1838",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "By Argo CD as it comes",
            from: "14.0.0",
            to: "main-1838",
            applier: Some(Applier::ArgoCd {
                sync: ArgoCdSync::Apply,
            }),
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "A block without a type under the new default",
            from: "14.0.0",
            to: "main-1838",
            values: "app:\n  strategy:\n    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}\n",
            ..Example::BASE
        },
        Example {
            name: "Flux may delete the Deployment instead",
            from: "14.0.0",
            to: "main-1838",
            applier: Some(Applier::Flux { force: true }),
            ..Example::BASE
        },
        Example {
            name: "From an explicit block, which Flux owns",
            from: "14.0.0",
            values: "app:\n  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}\n",
            to: "14.0.0",
            then: Some("app:\n  strategy: {type: Recreate}\n"),
            applier: Some(Applier::Flux { force: false }),
            expected: 0,
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    WORKLOADS
        .iter()
        .filter_map(|(template, workload)| change(upgrade, template, workload))
        .collect()
}

fn change(upgrade: &Upgrade<'_>, template: &str, workload: &str) -> Option<Found> {
    let (old, new) = upgrade.both(template)?;
    let printed = |object: &Object| object.manifest.at("spec.strategy").map(json);
    let (last, next) = (printed(old), printed(new));
    let before = last.clone().unwrap_or_default();
    // A strategy that was refused never became live.
    let live = check_strategy(&old.name, &before, upgrade.server).unwrap_or(Strategy::DEFAULT);
    let change = strategy_change(
        upgrade.applier,
        &new.name,
        last.as_ref(),
        next.as_ref(),
        &live.live(),
        upgrade.server,
    );
    let found = |what: String| {
        Found::new(what)
            .was(rendered(
                format!("{}.spec.strategy", new.name),
                old.manifest.at("spec.strategy"),
            ))
            .is(rendered(
                format!("{}.spec.strategy", new.name),
                new.manifest.at("spec.strategy"),
            ))
            .on(upgrade, &format!("{workload}.strategy"))
    };
    match &change.outcome {
        StrategyOutcome::Unchanged | StrategyOutcome::Works { .. } => None,
        StrategyOutcome::WorksByDeletion { .. } => Some(
            found(format!(
                "The API server refuses to change the strategy of `{}`, and the force setting then deletes the Deployment \
                 and creates it anew: all its pods stop at once.",
                new.name
            ))
            .kind(ChangeKind::Deleted)
            .title("The Deployment is deleted and created anew")
            .why("Nothing serves until the new pods are ready, whatever the strategy.")
            .way(patch_once(&new.name)),
        ),
        StrategyOutcome::Conflict { message } => Some(
            ways(found(format!("Another manager owns the strategy of `{}`.", new.name)), upgrade, new, &change.repairs, workload)
                .message(message.clone()),
        ),
        StrategyOutcome::Refused { rejection } => Some(
            ways(
                found(format!("The API server refuses the strategy of `{}`, and the upgrade fails.", new.name)),
                upgrade,
                new,
                &change.repairs,
                workload,
            )
            .message(upgrade.applier.tells(NAMESPACE, &new.name, rejection)),
        ),
    }
}

fn patch_once(name: &str) -> Way {
    Way::new("Take the block out of the live object once; restarts nothing").run(
        "Before the upgrade. The live strategy then equals the manifest's, so nothing conflicts later.",
        Repair::PatchOnce.command(NAMESPACE, name).unwrap_or_default(),
    )
}

fn ways(mut found: Found, upgrade: &Upgrade<'_>, new: &Object, repairs: &[Repair], workload: &str) -> Found {
    let path = format!("{workload}.strategy");
    for repair in repairs {
        found = found.way(match repair {
            Repair::PatchOnce => patch_once(&new.name),
            Repair::RemoveBlock => remove_block(upgrade, new, &path),
            Repair::TwoSteps => Way::new("Take over the block, then drop it: two upgrades, neither restarts a pod")
                .step(format!(
                    "First apply `{path}` with type RollingUpdate and an explicit rollingUpdate block, as it is live: the \
                     tool owns it from then on."
                ))
                .step("Then apply type Recreate: the block goes with it."),
            Repair::NullInPatch => Way::new("Say the null")
                .step("Add `rollingUpdate: null` to the patch."),
            Repair::Replace => Way::new("Replace the object instead of patching it")
                .step("Helm: `--force` (Helm 4: `--force-replace --server-side=false`). kubectl: `replace`. Argo CD: `Replace=true`."),
            Repair::RollWithoutSurge => Way::new("Roll without a surge instead: not the same, the new pod starts while the old one stops")
                .step(format!("Set `{path}` to RollingUpdate with maxSurge 0 and maxUnavailable 1.")),
            Repair::FixStrategy => Way::new("Write a strategy that Kubernetes accepts")
                .step(format!("Correct `{path}`: type `Recreate`, or `RollingUpdate` with maxSurge and maxUnavailable.")),
        });
    }
    found
}

/// The manifest contradicts itself: which half was meant is for the operator to say.
fn remove_block(upgrade: &Upgrade<'_>, new: &Object, path: &str) -> Way {
    let named = upgrade.after.effective.given.at(&format!("{path}.type")).is_some();
    if named {
        Way::new("Leave the block away")
            .unset(&format!("{path}.rollingUpdate"))
            .step(format!(
                "Without `{path}.rollingUpdate` the values no longer contradict themselves. A server-side apply that does not \
                 own the live block still refuses Recreate; that block goes by a patch, once."
            ))
    } else {
        let block = new.manifest.at("spec.strategy.rollingUpdate").cloned();
        let way = Way::new("Say the type that the block belongs to: the release's default is Recreate by now")
            .set(&format!("{path}.type"), Value::Str("RollingUpdate".to_owned()));
        if block.is_some() {
            way
        } else {
            way.step("Or leave the block away.")
        }
    }
}
