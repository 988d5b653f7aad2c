use rollcast_chart::Object;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::Way;
use crate::change::rule::{Example, Found, Rule};
use crate::change::upgrade::{NAMESPACE, Upgrade, object, rendered};

pub(super) static RULE: Rule = Rule {
    id: "objects-come-and-go",
    kind: ChangeKind::Deleted,
    severity: Severity::Info,
    title: "Objects come and go",
    why: "Helm creates what the new manifest has and the old one had not, and deletes what it no longer has.",
    source: "Helm, pkg/kube/client.go update",
    check,
    examples: &[
        Example {
            name: "An Ingress appears",
            to: "7.2.0",
            values: "ingress: {hosts: [lobu.example.com]}\n",
            ..Example::BASE
        },
        Example {
            name: "A budget appears with the replicas",
            from: "11.0.0",
            to: "11.1.0",
            values: "ingress: {enabled: false}\napp: {replicaCount: 2}\n",
            ..Example::BASE
        },
        Example {
            name: "Another full name: everything anew",
            then: Some("fullnameOverride: gateway\n"),
            expected: 10,
            ..Example::BASE
        },
        Example {
            name: "The same objects",
            from: "main-776",
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// Claims and the Secret have rules of their own.
const TOLD_ELSEWHERE: [&str; 4] = ["app-pvc.yaml", "worker-pvc.yaml", "embeddings-pvc.yaml", "secret.yaml"];

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let here = |object: &&Object| object.hook.is_none() && !TOLD_ELSEWHERE.contains(&object.template);
    let differs =
        |one: &Object, others: &[Object]| object(others, one.template).is_none_or(|other| other.name != one.name);
    let gone = upgrade
        .old
        .iter()
        .filter(here)
        .filter(|old| differs(old, &upgrade.new))
        .map(|old| {
            let path = format!("{} {}", old.kind, old.name);
            let found = Found::new(format!("{} `{}` is deleted.", old.kind, old.name))
                .title(format!("{} deleted", old.kind))
                .was(rendered(&path, old.manifest.at("spec")))
                .is(rendered(&path, None));
            if old.kind == "Deployment" {
                let found = found
                    .severity(Severity::Error)
                    .why("All its pods stop, without regard to any strategy, while those of another name start.");
                return found.way(
                    Way::new("Keep the name")
                        .step("Leave `fullnameOverride` and the name of the Helm release as they are."),
                );
            }
            found
        });
    let come = upgrade
        .new
        .iter()
        .filter(here)
        .filter(|new| differs(new, upgrade.old))
        .map(|new| {
            let path = format!("{} {}", new.kind, new.name);
            let found = Found::new(format!("{} `{}` is created.", new.kind, new.name))
                .title(format!("{} created", new.kind))
                .was(rendered(&path, None))
                .is(rendered(&path, new.manifest.at("spec")));
            match new.kind.as_str() {
                "PodDisruptionBudget" => found
                    .why("It holds back evictions, as when a node is drained. A rollout does not ask it.")
                    .way(Way::new("Look whether it blocks drains").run(
                        "ALLOWED DISRUPTIONS must not be 0 for good.",
                        format!("kubectl --namespace {NAMESPACE} get pdb"),
                    )),
                _ => found,
            }
            .kind(ChangeKind::Asked)
        });
    gone.chain(come).collect()
}
