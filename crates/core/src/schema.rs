//! A JSON Schema for the values of a chart release, for editors.

use std::collections::BTreeMap;

use rollcast_chart::{Key, Release};
use serde_json::{Map, Value, json};

use crate::Failure;
use crate::shape::Shape;
use crate::side::release;

/// The JSON Schema (draft 7, which editors know best) of the values files of a chart release: every key its templates
/// read, with what it does, its type and its default. `chart` is a release or a published version, as in a request.
///
/// It rejects only what is told in a report as well: what Helm or the API server refuses, or a finding names. Much that it
/// accepts is still wrong, because what matters is often the values together.
///
/// # Errors
/// There is no such release.
pub fn schema(chart: &str) -> Result<Value, Failure> {
    let release = release(chart)?;
    let mut tree = Tree::default();
    for key in release.known_keys() {
        tree.add(key.path.split('.'), key);
    }
    let mut schema = tree.table(release, "");
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert(
        "title".to_owned(),
        json!(format!("Values of the Lobu chart, release {}", release.id)),
    );
    schema.insert("description".to_owned(), json!(release.summary));
    // Places for anchors, which other tools' files have taught people to write like this.
    schema.insert("patternProperties".to_owned(), json!({ "^x-": {} }));
    Ok(Value::Object(schema))
}

/// The keys as a tree of tables.
#[derive(Default)]
struct Tree {
    key: Option<&'static Key>,
    below: BTreeMap<&'static str, Tree>,
}

impl Tree {
    fn add(&mut self, mut path: impl Iterator<Item = &'static str>, key: &'static Key) {
        match path.next() {
            None => self.key = Some(key),
            Some(name) => self.below.entry(name).or_default().add(path, key),
        }
    }

    fn schema(&self, release: &'static Release, path: &str) -> Value {
        let mut schema = match self.below.get("*") {
            Some(items) => {
                let items = items.schema(release, &format!("{path}.*"));
                as_map(json!({ "type": ["array", "null"], "items": items }))
            }
            None if self.below.is_empty() => leaf(self.key),
            None => {
                let mut table = self.table(release, path);
                if self.key.is_some() {
                    // It is asked for as a whole as well, so it may be deleted.
                    table.insert("type".to_owned(), json!(["object", "null"]));
                }
                table
            }
        };
        if let Some(key) = self.key {
            schema.insert("description".to_owned(), json!(key.effect()));
        }
        if let Some(default) = default(release, path) {
            schema.insert("default".to_owned(), default);
        }
        Value::Object(schema)
    }

    /// A table whose keys are known; others are allowed where the templates read the table whole.
    fn table(&self, release: &'static Release, path: &str) -> Map<String, Value> {
        let join = |name: &str| {
            if path.is_empty() {
                name.to_owned()
            } else {
                format!("{path}.{name}")
            }
        };
        let properties: Map<String, Value> = self
            .below
            .iter()
            .map(|(name, tree)| ((*name).to_owned(), tree.schema(release, &join(name))))
            .collect();
        let whole = release.reads(&join("\u{0}"));
        as_map(json!({ "type": "object", "properties": properties, "additionalProperties": whole }))
    }
}

/// A value that stands alone.
fn leaf(key: Option<&Key>) -> Map<String, Value> {
    let alternatives: Vec<Value> = key.into_iter().flat_map(Shape::all).map(Shape::schema).collect();
    match alternatives.as_slice() {
        [only] => as_map(only.clone()),
        _ => as_map(json!({ "anyOf": alternatives })),
    }
}

fn default(release: &Release, path: &str) -> Option<Value> {
    serde_json::from_str(&release.own_default_at(path)?.to_json()).ok()
}

fn as_map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(chart: &str, path: &str) -> Value {
        let schema = schema(chart).unwrap();
        path.split('.')
            .fold(schema, |schema, name| schema["properties"][name].clone())
    }

    #[test]
    fn a_key_has_its_effect_type_and_default() {
        let replicas = at("7.1.0", "app.replicaCount");
        assert_eq!(replicas["default"], 1);
        assert_eq!(replicas["description"], "How many pods the app has.");
        assert_eq!(at("7.1.0", "app.allowMultiReplica")["type"], json!(["boolean", "null"]));
        assert_eq!(
            at("7.1.0", "app.workspaces.accessModes")["default"],
            json!(["ReadWriteOnce"])
        );
        assert_eq!(
            at("7.1.0", "app.workspaces.accessModes")["items"]["enum"][2],
            "ReadWriteMany"
        );
    }

    #[test]
    fn releases_know_their_own_keys() {
        assert_eq!(at("14.0.0", "app.allowMultiReplica"), Value::Null);
        assert_eq!(at("14.0.0", "app")["additionalProperties"], false);
        assert_eq!(at("14.0.0", "app.lifecycle.preStopSleepSeconds")["default"], 5);
        assert_eq!(
            schema("9.3.0").unwrap(),
            schema("7.2.0").unwrap(),
            "a published version is its release"
        );
        assert!(schema("1.2.3").is_err());
    }

    #[test]
    fn tables_that_are_read_whole_take_any_key() {
        for path in ["app.env", "app.strategy", "app.resources", "ingress.annotations"] {
            assert_ne!(at("7.1.0", path)["additionalProperties"], false, "{path}");
        }
        for path in ["app", "app.workspaces", "healthCheck.readinessProbe"] {
            assert_eq!(at("7.1.0", path)["additionalProperties"], false, "{path}");
        }
        assert_eq!(
            at("7.1.0", "ingress.tls")["items"]["properties"]["secretName"]["type"],
            json!(["string", "number", "null"])
        );
    }
}
