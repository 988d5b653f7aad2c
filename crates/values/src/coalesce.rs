//! Merging of files, and the chart's defaults underneath (pkg/cli/values options.go, pkg/chartutil coalesce.go).

use crate::value::{Map, Node, Value};

/// Lays a later file over earlier ones: tables are merged, everything else is replaced, null too.
pub(crate) fn overlay(base: &mut Map, over: Map) {
    for (key, node) in over {
        if let (
            Value::Map(_),
            Some(Node {
                value: Value::Map(below),
                ..
            }),
        ) = (&node.value, base.get_mut(&key))
        {
            if let Value::Map(above) = node.value {
                overlay(below, above);
            }
        } else {
            base.insert(key, node);
        }
    }
}

/// Puts the defaults under the user's values. A user's null deletes a default; what Helm warns about on stderr is
/// returned in its words, in byte order of the keys (Helm's own order is that of Go's maps, random).
pub(crate) fn coalesce(mut user: Map, defaults: &Map, chart: &str) -> (Map, Vec<String>) {
    let mut warnings = Vec::new();
    for (key, default) in defaults {
        match user.get_mut(key) {
            None => {
                user.insert(key.clone(), default.clone());
            }
            Some(Node { value: Value::Null, .. }) => {
                user.remove(key);
            }
            Some(Node {
                value: Value::Map(table),
                ..
            }) => match &default.value {
                Value::Map(below) => coalesce_tables(table, below, &format!("{chart}.{key}"), &mut warnings),
                Value::Null => {}
                _ => warnings.push(format!(
                    "coalesce.go:237: warning: skipped value for {chart}.{key}: Not a table."
                )),
            },
            Some(_) => {}
        }
    }
    (user, warnings)
}

fn coalesce_tables(user: &mut Map, defaults: &Map, path: &str, warnings: &mut Vec<String>) {
    for (key, default) in defaults {
        let full = format!("{path}.{key}");
        match user.get_mut(key) {
            None => {
                user.insert(key.clone(), default.clone());
            }
            Some(Node { value: Value::Null, .. }) => {
                user.remove(key);
            }
            Some(node) => match (&mut node.value, &default.value) {
                (Value::Map(table), Value::Map(below)) => coalesce_tables(table, below, &full, warnings),
                // A default of nil is no value to lose.
                (Value::Map(_), Value::Null) => {}
                (Value::Map(_), below) => warnings.push(format!(
                    "coalesce.go:301: warning: destination for {full} is a table. Ignoring non-table value ({})",
                    below.print()
                )),
                (_, below @ Value::Map(_)) => warnings.push(format!(
                    "coalesce.go:298: warning: cannot overwrite table with non table for {full} ({})",
                    below.print()
                )),
                _ => {}
            },
        }
    }
}
