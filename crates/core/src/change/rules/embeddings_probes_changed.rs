use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{Upgrade, container, object, rendered};

pub(super) static RULE: Rule = Rule {
    id: "embeddings-probes-changed",
    kind: ChangeKind::Silent,
    severity: Severity::Warning,
    title: "The embeddings no longer follow `healthCheck`",
    why: "From 11.0.0 on the embeddings have probe numbers of their own. Numbers that were raised for a slow model no longer \
          reach it, and it may be killed while it loads.",
    source: "The chart's embeddings-deployment.yaml at 11.0.0",
    check,
    examples: &[
        Example {
            name: "Numbers of one's own",
            from: "7.2.0",
            to: "11.0.0",
            values: "ingress: {enabled: false}\nhealthCheck: {livenessProbe: {failureThreshold: 9}}\n",
            ..Example::BASE
        },
        Example {
            name: "The defaults",
            from: "7.2.0",
            to: "11.0.0",
            values: "ingress: {enabled: false}\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let key = "embeddings.healthCheck";
    let own = |release: &'static rollcast_chart::Release| release.reads(key);
    let given = upgrade.after.effective.given.at("healthCheck");
    if own(upgrade.before.release) || !own(upgrade.after.release) || given.is_none() {
        return Vec::new();
    }
    let probes = ["readinessProbe", "livenessProbe"];
    let numbers = [
        "initialDelaySeconds",
        "periodSeconds",
        "timeoutSeconds",
        "failureThreshold",
    ];
    let mut way = Way::new("Say the numbers for the embeddings, too");
    let mut found =
        Found::new("Release 11.0.0 and later take the probes of the embeddings from `embeddings.healthCheck`.");
    for probe in probes {
        for number in numbers {
            let path = format!("healthCheck.{probe}.{number}");
            let Some(value) = upgrade.after.effective.given.at(&path) else {
                continue;
            };
            let of = |objects| {
                object(objects, "embeddings-deployment.yaml")
                    .and_then(container)
                    .and_then(|container| container.at(&format!("{probe}.{number}")))
            };
            let (was, is) = (of(upgrade.old), of(&upgrade.new));
            if was.map(Value::to_json) == is.map(Value::to_json) {
                continue;
            }
            let shown = format!("{}.{probe}.{number}", upgrade.name("embeddings-deployment.yaml"));
            found = found
                .was(rendered(&shown, was))
                .is(rendered(&shown, is))
                .on(upgrade, &path);
            way = way.set(&format!("embeddings.{path}"), value.clone());
        }
    }
    if way.sets.is_empty() {
        Vec::new()
    } else {
        found.way(way).one()
    }
}
