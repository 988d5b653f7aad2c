use rollcast_chart::UnknownKey;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "unread-key",
    severity: Severity::Info,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The chart never reads this key",
    why: "The setting has no effect.",
    action: "Remove the key, or write the one that is read.",
    verify: &[(
        "The defaults, with every key the chart knows.",
        "helm show values oci://ghcr.io/lobu-ai/charts/lobu",
    )],
    source: "Helm, no schema in any release of the chart",
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
    let unread = situation.release.unknown_keys(&situation.effective.given);
    let more = unread.len().saturating_sub(MOST);
    let mut found: Vec<Found> = unread.iter().take(MOST).map(|key| tell(situation, key)).collect();
    if more > 0 {
        found.push(Found::new(format!("There are {more} more keys that are not read.")));
    }
    found
}

fn renamed(situation: &Situation<'_>, path: &str) -> Option<&'static str> {
    let other = RENAMED.iter().find_map(|(old, new)| match path {
        _ if path == *old => Some(*new),
        _ if path == *new => Some(*old),
        _ => None,
    });
    other.filter(|other| situation.release.reads(other))
}

/// The key that a release reads in place of one that it does not.
pub(crate) fn other_name(situation: &Situation<'_>, path: &str) -> Option<String> {
    let unread = situation.release.unknown_keys(&situation.effective.given);
    let key = unread.iter().find(|key| key.path == path)?;
    let nearest = || key.nearest(situation.release).filter(|_| key.read_by().is_empty());
    renamed(situation, path).map(str::to_owned).or_else(nearest)
}

fn tell(situation: &Situation<'_>, key: &UnknownKey) -> Found {
    let (release, path) = (situation.release, key.path.as_str());
    let renamed = renamed(situation, path);
    let found = match (key.read_by().as_slice(), renamed, key.nearest(release)) {
        (_, Some(other), _) => Found::new(format!(
            "{path} is not read by release {}, which reads {other}.",
            release.id
        ))
        .action(format!("Write {other}."))
        .severity(Severity::Warning),
        ([first, .., last], None, _) => Found::new(format!(
            "{path} is read by releases {first} to {last}, not by {}.",
            release.id
        ))
        .severity(Severity::Warning),
        ([only], None, _) => {
            Found::new(format!("{path} is read by release {only}, not by {}.", release.id)).severity(Severity::Warning)
        }
        ([], None, Some(other)) => Found::new(format!("No release reads {path}; {other} is read."))
            .action(format!("Write {other}, if that is what you mean."))
            .severity(Severity::Warning),
        ([], None, None) => Found::new(format!("No release reads {path}.")),
    };
    found.on(situation.unread(key))
}
