//! Which values keys the chart's templates read, release by release.
//!
//! That a key is read follows from walking the templates, so it cannot drift from what is evaluated; what it does is
//! written down in [`table`], and a test holds the two together.

mod nearest;
mod table;
mod unknown;

pub use table::{Key, ValueType};
pub use unknown::UnknownKey;

use std::collections::BTreeMap;

use crate::page::Reach;
use crate::{Release, templates};

/// What a release's templates read, from walking every branch of them: how far they read at each path.
#[derive(Debug, Default)]
pub(crate) struct Keys(BTreeMap<String, Reach>);

impl Keys {
    /// Walks the templates.
    pub(crate) fn of(release: &'static Release) -> Self {
        // In ascending order of reach, so the widest one stays.
        let mut keys = BTreeMap::new();
        keys.extend(templates::survey(release).into_inner());
        Self(keys)
    }

    /// Whether a path, or something below it, is read, or a table it is in is read whole.
    fn reach(&self, path: &str) -> bool {
        self.0.iter().any(|(read, reach)| {
            read == path
                || is_below(read, path)
                || match reach {
                    Reach::Value => false,
                    Reach::Keys => {
                        is_below(path, read) && !path.get(read.len() + 1..).unwrap_or_default().contains('.')
                    }
                    Reach::Tree => is_below(path, read),
                }
        })
    }

    /// Whether more is read below a path, key by key.
    fn goes_on(&self, path: &str) -> bool {
        matches!(self.0.get(path), None | Some(Reach::Value)) && self.0.keys().any(|read| is_below(read, path))
    }
}

/// Whether a path lies below another.
fn is_below(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
}

impl Release {
    /// Whether the templates of this release read a values path, something below it, or the whole of a table it is in.
    #[must_use]
    pub fn reads(&'static self, path: &str) -> bool {
        self.keys().reach(path)
    }

    /// Every key this release reads, in the order of their paths.
    pub fn known_keys(&'static self) -> impl Iterator<Item = &'static Key> {
        Key::all().iter().filter(|key| self.keys().0.contains_key(key.path))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rollcast_values::Value;

    use super::*;

    #[test]
    fn every_key_that_is_read_is_described_and_no_other() {
        let read: BTreeSet<&str> = Release::all()
            .iter()
            .flat_map(|release| release.keys().0.keys().map(String::as_str))
            .collect();
        let described: Vec<&str> = Key::all().iter().map(|key| key.path).collect();
        assert_eq!(described, read.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn reading_follows_the_releases() {
        let readers = |path: &str| -> Vec<&str> {
            let reading = |release: &&'static Release| release.reads(path);
            Release::all()
                .iter()
                .filter(reading)
                .map(|release| release.id)
                .collect()
        };
        assert_eq!(readers("app.allowMultiReplica"), ["main-776", "7.1.0", "main-871"]);
        assert_eq!(
            readers("app.preStopDelaySeconds"),
            ["main-775", "main-776", "7.1.0", "main-871"]
        );
        assert_eq!(readers("app.pdb"), ["11.1.0", "14.0.0", "main-1838"]);
        assert_eq!(readers("database.host"), [""; 0]);
        for (path, reads) in [
            ("app", true),
            ("app.env", true),
            ("app.env.LOG_LEVEL", true),
            ("app.env.LOG_LEVEL.x", false),
            ("app.resources.limits.memory", true),
            ("app.strategy.rollingUpdate.maxSurge", true),
            ("app.workspaces.accessMode", false),
            ("app.replicaCount.x", false),
            ("allowMultiReplica", false),
            ("application", false),
        ] {
            assert_eq!(Release::find("7.1.0").unwrap().reads(path), reads, "{path}");
        }
    }

    #[test]
    fn what_is_known_of_a_key_has_words() {
        let key = |path: &str| Key::find(path).unwrap();
        for (path, words) in [
            ("app.replicaCount", "all chart releases"),
            ("app.allowMultiReplica", "main-776 to main-871"),
            ("app.pdb.enabled", "11.1.0 and later"),
        ] {
            assert_eq!(key(path).read_by_in_words(), words, "{path}");
        }
        assert_eq!(key("app.pdb.minAvailable").types_in_words(), "whole number or text");
        let default = |path: &str| Release::find("7.1.0").unwrap().default_at(path.split('.'));
        assert_eq!(default("app.replicaCount").map(Value::to_json).as_deref(), Some("1"));
        assert_eq!(default("app.replicaCount.more"), None);
        assert_eq!(default("app.pdb"), None);
    }
}
