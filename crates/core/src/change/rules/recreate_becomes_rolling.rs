use rollcast_chart::Rule as Decided;
use rollcast_rollout::Strategy;
use rollcast_values::Value;

use super::strategy_waits::{becomes, paths};
use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::Upgrade;
use crate::findings::Releases;

pub(super) static RULE: Rule = Rule {
    id: "recreate-becomes-rolling",
    kind: ChangeKind::Silent,
    severity: Severity::Warning,
    title: "Rollouts begin to overlap",
    why: "So far one version ran at a time. From now on old and new pods run together during every rollout: two consumers of \
          one queue, two pollers of one Telegram bot, two writers of one volume.",
    source: "Lobu pull requests 871 and 882; Kubernetes, pkg/apis/apps/v1/defaults.go",
    check,
    examples: &[
        Example {
            name: "Nobody opted in",
            to: "7.2.0",
            values: "ingress: {enabled: false}\n",
            ..Example::BASE
        },
        Example {
            name: "The flag, and workspaces that are off by default",
            to: "main-871",
            values: "app:\n  allowMultiReplica: true\n",
            ..Example::BASE
        },
        Example {
            name: "An explicit Recreate that is taken out",
            from: "14.0.0",
            to: "14.0.0",
            values: "app:\n  strategy: {type: Recreate}\n",
            then: Some(""),
            ..Example::BASE
        },
        Example {
            name: "Workspaces pinned on",
            to: "7.2.0",
            values: "ingress: {enabled: false}\napp:\n  workspaces:\n    enabled: true\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let (Some(Strategy::Recreate), Some(Strategy::RollingUpdate { .. })) =
        (upgrade.before.strategy, upgrade.after.strategy)
    else {
        return Vec::new();
    };
    let lost = upgrade.before.decision.rule == Decided::Override && upgrade.after.decision.rule != Decided::Override;
    let kind = if upgrade.asked(&paths()) && !lost {
        ChangeKind::Asked
    } else {
        ChangeKind::Silent
    };
    let why_now = if lost {
        "The strategy is no longer named, and Kubernetes falls back to its default, RollingUpdate 25 % / 25 %."
    } else if kind == ChangeKind::Asked {
        "The values ask for it."
    } else if upgrade.to(Releases::from("7.2.0")) {
        "This release names a strategy only while the workspaces are on, which they are not by default, and does not read \
         `app.allowMultiReplica`; Kubernetes' default rolls."
    } else {
        "`app.allowMultiReplica` was held back by the claim so far, and the workspaces are off by default in this release."
    };
    let found = becomes(upgrade, format!("Recreate becomes RollingUpdate. {why_now}"), kind);
    let opted_in = upgrade.after.decision.rule == Decided::OptIn;
    let found = if opted_in {
        found.way(Way::new("Take the opt-in back").set("app.allowMultiReplica", Value::Bool(false)))
    } else {
        found
    };
    found
        .way(Way::new("Ask for Recreate").set("app.strategy.type", Value::Str("Recreate".to_owned())))
        .one()
}
