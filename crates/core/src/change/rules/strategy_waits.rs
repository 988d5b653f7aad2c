use rollcast_rollout::change::{Changed, Governs, trigger};

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{NAMESPACE, Upgrade, rendered};

pub(super) static RULE: Rule = Rule {
    id: "strategy-waits",
    kind: ChangeKind::Waits,
    severity: Severity::Warning,
    title: "The new strategy is not tried now",
    why: "A strategy restarts nothing. It governs the next rollout, which somebody else may start, with a new image, weeks \
          from now.",
    source: "Kubernetes, pkg/controller/deployment/deployment_controller.go syncDeployment",
    check,
    examples: &[
        Example {
            name: "Nothing but the strategy",
            values: "app:\n  workspaces: {enabled: false}\n",
            then: Some("app:\n  workspaces: {enabled: false}\n  allowMultiReplica: true\n"),
            ..Example::BASE
        },
        Example {
            name: "A release that changes the strategy and leaves the pods alone",
            from: "14.0.0",
            to: "main-1838",
            ..Example::BASE
        },
        Example {
            name: "With a new image",
            values: "app:\n  workspaces: {enabled: false}\n",
            then: Some("app:\n  workspaces: {enabled: false}\n  allowMultiReplica: true\nimage: {tag: \"7.1.0\"}\n"),
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// The values that decide the strategy, in any release.
pub(super) fn paths() -> Vec<&'static str> {
    vec![
        "app.strategy",
        "app.allowMultiReplica",
        "app.workspaces.enabled",
        "app.workspaces.accessModes",
    ]
}

/// A strategy that becomes another, with both of them and what decides them in either release.
pub(super) fn becomes(upgrade: &Upgrade<'_>, what: String, kind: ChangeKind) -> Found {
    let path = format!("{}.spec.strategy", upgrade.app());
    let found = Found::new(what)
        .kind(kind)
        .was(rendered(path.clone(), upgrade.old_strategy()))
        .is(rendered(path, upgrade.new_strategy()));
    paths()
        .into_iter()
        .filter(|path| upgrade.before.release.reads(path) || upgrade.after.release.reads(path))
        .fold(found, |found, path| found.on(upgrade, path))
}

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let (Some(before), Some(after)) = (upgrade.before.strategy, upgrade.after.strategy) else {
        return Vec::new();
    };
    let Some(template) = upgrade.template_changes("deployment.yaml") else {
        return Vec::new();
    };
    let triggered = trigger(Changed {
        template: !template.is_empty(),
        strategy: before != after,
        ..Changed::default()
    });
    if triggered.governs != Governs::NewOneNextTime {
        return Vec::new();
    }
    Found::new("The strategy of the app changes and its pods do not, so nothing restarts in this upgrade.")
        .was(rendered(format!("{}.spec.strategy", upgrade.app()), upgrade.old_strategy()))
        .is(rendered(format!("{}.spec.strategy", upgrade.app()), upgrade.new_strategy()))
        .way(Way::new("Try it at a time of your choice").run(
            "Restart the pods after the upgrade, and watch the rollout.",
            format!(
                "kubectl --namespace {NAMESPACE} rollout restart deployment {0} && kubectl --namespace {NAMESPACE} rollout status deployment {0}",
                upgrade.app()
            ),
        ))
        .one()
}
