use rollcast_rollout::Strategy;
use rollcast_values::Value;

use super::strategy_waits::{becomes, paths};
use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::Upgrade;
use crate::findings::Releases;

pub(super) static RULE: Rule = Rule {
    id: "rolling-becomes-recreate",
    kind: ChangeKind::Silent,
    severity: Severity::Warning,
    title: "Rollouts get a gap",
    why: "So far old and new pods overlapped and somebody always served. Under Recreate every old pod stops before the first \
          new one starts, at every rollout from now on.",
    source: "Lobu pull requests 776, 882 and 1838",
    check,
    examples: &[
        Example {
            name: "Workspaces off, without the opt-in of pull request 776",
            from: "7.0.0",
            to: "main-776",
            values: "app:\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "The new default of main-1838",
            from: "14.0.0",
            to: "main-1838",
            ..Example::BASE
        },
        Example {
            name: "With a strategy of one's own",
            from: "14.0.0",
            to: "main-1838",
            values: "app:\n  strategy:\n    type: RollingUpdate\n    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "With the opt-in",
            from: "7.0.0",
            to: "main-776",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let (Some(Strategy::RollingUpdate { .. }), Some(Strategy::Recreate)) =
        (upgrade.before.strategy, upgrade.after.strategy)
    else {
        return Vec::new();
    };
    let kind = if upgrade.asked(&paths()) {
        ChangeKind::Asked
    } else {
        ChangeKind::Silent
    };
    let why_now = if kind == ChangeKind::Asked {
        "The values ask for it."
    } else if upgrade.to(Releases::from("main-1838")) {
        "From main-1838 on the chart's default is `app.strategy: {type: Recreate}`, on purpose: old pods could overwrite rows \
         that only the new version understands."
    } else if upgrade.to(Releases::between("main-776", "main-871")) {
        "From main-776 on the chart rolls only where `app.allowMultiReplica` says that several pods may run at once."
    } else {
        "The release pins Recreate while the workspaces are on."
    };
    let found = becomes(upgrade, format!("RollingUpdate becomes Recreate. {why_now}"), kind);
    let opt_in = upgrade.after.release.reads("app.allowMultiReplica");
    let found = if opt_in {
        found.way(Way::new("Opt in to rolling").set("app.allowMultiReplica", Value::Bool(true)))
    } else {
        found
    };
    found
        .way(
            Way::new("Ask for the rollout you had")
                .set("app.strategy.type", Value::Str("RollingUpdate".to_owned()))
                .set("app.strategy.rollingUpdate.maxSurge", Value::Int(1))
                .set("app.strategy.rollingUpdate.maxUnavailable", Value::Int(0)),
        )
        .one()
}
