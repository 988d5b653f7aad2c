use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{Upgrade, object, rendered};

pub(super) static RULE: Rule = Rule {
    id: "grace-shortened",
    kind: ChangeKind::Silent,
    severity: Severity::Warning,
    title: "Pods get less time to stop",
    why: "What has not stopped by the end of the grace period is killed: requests that are answered, turns that run.",
    source: "Lobu pull requests 775, 882 and 1191; Kubernetes, pkg/apis/core/v1/defaults.go",
    check,
    examples: &[
        Example {
            name: "A release that does not name it",
            to: "7.2.0",
            values: "ingress: {enabled: false}\n",
            ..Example::BASE
        },
        Example {
            name: "Longer",
            from: "11.0.0",
            to: "11.1.0",
            expected: 0,
            ..Example::BASE
        },
    ],
};

const PATH: &str = "spec.template.spec.terminationGracePeriodSeconds";

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let (before, after) = (
        upgrade.before.manifest.spec.grace_seconds,
        upgrade.after.manifest.spec.grace_seconds,
    );
    if after >= before {
        return Vec::new();
    }
    let key = "app.terminationGracePeriodSeconds";
    let printed = |objects| object(objects, "deployment.yaml").and_then(|app| app.manifest.at(PATH));
    let read = upgrade.after.release.reads(key);
    let ignored = if read {
        ""
    } else {
        " This release does not read the key, so no values bring it back."
    };
    let found = Found::new(format!(
        "The grace period of the app's pods goes from {before} s to {after} s.{ignored}"
    ))
    .kind(if upgrade.asked(&[key]) && read {
        ChangeKind::Asked
    } else {
        ChangeKind::Silent
    })
    .was(rendered(format!("{}.{PATH}", upgrade.app()), printed(upgrade.old)))
    .is(rendered(format!("{}.{PATH}", upgrade.app()), printed(&upgrade.new)))
    .on(upgrade, key);
    if read {
        found
            .way(Way::new("Keep the time they had").set(key, Value::Int(i64::try_from(before).unwrap_or(i64::MAX))))
            .one()
    } else {
        found.one()
    }
}
