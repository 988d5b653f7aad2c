use rollcast_values::{Origin, Value};

use super::nearest::nearest;
use crate::Release;

/// A key that was given and that no template of the release reads; Helm says nothing about it.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownKey {
    /// Its path, in dots.
    pub path: String,
    /// Where its value was given.
    pub origin: Origin,
    /// Its name has a dot of its own, so that no release reads it.
    dotted: bool,
}

impl UnknownKey {
    /// A key the release reads that may have been meant: a neighbour spelt alike, or the same name in another table.
    #[must_use]
    pub fn nearest(&self, release: &'static Release) -> Option<String> {
        nearest(release.keys(), &self.path)
    }

    /// Ids of the releases that read it, oldest first.
    #[must_use]
    pub fn read_by(&self) -> Vec<&'static str> {
        let reading = |release: &&'static Release| !self.dotted && release.reads(&self.path);
        Release::all()
            .iter()
            .filter(reading)
            .map(|release| release.id)
            .collect()
    }
}

impl Release {
    /// The keys of given values (before the defaults came underneath) that this release never reads, the outermost
    /// ones where a whole table is not read, in byte order of the paths.
    #[must_use]
    pub fn unknown_keys(&'static self, given: &Value) -> Vec<UnknownKey> {
        let mut found = Vec::new();
        self.walk(given, "", &mut found);
        found
    }

    fn walk(&'static self, value: &Value, path: &str, found: &mut Vec<UnknownKey>) {
        let Value::Map(map) = value else { return };
        for (key, node) in map {
            let path = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            // A key with a dot in it is one key, not a path, and the chart reads no such key by its name.
            let dotted = key.contains('.');
            if !dotted && self.reads(&path) {
                if self.keys().goes_on(&path) {
                    self.walk(&node.value, &path, found);
                }
                continue;
            }
            found.push(UnknownKey {
                origin: node.origin,
                path,
                dotted,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use rollcast_values::{Origin, Value, read};

    use crate::Release;

    fn unknown(release: &str, text: &str) -> Vec<String> {
        let read = read(text.as_bytes(), |span| Origin::File { file: 0, span }).unwrap();
        let release = Release::find(release).unwrap();
        let found = release.unknown_keys(&Value::Map(read.map));
        found
            .into_iter()
            .map(|key| {
                let line = key.origin.span().map_or(0, |span| span.start.line + 1);
                let nearest = key.nearest(release).unwrap_or_default();
                format!("{line} {} near [{nearest}] read by {:?}", key.path, key.read_by())
            })
            .collect()
    }

    #[test]
    fn keys_of_other_releases_and_typos_are_told_apart() {
        let text = "app:\n  allowMultiReplica: true\n  workspaces: {accessMode: [ReadWriteMany]}\n  env: {ANY: 1}\n";
        assert_eq!(
            unknown("7.1.0", text),
            ["3 app.workspaces.accessMode near [app.workspaces.accessModes] read by []"]
        );
        assert_eq!(
            unknown("14.0.0", text),
            [
                "2 app.allowMultiReplica near [] read by [\"main-776\", \"7.1.0\", \"main-871\"]",
                "3 app.workspaces.accessMode near [] read by []"
            ]
        );
    }

    #[test]
    fn whole_tables_are_named_once_and_whole_values_are_known() {
        assert_eq!(
            unknown(
                "7.1.0",
                "metrics: {serviceMonitor: {enabled: true}}\napp: {resources: {x: {y: 1}}}\n"
            ),
            ["1 metrics near [] read by [\"11.0.0\", \"11.1.0\", \"14.0.0\", \"main-1838\"]"]
        );
        assert_eq!(
            unknown("7.1.0", "ingress: {tls: [{hosts: [a], secretName: b, x: 1}]}\n"),
            [""; 0]
        );
    }

    #[test]
    fn a_default_can_be_a_key_that_nothing_reads() {
        let release = Release::find("14.0.0").unwrap();
        let paths: Vec<String> = release
            .unknown_keys(&Value::Map(release.defaults().clone()))
            .into_iter()
            .map(|key| key.path)
            .collect();
        assert_eq!(paths, ["database.host", "database.port"]);
    }
}
