use rollcast_values::{Map, Value};

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule};
use crate::change::upgrade::Upgrade;

pub(super) static RULE: Rule = Rule {
    id: "keys-no-longer-read",
    kind: ChangeKind::Silent,
    severity: Severity::Warning,
    title: "Values that count today are ignored",
    why: "The chart has no schema: a key that no template reads any more is passed over without a word, and what it asked for \
          stops.",
    source: "Lobu pull request 882",
    check,
    examples: &[
        Example {
            name: "The keys of the first chart",
            to: "7.2.0",
            values: "ingress: {enabled: false}\napp:\n  terminationGracePeriodSeconds: 90\n  preStopDelaySeconds: 15\n  podAnnotations: {a: b}\n  podSecurityContext: {runAsUser: 1}\n  securityContext: {privileged: false}\nworker: {cache: {accessModes: [ReadWriteOnce]}}\n",
            ..Example::BASE
        },
        Example {
            name: "The flag, with the workspaces off",
            to: "7.2.0",
            values: "ingress: {enabled: false}\napp:\n  allowMultiReplica: true\n  workspaces: {enabled: false}\n",
            ..Example::BASE
        },
        Example {
            name: "Nothing but keys that both read",
            to: "7.2.0",
            values: "ingress: {enabled: false}\napp: {replicaCount: 2}\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let mut ignored = Vec::new();
    if let Value::Map(given) = &upgrade.after.effective.given {
        walk(upgrade, given, "", &mut ignored);
    }
    if ignored.is_empty() {
        return Vec::new();
    }
    let told: Vec<String> = ignored.iter().map(|path| format!("`{path}`")).collect();
    let found = Found::new(format!(
        "Release {} reads {}; release {} does not.",
        upgrade.before.release.id,
        told.join(", "),
        upgrade.after.release.id
    ));
    let found = ignored.iter().fold(found, |found, path| found.on(upgrade, path));
    found.one()
}

/// The outermost tables and values that only today's release reads.
fn walk(upgrade: &Upgrade<'_>, map: &Map, above: &str, ignored: &mut Vec<String>) {
    for (key, node) in map {
        let path = if above.is_empty() {
            key.clone()
        } else {
            format!("{above}.{key}")
        };
        if !upgrade.before.release.reads(&path) {
            continue;
        }
        match &node.value {
            _ if !upgrade.after.release.reads(&path) => ignored.push(path),
            Value::Map(inner) => walk(upgrade, inner, &path, ignored),
            _ => {}
        }
    }
}
