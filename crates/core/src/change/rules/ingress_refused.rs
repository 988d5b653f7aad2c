use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{Upgrade, object, rendered};

pub(super) static RULE: Rule = Rule {
    id: "ingress-refused",
    kind: ChangeKind::Refused,
    severity: Severity::Error,
    title: "An Ingress without rules is refused",
    why: "From 7.2.0 on the chart renders an Ingress unless it is told not to. Without hosts it has no rules, an Ingress with \
          neither rules nor a default backend is invalid, and the upgrade fails with it. Helm applies it last, when the \
          Deployments have changed already.",
    source: "Lobu pull request 882; Kubernetes, pkg/apis/networking/validation/validation.go",
    check,
    examples: &[
        Example {
            name: "Nothing said about the ingress",
            to: "7.2.0",
            ..Example::BASE
        },
        Example {
            name: "Switched off",
            to: "7.2.0",
            values: "ingress:\n  enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "With a host",
            to: "7.2.0",
            values: "ingress:\n  hosts: [lobu.example.com]\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let Some(ingress) = object(&upgrade.new, "ingress.yaml") else {
        return Vec::new();
    };
    let rules = ingress.manifest.at("spec.rules");
    let empty = rules.is_none_or(|rules| !rules.truthy()) && ingress.manifest.at("spec.defaultBackend").is_none();
    if !empty {
        return Vec::new();
    }
    let was = object(upgrade.old, "ingress.yaml").and_then(|ingress| ingress.manifest.at("spec.rules"));
    let path = format!("{}.spec.rules", ingress.name);
    Found::new(format!(
        "The chart renders the Ingress `{}` with no rules, since `ingress.hosts` is empty.",
        ingress.name
    ))
    .message("either `defaultBackend` or `rules` must be specified")
    .was(rendered(&path, was))
    .is(rendered(&path, rules))
    .on(upgrade, "ingress.enabled")
    .on(upgrade, "ingress.hosts")
    .way(Way::new("Go on without an Ingress").set("ingress.enabled", Value::Bool(false)))
    .way(Way::new("Let the chart make the Ingress").step(
        "Set `ingress.hosts` to the host names, and `ingress.className` to your controller's class if it is not traefik.",
    ))
    .one()
}
