use rollcast_chart::Release;
use rollcast_values::{Map, Node, Value};

use super::{Definition, Example, Found, Lesson, Situation};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "unread-key",
    title: "The chart never reads this key",
    severity: Severity::Info,
    why: "The setting has no effect.",
    action: "Remove the key, or write the one that is read.",
    verify: &[(
        "The defaults, with every key the chart knows.",
        "helm show values oci://ghcr.io/lobu-ai/charts/lobu",
    )],
    source: "Helm, no schema in any release of the chart",
    check,
    ..Definition::BASE
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The chart has no schema, so a key that no template reads is ignored without a word: a misspelt one, one at the \
            wrong level, and one that only another release reads. Values that outlive an upgrade of the chart are full of \
            them: app.allowMultiReplica is read by releases main-776 to main-871 only.",
    examples: &[
        Example {
            name: "A level too high",
            values: "allowMultiReplica: true\n",
            ..Example::BASE
        },
        Example {
            name: "The singular",
            values: "app:\n  workspaces:\n    accessMode: ReadWriteMany\n",
            ..Example::BASE
        },
        Example {
            name: "A key of earlier releases",
            chart: "14.0.0",
            values: "app:\n  allowMultiReplica: true\n",
            ..Example::BASE
        },
        Example {
            name: "Variables are read whatever they are called",
            values: "app:\n  env:\n    ANYTHING: \"1\"\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// The most keys that are told.
const MOST: usize = 20;

/// Keys that mean the same in different releases.
const RENAMED: [(&str, &str); 1] = [("app.preStopDelaySeconds", "app.lifecycle.preStopSleepSeconds")];

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let mut unread = Vec::new();
    if let Value::Map(given) = &situation.effective.given {
        walk(situation.release, given, "", &mut unread);
    }
    let more = unread.len().saturating_sub(MOST);
    let mut found: Vec<Found> = unread
        .into_iter()
        .take(MOST)
        .map(|(path, node)| tell(situation, &path, node))
        .collect();
    if more > 0 {
        found.push(Found::new(format!("There are {more} more keys that are not read.")));
    }
    found
}

/// The highest keys that are not read.
fn walk<'a>(release: &'static Release, given: &'a Map, above: &str, unread: &mut Vec<(String, &'a Node)>) {
    for (key, node) in given {
        let path = format!("{above}{key}");
        if !release.reads(&path) {
            unread.push((path, node));
        } else if let Value::Map(below) = &node.value {
            walk(release, below, &format!("{path}."), unread);
        }
    }
}

fn tell(situation: &Situation<'_>, path: &str, node: &Node) -> Found {
    let release = situation.release;
    let readers: Vec<&str> = Release::all()
        .iter()
        .filter(|other| other.reads(path))
        .map(|other| other.id)
        .collect();
    let renamed = RENAMED
        .iter()
        .find_map(|(old, new)| match path {
            _ if path == *old => Some(*new),
            _ if path == *new => Some(*old),
            _ => None,
        })
        .filter(|other| release.reads(other));
    let found = match (readers.as_slice(), renamed) {
        (_, Some(other)) => Found::new(format!(
            "{path} is not read by release {}, which reads {other}.",
            release.id
        ))
        .action(format!("Write {other}."))
        .severity(Severity::Warning),
        ([first, .., last], None) => Found::new(format!(
            "{path} is read by releases {first} to {last}, not by {}.",
            release.id
        ))
        .severity(Severity::Warning),
        ([only], None) => {
            Found::new(format!("{path} is read by release {only}, not by {}.", release.id)).severity(Severity::Warning)
        }
        ([], None) => match nearest(release, path) {
            Some(other) => Found::new(format!("No release reads {path}; {other} is read."))
                .action(format!("Write {other}, if that is what you mean."))
                .severity(Severity::Warning),
            None => Found::new(format!("No release reads {path}.")),
        },
    };
    found.on(situation.given(path, node))
}

/// The key of the chart that was probably meant: a sibling that is spelt almost like it, or the same key elsewhere.
fn nearest(release: &Release, path: &str) -> Option<String> {
    let (above, key) = path.rsplit_once('.').unwrap_or(("", path));
    let defaults = release.defaults();
    let siblings = if above.is_empty() {
        Some(defaults)
    } else {
        table(defaults, above)
    };
    let close =
        |other: &&String| distance(&key.to_ascii_lowercase(), &other.to_ascii_lowercase()) <= (key.len() / 4).min(2);
    if let Some(sibling) = siblings.and_then(|siblings| siblings.keys().find(close)) {
        return Some(if above.is_empty() {
            sibling.clone()
        } else {
            format!("{above}.{sibling}")
        });
    }
    elsewhere(defaults, key, "")
}

fn table<'a>(defaults: &'a Map, path: &str) -> Option<&'a Map> {
    path.split('.')
        .try_fold(defaults, |map, key| match &map.get(key)?.value {
            Value::Map(below) => Some(below),
            _ => None,
        })
}

fn elsewhere(map: &Map, key: &str, above: &str) -> Option<String> {
    map.iter().find_map(|(name, node)| {
        let path = format!("{above}{name}");
        match &node.value {
            // A key at the top would have been found where it was looked for.
            _ if name.eq_ignore_ascii_case(key) && !above.is_empty() => Some(path),
            Value::Map(below) => elsewhere(below, key, &format!("{path}.")),
            _ => None,
        }
    })
}

/// How many letters must be changed, added or taken away (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, of_a) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, of_b) in b.iter().enumerate() {
            let change = diagonal + usize::from(of_a != *of_b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted() {
        for (a, b, expected) in [
            ("", "", 0),
            ("abc", "", 3),
            ("accessmode", "accessmodes", 1),
            ("replicacount", "replicascount", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!((distance(a, b), distance(b, a)), (expected, expected), "{a}, {b}");
        }
    }

    #[test]
    fn the_key_that_was_meant() {
        let release = Release::find("7.1.0").unwrap();
        for (path, expected) in [
            ("allowMultiReplica", Some("app.allowMultiReplica")),
            ("workspaces", Some("app.workspaces")),
            ("app.workspaces.accessMode", Some("app.workspaces.accessModes")),
            ("app.replicacount", Some("app.replicaCount")),
            ("App", Some("app")),
            ("app.x", None),
            ("nothing.like.it", None),
        ] {
            assert_eq!(nearest(release, path).as_deref(), expected, "{path}");
        }
    }
}
