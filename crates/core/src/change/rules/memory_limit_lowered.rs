use rollcast_chart::Object;
use rollcast_rollout::Quantity;
use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{Upgrade, WORKLOADS, container, object, rendered};

pub(super) static RULE: Rule = Rule {
    id: "memory-limit-lowered",
    kind: ChangeKind::Silent,
    severity: Severity::Warning,
    title: "Less memory",
    why: "Agents run as processes of the app's container, so its limit is theirs: what goes above is killed.",
    source: "Lobu pull request 882",
    check,
    examples: &[
        Example {
            name: "Half of it by default",
            to: "7.2.0",
            values: "ingress: {enabled: false}\n",
            expected: 1,
            ..Example::BASE
        },
        Example {
            name: "Pinned",
            to: "7.2.0",
            values: "ingress: {enabled: false}\napp: {resources: {limits: {memory: 2Gi}}}\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

const PATH: &str = "resources.limits.memory";

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let lowered = WORKLOADS.iter().filter_map(|(template, workload)| {
        fn limit(object: &Object) -> Option<&Value> {
            container(object)?.at(PATH)
        }
        let (was, is) = (
            limit(object(upgrade.old, template)?)?,
            limit(object(&upgrade.new, template)?)?,
        );
        let quantity = |value: &Value| Quantity::parse(&value.print()).ok();
        if quantity(is)? >= quantity(was)? {
            return None;
        }
        let key = format!("{workload}.{PATH}");
        Some(
            Found::new(format!(
                "The memory limit of the {workload} goes from {} to {}.",
                was.print(),
                is.print()
            ))
            .kind(if upgrade.asked(&[&key]) {
                ChangeKind::Asked
            } else {
                ChangeKind::Silent
            })
            .severity(if *workload == "app" {
                Severity::Warning
            } else {
                Severity::Info
            })
            .was(rendered(format!("{}.{PATH}", upgrade.name(template)), Some(was)))
            .is(rendered(format!("{}.{PATH}", upgrade.name(template)), Some(is)))
            .on(upgrade, &key)
            .way(Way::new("Keep the limit").set(&key, was.clone())),
        )
    });
    lowered.collect()
}
