//! What a release changed against its predecessor, as far as it follows from defaults and keys.

use rollcast_values::{Map, Value};

use crate::{Key, Release};

/// A default that a release added, removed or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultChange {
    /// Its path, in dots; a whole table where all of it came or went.
    pub path: String,
    /// Before, as compact JSON; `None` where it is new.
    pub before: Option<String>,
    /// Since then, as compact JSON; `None` where it is gone.
    pub after: Option<String>,
}

impl Release {
    /// The release before this one in the chart's history.
    #[must_use]
    pub fn predecessor(&self) -> Option<&'static Self> {
        let at = Self::all().iter().position(|release| release.id == self.id)?;
        Self::all().get(at.checked_sub(1)?)
    }

    /// The defaults that differ from the predecessor's, in byte order of their paths; none for the first release.
    #[must_use]
    pub fn default_changes(&self) -> Vec<DefaultChange> {
        self.predecessor()
            .map_or_else(Vec::new, |predecessor| predecessor.drift_of(self.defaults()))
    }

    /// What other defaults, such as those of a copy of the chart, change against this release's, in byte order of their
    /// paths.
    #[must_use]
    pub fn drift_of(&self, defaults: &Map) -> Vec<DefaultChange> {
        let mut changes = Vec::new();
        compare("", self.defaults(), defaults, &mut changes);
        changes
    }

    /// The keys that this release reads and its predecessor does not.
    #[must_use]
    pub fn keys_gained(&'static self) -> Vec<&'static Key> {
        self.predecessor().map_or_else(Vec::new, |before| missing(self, before))
    }

    /// The keys that the predecessor reads and this release ignores.
    #[must_use]
    pub fn keys_lost(&'static self) -> Vec<&'static Key> {
        self.predecessor().map_or_else(Vec::new, |before| missing(before, self))
    }
}

/// Keys of one release that another does not read.
fn missing(of: &'static Release, from: &'static Release) -> Vec<&'static Key> {
    let known = |key: &&Key| !from.known_keys().any(|other| other.path == key.path);
    of.known_keys().filter(known).collect()
}

fn compare(path: &str, before: &Map, after: &Map, changes: &mut Vec<DefaultChange>) {
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    loop {
        // Both are in byte order; the smaller key comes next, on one side or on both.
        let key = match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some((key, _)), None) | (None, Some((key, _))) => *key,
            (Some((old, _)), Some((new, _))) => (*old).min(*new),
        };
        let old = old.next_if(|(name, _)| *name == key).map(|(_, node)| &node.value);
        let new = new.next_if(|(name, _)| *name == key).map(|(_, node)| &node.value);
        let path = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        if let (Some(Value::Map(before)), Some(Value::Map(after))) = (old, new) {
            compare(&path, before, after, changes);
            continue;
        }
        let (before, after) = (old.map(Value::to_json), new.map(Value::to_json));
        if before != after {
            changes.push(DefaultChange { path, before, after });
        }
    }
}
