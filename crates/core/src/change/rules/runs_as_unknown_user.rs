use rollcast_chart::Object;
use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{Upgrade, WORKLOADS, container, object, rendered};

pub(super) static RULE: Rule = Rule {
    id: "runs-as-unknown-user",
    kind: ChangeKind::Refused,
    severity: Severity::Error,
    title: "Containers that cannot start",
    why: "The kubelet is told that the container must not run as root, and the image names its user by name only, so it cannot \
          tell: CreateContainerConfigError. Both workloads are Recreate, so the old pod is gone by then, and ingestion and \
          embeddings are down, not just stuck.",
    source: "Lobu pull requests 1191 and 1228",
    check,
    examples: &[
        Example {
            name: "11.1.0",
            from: "11.0.0",
            to: "11.1.0",
            values: "ingress: {enabled: false}\n",
            expected: 2,
            ..Example::BASE
        },
        Example {
            name: "Later, with the number",
            from: "11.0.0",
            to: "14.0.0",
            values: "ingress: {enabled: false}\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "With a number",
            from: "11.0.0",
            to: "11.1.0",
            values: "ingress: {enabled: false}\nworker: {containerSecurityContext: {runAsUser: 1001}}\nembeddings: {containerSecurityContext: {runAsUser: 1001}}\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let unknown = WORKLOADS.iter().filter_map(|(template, workload)| {
        let new = object(&upgrade.new, template)?;
        let unsure = |object: &Object| {
            let says = |key: &str| {
                let of_container = container(object).and_then(|container| container.at(&format!("securityContext.{key}")));
                of_container.or_else(|| object.manifest.at(&format!("spec.template.spec.securityContext.{key}"))).cloned()
            };
            says("runAsNonRoot") == Some(Value::Bool(true)) && says("runAsUser").is_none()
        };
        let already = object(upgrade.old, template).is_some_and(unsure);
        if !unsure(new) || already || *workload == "app" {
            return None;
        }
        let context = |object: &Object| container(object).and_then(|container| container.at("securityContext")).cloned();
        let path = format!("{}.securityContext", upgrade.name(template));
        let key = format!("{workload}.containerSecurityContext");
        Some(
            Found::new(format!(
                "The {workload} must not run as root, and no `runAsUser` says who it is instead. Its container does not start."
            ))
            .title(format!("The {workload} cannot start"))
            .message("container has runAsNonRoot and image has non-numeric user, cannot verify user is non-root")
            .was(rendered(&path, object(upgrade.old, template).and_then(context).as_ref()))
            .is(rendered(&path, context(new).as_ref()))
            .on(upgrade, &key)
            .way(
                Way::new("Do not ask who it is")
                    .set(&format!("{key}.runAsNonRoot"), Value::Null),
            )
            .way(
                Way::new("Say its number, with an image that has it")
                    .set(&format!("{key}.runAsUser"), Value::Int(1001))
                    .step("Images up to 11.2.0 do not pin that number; use 11.3.0 or later."),
            )
            .way(Way::new("Skip this release").step("Upgrade to 11.3.0 or later instead, which sets the number.")),
        )
    });
    unknown.collect()
}
