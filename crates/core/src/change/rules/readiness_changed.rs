use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{Upgrade, app_container, rendered};

pub(super) static RULE: Rule = Rule {
    id: "readiness-changed",
    kind: ChangeKind::Silent,
    severity: Severity::Info,
    title: "Readiness is judged differently",
    why: "The readiness probe decides when a new pod serves and how soon a struggling one is taken out.",
    source: "Lobu pull requests 767 and 882",
    check,
    examples: &[
        Example {
            name: "Half the failures",
            to: "7.2.0",
            values: "ingress: {enabled: false}\n",
            ..Example::BASE
        },
        Example {
            name: "Another path",
            from: "7.0.0",
            to: "main-775",
            ..Example::BASE
        },
        Example {
            name: "Pinned",
            to: "7.2.0",
            values: "ingress: {enabled: false}\nhealthCheck: {readinessProbe: {failureThreshold: 6}}\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let probe = |objects| app_container(objects).and_then(|container| container.at("readinessProbe"));
    let (Some(was), Some(is)) = (probe(upgrade.old), probe(&upgrade.new)) else {
        return Vec::new();
    };
    let fields = [
        ("httpGet.path", "the path"),
        ("initialDelaySeconds", "the initial delay"),
        ("periodSeconds", "the period"),
        ("timeoutSeconds", "the time-out"),
        ("failureThreshold", "the failures in a row"),
    ];
    let changed: Vec<(&str, &str)> = fields
        .into_iter()
        .filter(|(field, _)| was.at(field).map(Value::to_json) != is.at(field).map(Value::to_json))
        .collect();
    if changed.is_empty() {
        return Vec::new();
    }
    let text = |value: Option<&Value>| value.map_or_else(|| "unset".to_owned(), Value::print);
    let words: Vec<String> = changed
        .iter()
        .map(|(field, name)| format!("{name} {} instead of {}", text(is.at(field)), text(was.at(field))))
        .collect();
    let lower = |field: &str| match (was.at(field), is.at(field)) {
        (Some(was), Some(is)) => is.to_int() < was.to_int(),
        _ => false,
    };
    let mut found = Found::new(format!("The app's readiness probe changes: {}.", words.join(", ")))
        .kind(if upgrade.asked(&["healthCheck"]) {
            ChangeKind::Asked
        } else {
            ChangeKind::Silent
        })
        .severity(if lower("failureThreshold") {
            Severity::Warning
        } else {
            Severity::Info
        });
    let mut way = Way::new("Keep the numbers you had");
    for (field, _) in &changed {
        let path = format!("{}.readinessProbe.{field}", upgrade.app());
        found = found
            .was(rendered(&path, was.at(field)))
            .is(rendered(&path, is.at(field)));
        if let (Some(value), false) = (was.at(field), field.contains('.')) {
            way = way.set(&format!("healthCheck.readinessProbe.{field}"), value.clone());
        }
    }
    if way.sets.is_empty() {
        found.one()
    } else {
        found.way(way).one()
    }
}
