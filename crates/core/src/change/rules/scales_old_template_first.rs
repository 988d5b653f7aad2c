use rollcast_rollout::change::{Changed, trigger};

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{Upgrade, WORKLOADS, object, rendered};

pub(super) static RULE: Rule = Rule {
    id: "scales-old-template-first",
    kind: ChangeKind::Restart,
    severity: Severity::Warning,
    title: "The old version is scaled first",
    why: "Where replicas and template change in one apply, the Deployment controller brings the old ReplicaSet to the new \
          number before it begins to replace it. Pods of the old version come up that nobody wanted, and go at once.",
    source: "Kubernetes, pkg/controller/deployment/sync.go isScalingEvent",
    check,
    examples: &[
        Example {
            name: "Two more replicas and a new image",
            then: Some("app: {replicaCount: 3}\nimage: {tag: \"7.1.0\"}\n"),
            ..Example::BASE
        },
        Example {
            name: "Replicas alone",
            then: Some("app: {replicaCount: 3}\n"),
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let scaled =
        WORKLOADS.iter().filter_map(|(template, workload)| {
            let path = "spec.replicas";
            let replicas = |objects| object(objects, template).and_then(|object| object.manifest.at(path));
            let (was, is) = (replicas(upgrade.old)?, replicas(&upgrade.new)?);
            let triggered = trigger(Changed {
                template: !upgrade.template_changes(template)?.is_empty(),
                replicas: was.to_json() != is.to_json(),
                ..Changed::default()
            });
            triggered.scales_old_template_first.then(|| {
                Found::new(format!(
                "The {workload} goes from {} to {} replicas and gets a new template: {} of the old template {} first.",
                was.to_json(),
                is.to_json(),
                "pods",
                if was.print() < is.print() { "are added" } else { "are taken away" },
            ))
            .was(rendered(format!("{}.{path}", upgrade.name(template)), Some(was)))
            .is(rendered(format!("{}.{path}", upgrade.name(template)), Some(is)))
            .on(upgrade, &format!("{workload}.replicaCount"))
            .way(
                Way::new("Scale in an upgrade of its own")
                    .step("First upgrade with the new version and today's replicas, then with the new replicas."),
            )
            })
        });
    scaled.collect()
}
