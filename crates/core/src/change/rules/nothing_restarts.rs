use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{NAMESPACE, Upgrade, object};

pub(super) static RULE: Rule = Rule {
    id: "nothing-restarts",
    kind: ChangeKind::Waits,
    severity: Severity::Info,
    title: "No pod of the app restarts",
    why: "Kubernetes replaces pods only where their template changes. An image tag such as `latest` is the same text whatever \
          it stands for, so an upgrade of the chart alone brings no new app.",
    source: "Kubernetes, pkg/controller/deployment/deployment_controller.go syncDeployment",
    check,
    examples: &[
        Example {
            name: "A new release with the same pods",
            from: "main-776",
            ..Example::BASE
        },
        Example {
            name: "Nothing at all changes",
            ..Example::BASE
        },
        Example {
            name: "The pods change",
            to: "7.2.0",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    if upgrade
        .template_changes("deployment.yaml")
        .is_none_or(|changes| !changes.is_empty())
    {
        return Vec::new();
    }
    let scaled = object(upgrade.old, "deployment.yaml").and_then(|old| old.manifest.at("spec.replicas"))
        != object(&upgrade.new, "deployment.yaml").and_then(|new| new.manifest.at("spec.replicas"));
    let floating = match upgrade.after.effective.values.at("image.tag") {
        Some(Value::Str(tag)) => !tag.starts_with(|first: char| first.is_ascii_digit() || first == 'v'),
        _ => true,
    };
    let mut what = if scaled {
        "The template of the app's pods stays as it is: pods are added or taken away, and none is replaced.".to_owned()
    } else {
        "The template of the app's pods stays as it is, so they go on running.".to_owned()
    };
    if floating {
        what.push_str(" The image tag floats, and this upgrade does not pull what it stands for today.");
    }
    let found = Found::new(what)
        .on(upgrade, "image.tag")
        .on(upgrade, "app.replicaCount");
    let found = if floating {
        found.way(Way::new("Bring the new image").run(
            "Give `image.tag` a version, or restart the pods where the pull policy is Always.",
            format!(
                "kubectl --namespace {NAMESPACE} rollout restart deployment {}",
                upgrade.app()
            ),
        ))
    } else {
        found
    };
    found.one()
}
