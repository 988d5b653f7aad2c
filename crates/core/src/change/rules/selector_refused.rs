use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{NAMESPACE, Upgrade, WORKLOADS, rendered};

pub(super) static RULE: Rule = Rule {
    id: "selector-refused",
    kind: ChangeKind::Refused,
    severity: Severity::Error,
    title: "The selector of a Deployment cannot change",
    why: "A Deployment finds its pods by its selector, which is fixed when it is created. The chart builds it from \
          `nameOverride` and the name of the Helm release.",
    source: "Kubernetes, pkg/apis/apps/validation/validation.go ValidateDeploymentUpdate",
    check,
    examples: &[
        Example {
            name: "Another name",
            values: "fullnameOverride: lobu\n",
            then: Some("fullnameOverride: lobu\nnameOverride: gateway\n"),
            expected: 3,
            ..Example::BASE
        },
        Example {
            name: "The same name",
            to: "14.0.0",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let changed = WORKLOADS.iter().filter_map(|(template, _)| {
        let (old, new) = upgrade.both(template)?;
        let selector = "spec.selector";
        let (was, is) = (old.manifest.at(selector)?, new.manifest.at(selector)?);
        (was.to_json() != is.to_json()).then(|| {
            let path = format!("{}.{selector}", new.name);
            Found::new(format!("The selector of `{}` changes, and the upgrade fails.", new.name))
                .message(format!(
                    "cannot patch \"{}\" with kind Deployment: Deployment.apps \"{}\" is invalid: spec.selector: Invalid value: {}: field is immutable",
                    new.name,
                    new.name,
                    is.to_json()
                ))
                .was(rendered(&path, Some(was)))
                .is(rendered(&path, Some(is)))
                .on(upgrade, "nameOverride")
                .way(back(upgrade))
                .way(
                    Way::new("Delete the Deployment first: an outage until the new pods are ready")
                        .run("Before the upgrade.", format!("kubectl --namespace {NAMESPACE} delete deployment {}", new.name)),
                )
        })
    });
    changed.collect()
}

fn back(upgrade: &Upgrade<'_>) -> Way {
    let way = Way::new("Leave the name as it is");
    match upgrade.before.effective.values.at("nameOverride") {
        Some(name) => way.set("nameOverride", name.clone()),
        None => way,
    }
}
