//! What is known of the keys of a chart release, for help and completion.

use std::ops::Range;

use rollcast_chart::{Key, Release, ValueType};
use rollcast_values::{Map, Node, Origin, Value, read};

use super::spot::{Role, Spot};

/// Texts that Kubernetes takes at the end of a path, and no others.
const WORDS: &[(&str, &[&str])] = &[
    (
        "accessModes.*",
        &["ReadWriteOnce", "ReadWriteMany", "ReadOnlyMany", "ReadWriteOncePod"],
    ),
    ("pathType", &["Prefix", "Exact", "ImplementationSpecific"]),
    ("pullPolicy", &["IfNotPresent", "Always", "Never"]),
    ("service.type", &["ClusterIP", "NodePort", "LoadBalancer"]),
    ("sessionAffinity", &["None", "ClientIP"]),
    ("strategy.type", &["RollingUpdate", "Recreate"]),
];

/// Fields of tables that the chart prints whole.
const FIELDS: &[(&str, &[&str])] = &[
    ("strategy", &["type", "rollingUpdate"]),
    ("strategy.rollingUpdate", &["maxSurge", "maxUnavailable"]),
    ("resources", &["requests", "limits"]),
    ("resources.requests", &["cpu", "memory"]),
    ("resources.limits", &["cpu", "memory"]),
];

/// What is known of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct About {
    /// Its path.
    pub(crate) path: String,
    /// What it does, and whether this release reads it.
    pub(crate) paragraphs: Vec<String>,
    /// Term and description.
    pub(crate) facts: Vec<(&'static str, String)>,
    /// Where Learn tells of it.
    pub(crate) address: String,
}

/// The key at a byte of a text, and where it stands.
pub(crate) fn key_at(text: &str, at: usize) -> Option<(Vec<String>, Range<usize>)> {
    let map = read(text.as_bytes(), Origin::Default).ok()?.map;
    let mut path = Vec::new();
    let bytes = key_in(&map, at, &mut path)?;
    Some((path, bytes))
}

fn key_in(map: &Map, at: usize, path: &mut Vec<String>) -> Option<Range<usize>> {
    for (name, node) in map {
        path.push(name.clone());
        let key = node.key.map(|span| span.start.offset..span.end.offset);
        if let Some(key) = key.filter(|key| (key.start..=key.end).contains(&at)) {
            return Some(key);
        }
        if let Some(found) = key_below(node, at, path) {
            return Some(found);
        }
        path.pop();
    }
    None
}

fn key_below(node: &Node, at: usize, path: &mut Vec<String>) -> Option<Range<usize>> {
    match &node.value {
        Value::Map(map) => key_in(map, at, path),
        Value::List(items) => {
            path.push("*".to_owned());
            let found = items.iter().find_map(|item| key_below(item, at, path));
            if found.is_none() {
                path.pop();
            }
            found
        }
        _ => None,
    }
}

/// What is known of a path in a release; `None` where no release reads it.
pub(crate) fn about(release: &'static Release, path: &[String]) -> Option<About> {
    let key = described(path)?;
    let mut paragraphs = vec![key.effect().to_owned()];
    if !release.reads(&path.join(".")) {
        paragraphs.push(format!("Chart release {} does not read it.", release.id));
    }
    let mut facts = vec![("Type", key.types_in_words())];
    if let Some(default) = json_default(release, path) {
        facts.push(("Default", shortened(default)));
    }
    facts.push(("Read by", key.read_by_in_words()));
    Some(About {
        path: path.join("."),
        paragraphs,
        facts,
        address: format!("learn/values-keys/#{}", key.path),
    })
}

/// The described key that a path falls under: itself, with `*` for any part.
fn described(path: &[String]) -> Option<&'static Key> {
    Key::all().iter().find(|key| {
        let parts: Vec<&str> = key.path.split('.').collect();
        parts.len() == path.len() && parts.iter().zip(path).all(|(part, name)| *part == "*" || part == name)
    })
}

fn json_default(release: &Release, path: &[String]) -> Option<String> {
    let default = release.default_at(path.iter().map(String::as_str))?;
    Some(default.to_json())
}

fn shortened(text: String) -> String {
    const MOST: usize = 120;
    if text.chars().count() <= MOST {
        return text;
    }
    text.chars().take(MOST).chain(['…']).collect()
}

/// Something that may be written at a spot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is matched and shown.
    pub(crate) label: String,
    /// What is written.
    pub(crate) text: String,
    /// Whether it is a key.
    pub(crate) is_key: bool,
    /// Type and default.
    pub(crate) detail: String,
    /// What it does.
    pub(crate) info: String,
}

/// What the release reads at a spot and is not there yet.
pub(crate) fn choices(release: &'static Release, spot: &Spot) -> Vec<Choice> {
    let parents: Vec<String> = spot
        .parents
        .iter()
        .map(|parent| if parent == "[]" { "*".to_owned() } else { parent.clone() })
        .collect();
    match &spot.role {
        Role::Key { others, colon } => keys(release, &parents, *colon)
            .into_iter()
            .filter(|choice| !others.contains(&choice.label))
            .collect(),
        Role::Value => {
            let mut choices = values(release, &parents);
            // An item that begins a table.
            if parents.last().is_some_and(|last| last == "*") {
                choices.extend(keys(release, &parents, false));
            }
            choices
        }
    }
}

fn keys(release: &'static Release, parents: &[String], colon: bool) -> Vec<Choice> {
    let mut names: Vec<&str> = Vec::new();
    for key in release.known_keys() {
        if let Some(name) = child(key.path, parents).filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    names.extend(fitting(FIELDS, parents));
    names
        .into_iter()
        .map(|name| {
            let path: Vec<String> = parents.iter().cloned().chain([name.to_owned()]).collect();
            let key = described(&path);
            let kind = key.and_then(|key| key.types.first()).map(|kind| kind.word());
            let default = json_default(release, &path).filter(|default| default.len() <= 24);
            let detail = [kind.map(str::to_owned), default]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>();
            Choice {
                label: name.to_owned(),
                text: if colon { name.to_owned() } else { format!("{name}: ") },
                is_key: true,
                detail: detail.join(", "),
                info: key.map(|key| key.effect().to_owned()).unwrap_or_default(),
            }
        })
        .collect()
}

/// The part of a pattern behind `parents`, unless it stands for any name.
fn child<'a>(pattern: &'a str, parents: &[String]) -> Option<&'a str> {
    let mut parts = pattern.split('.');
    for parent in parents {
        let part = parts.next()?;
        if part != "*" && part != parent {
            return None;
        }
    }
    parts.next().filter(|name| *name != "*")
}

fn values(release: &'static Release, path: &[String]) -> Vec<Choice> {
    let default = json_default(release, path);
    let booleans = described(path).is_some_and(|key| key.types.contains(&ValueType::Boolean));
    let words = fitting(WORDS, path).chain(booleans.then_some(["true", "false"]).into_iter().flatten());
    words
        .map(|word| {
            let is_default = default
                .as_deref()
                .is_some_and(|default| default.trim_matches('"') == word);
            Choice {
                label: word.to_owned(),
                text: word.to_owned(),
                is_key: false,
                detail: if is_default {
                    "default".to_owned()
                } else {
                    String::new()
                },
                info: String::new(),
            }
        })
        .collect()
}

/// The words of the table's row whose path the given one ends with.
fn fitting(
    table: &'static [(&'static str, &'static [&'static str])],
    path: &[String],
) -> impl Iterator<Item = &'static str> {
    let path = path.join(".");
    table
        .iter()
        .filter(move |(end, _)| path == *end || path.strip_suffix(end).is_some_and(|rest| rest.ends_with('.')))
        .flat_map(|(_, words)| words.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::super::spot::spot;
    use super::*;

    fn release(id: &str) -> &'static Release {
        Release::find(id).unwrap()
    }

    fn labels(id: &str, text: &str) -> Vec<String> {
        let at = text.find('¦').unwrap();
        let spot = spot(&text.replace('¦', ""), at).unwrap();
        choices(release(id), &spot)
            .into_iter()
            .map(|choice| choice.label)
            .collect()
    }

    #[test]
    fn keys_of_the_release_that_are_not_there_yet() {
        let app = labels("7.1.0", "app:\n  replicaCount: 2\n  ¦");
        assert!(app.contains(&"allowMultiReplica".to_owned()), "{app:?}");
        assert!(!app.contains(&"replicaCount".to_owned()), "{app:?}");
        assert!(!labels("14.0.0", "app:\n  ¦").contains(&"allowMultiReplica".to_owned()));
        assert!(labels("7.1.0", "¦").contains(&"worker".to_owned()));
        assert_eq!(labels("7.1.0", "app:\n  strategy:\n    ¦"), ["type", "rollingUpdate"]);
        assert_eq!(labels("7.1.0", "nothing:\n  ¦"), [""; 0]);
    }

    #[test]
    fn values_that_kubernetes_takes() {
        assert_eq!(labels("7.1.0", "app:\n  allowMultiReplica: ¦"), ["true", "false"]);
        assert_eq!(
            labels("7.1.0", "app:\n  strategy:\n    type: R¦"),
            ["RollingUpdate", "Recreate"]
        );
        let modes = labels("7.1.0", "app:\n  workspaces:\n    accessModes:\n    - ¦");
        assert_eq!(modes[..2], ["ReadWriteOnce", "ReadWriteMany"]);
        let entry = labels("7.1.0", "ingress:\n  tls:\n  - ¦");
        assert!(entry.contains(&"secretName".to_owned()), "{entry:?}");
    }

    #[test]
    fn a_choice_says_what_it_is() {
        let spot = spot("app:\n  re", 9).unwrap();
        let choices = choices(release("7.1.0"), &spot);
        let choice = choices.iter().find(|choice| choice.label == "replicaCount").unwrap();
        assert_eq!(choice.text, "replicaCount: ");
        assert_eq!(choice.detail, "whole number, 1");
        assert!(!choice.info.is_empty());
    }

    #[test]
    fn help_is_about_the_key_under_the_pointer() {
        let text = "app: {replicaCount: 2}\n'ingress':\n  hosts:\n  - host: a\n    tls: 1\n";
        let path = |needle: &str| key_at(text, text.find(needle).unwrap() + 1).map(|(path, _)| path.join("."));
        assert_eq!(path("replica").as_deref(), Some("app.replicaCount"));
        assert_eq!(path("'ingress'").as_deref(), Some("ingress"));
        assert_eq!(path("host: a").as_deref(), Some("ingress.hosts.*.host"));
        assert_eq!(path("2}"), None);
        assert_eq!(key_at("a: [", 0), None);
    }

    #[test]
    fn help_says_what_this_release_makes_of_it() {
        let path = ["app".to_owned(), "allowMultiReplica".to_owned()];
        let here = about(release("7.1.0"), &path).unwrap();
        assert_eq!(here.paragraphs.len(), 1);
        assert_eq!(here.address, "learn/values-keys/#app.allowMultiReplica");
        assert!(here.facts.contains(&("Default", "false".to_owned())), "{here:?}");
        assert!(
            here.facts.contains(&("Read by", "main-776 to main-871".to_owned())),
            "{here:?}"
        );
        let later = about(release("14.0.0"), &path).unwrap();
        assert_eq!(later.paragraphs[1], "Chart release 14.0.0 does not read it.");
        assert_eq!(about(release("7.1.0"), &["mine".to_owned()]), None);
    }
}
