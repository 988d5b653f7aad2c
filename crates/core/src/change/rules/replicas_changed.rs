use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule};
use crate::change::upgrade::{Upgrade, WORKLOADS, object, rendered};

pub(super) static RULE: Rule = Rule {
    id: "replicas-changed",
    kind: ChangeKind::Asked,
    severity: Severity::Info,
    title: "The number of pods changes",
    why: "Scaling follows no strategy: pods are added or taken away at once, under Recreate too.",
    source: "Kubernetes, pkg/controller/deployment/sync.go scale",
    check,
    examples: &[
        Example {
            name: "From one to two",
            then: Some("app: {replicaCount: 2}\n"),
            ..Example::BASE
        },
        Example {
            name: "The same",
            from: "main-776",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let changed = WORKLOADS.iter().filter_map(|(template, workload)| {
        let path = "spec.replicas";
        let replicas = |objects| object(objects, template).and_then(|object| object.manifest.at(path));
        let (was, is) = (replicas(upgrade.old), replicas(&upgrade.new));
        let text = |value: Option<&Value>| value.map_or_else(|| "none".to_owned(), Value::print);
        let key = format!("{workload}.replicaCount");
        (text(was) != text(is) && was.is_some() && is.is_some()).then(|| {
            Found::new(format!("The {workload} goes from {} to {} pods.", text(was), text(is)))
                .kind(if upgrade.asked(&[&key]) {
                    ChangeKind::Asked
                } else {
                    ChangeKind::Silent
                })
                .was(rendered(format!("{}.{path}", upgrade.name(template)), was))
                .is(rendered(format!("{}.{path}", upgrade.name(template)), is))
                .on(upgrade, &key)
        })
    });
    changed.collect()
}
