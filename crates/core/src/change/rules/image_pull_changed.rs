use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{Upgrade, app_container, object, rendered};

pub(super) static RULE: Rule = Rule {
    id: "image-pull-changed",
    kind: ChangeKind::Silent,
    severity: Severity::Info,
    title: "Images are pulled differently",
    why: "With a pull policy of Always every new pod asks the registry, so a registry that is away keeps pods from starting, \
          and with a floating tag replicas can run different images. A pull secret that does not exist is passed over, until \
          an image needs it.",
    source: "Lobu pull request 882",
    check,
    examples: &[
        Example {
            name: "The defaults of 7.2.0",
            to: "7.2.0",
            values: "ingress: {enabled: false}\n",
            ..Example::BASE
        },
        Example {
            name: "Pinned",
            to: "7.2.0",
            values: "ingress: {enabled: false}\nimage: {pullPolicy: IfNotPresent}\nimagePullSecrets: []\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let policy = |objects| app_container(objects).and_then(|container| container.at("imagePullPolicy"));
    let secrets = |objects| {
        object(objects, "deployment.yaml").and_then(|app| app.manifest.at("spec.template.spec.imagePullSecrets"))
    };
    let mut found = Found::default();
    let mut told = Vec::new();
    let mut way = Way::new("Keep how images are pulled");
    let text = |value: Option<&Value>| value.map_or_else(|| "none".to_owned(), Value::to_json);
    for (name, key, was, is) in [
        (
            "imagePullPolicy",
            "image.pullPolicy",
            policy(upgrade.old),
            policy(&upgrade.new),
        ),
        (
            "imagePullSecrets",
            "imagePullSecrets",
            secrets(upgrade.old),
            secrets(&upgrade.new),
        ),
    ] {
        if text(was) == text(is) {
            continue;
        }
        told.push(format!("`{name}` goes from {} to {}", text(was), text(is)));
        let path = format!("{}.{name}", upgrade.app());
        found = found.was(rendered(&path, was)).is(rendered(&path, is)).on(upgrade, key);
        if let Some(value) = upgrade.before.effective.values.at(key) {
            way = way.set(key, value.clone());
        }
    }
    if told.is_empty() {
        return Vec::new();
    }
    let kind = if upgrade.asked(&["image.pullPolicy", "imagePullSecrets"]) {
        ChangeKind::Asked
    } else {
        ChangeKind::Silent
    };
    found.what(format!("{}.", told.join("; "))).kind(kind).way(way).one()
}
