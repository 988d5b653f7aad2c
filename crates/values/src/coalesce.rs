//! Merging of files, and the chart's defaults underneath (pkg/cli/values options.go, pkg/chartutil coalesce.go).
//!
//! What a null does depends on the Helm line. It deletes a default everywhere; where the default itself is null, Helm
//! 3.17 deletes the key and later ones keep the user's null; Helm 4.2 drops the chart's own nulls before all else.

use crate::HelmLine;
use crate::map::Map;
use crate::print::go_quote;
use crate::value::{Node, Value};

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

/// Puts the defaults under the user's values. What Helm warns about on stderr is returned in its words, in byte order of
/// the keys (Helm's own order is that of Go's maps, random).
pub(crate) fn coalesce(mut user: Map, defaults: &Map, chart: &str, helm: HelmLine) -> (Map, Vec<String>) {
    let mut coalescer = Coalescer {
        helm,
        drops_nulls: helm == HelmLine::V4,
        warnings: Vec::new(),
    };
    for (key, default) in defaults {
        match user.get_mut(key) {
            None => coalescer.put(&mut user, key, default),
            Some(Node { value: Value::Null, .. }) => {
                user.remove(key);
            }
            Some(Node {
                value: Value::Map(table),
                ..
            }) => match &default.value {
                Value::Map(below) => coalescer.table(table, below, &format!("{chart}.{key}")),
                Value::Null => {}
                _ => coalescer.warn(
                    Warning::Skipped,
                    &format!("skipped value for {chart}.{key}: Not a table."),
                ),
            },
            Some(_) => {}
        }
    }
    (user, coalescer.warnings)
}

/// Puts one table under another, as for the values of the last release (`CoalesceTables`), and gives Helm's warnings.
pub(crate) fn coalesce_tables(user: &mut Map, below: &Map, helm: HelmLine) -> Vec<String> {
    let mut coalescer = Coalescer {
        helm,
        drops_nulls: false,
        warnings: Vec::new(),
    };
    coalescer.table(user, below, "");
    coalescer.warnings
}

struct Coalescer {
    helm: HelmLine,
    /// Whether nulls of what comes underneath stay away.
    drops_nulls: bool,
    warnings: Vec<String>,
}

/// The warnings, by the line of Helm's source that prints them.
enum Warning {
    Skipped,
    NotOverwritten,
    Ignored,
}

impl Coalescer {
    /// A default that the user's values lack.
    fn put(&self, user: &mut Map, key: &str, default: &Node) {
        let mut default = default.clone();
        if self.drops_nulls {
            match &mut default.value {
                Value::Null => return,
                Value::Map(map) => drop_nulls(map),
                _ => {}
            }
        }
        user.insert(key.to_owned(), default);
    }

    fn table(&mut self, user: &mut Map, defaults: &Map, path: &str) {
        for (key, default) in defaults {
            let full = || {
                if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                }
            };
            let Some(node) = user.get_mut(key) else {
                self.put(user, key, default);
                continue;
            };
            match (&mut node.value, &default.value) {
                (Value::Null, Value::Null) if self.helm != HelmLine::V3_17 => {}
                (Value::Null, _) => {
                    user.remove(key);
                }
                (Value::Map(table), Value::Map(below)) => self.table(table, below, &full()),
                // A default of nil is no value to lose.
                (Value::Map(_), Value::Null) => {}
                (Value::Map(_), below) => {
                    let text = format!(
                        "destination for {} is a table. Ignoring non-table value ({})",
                        full(),
                        below.print()
                    );
                    self.warn(Warning::Ignored, &text);
                }
                (_, Value::Map(below)) => {
                    let mut below = below.clone();
                    if self.drops_nulls {
                        drop_nulls(&mut below);
                    }
                    let below = Value::Map(below).print();
                    let text = format!("cannot overwrite table with non table for {} ({below})", full());
                    self.warn(Warning::NotOverwritten, &text);
                }
                _ => {}
            }
        }
    }

    /// Helm 3 prints where in its source it warns; Helm 4 prints the line of a structured log.
    fn warn(&mut self, warning: Warning, text: &str) {
        let line = match (self.helm, warning) {
            (HelmLine::V4, _) => {
                let message = go_quote(&format!("warning: {text}"));
                return self.warnings.push(format!("level=INFO msg={message}"));
            }
            (_, Warning::Skipped) => 237,
            (HelmLine::V3_17, Warning::NotOverwritten) => 298,
            (HelmLine::V3_17, Warning::Ignored) => 301,
            (HelmLine::V3_20, Warning::NotOverwritten) => 316,
            (HelmLine::V3_20, Warning::Ignored) => 319,
        };
        self.warnings.push(format!("coalesce.go:{line}: warning: {text}"));
    }
}

/// Drops the nulls of a table and of the tables in it; those in lists stay.
fn drop_nulls(map: &mut Map) {
    map.retain(|_, node| {
        if let Value::Map(inner) = &mut node.value {
            drop_nulls(inner);
        }
        node.value != Value::Null
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, read};

    fn map(text: &str) -> Map {
        read(text.as_bytes(), Origin::Default).unwrap().map
    }

    fn coalesced(helm: HelmLine, user: &str, defaults: &str) -> (String, Vec<String>) {
        let (values, warnings) = coalesce(map(user), &map(defaults), "lab", helm);
        (Value::Map(values).to_json(), warnings)
    }

    #[test]
    fn nulls_depend_on_the_helm_line() {
        use HelmLine::{V3_17, V3_20, V4};
        let defaults = "z:\nt: {z: , v: 1, l: [null], t: {z: }}";
        for (helm, user, expected) in [
            (
                V3_17,
                "",
                r#"{"t":{"l":[null],"t":{"z":null},"v":1,"z":null},"z":null}"#,
            ),
            (
                V3_20,
                "",
                r#"{"t":{"l":[null],"t":{"z":null},"v":1,"z":null},"z":null}"#,
            ),
            (V4, "", r#"{"t":{"l":[null],"t":{},"v":1}}"#),
            (V3_17, "z:\nt: {z: , v: , l: , t: , x: }", r#"{"t":{"x":null}}"#),
            (
                V3_20,
                "z:\nt: {z: , v: , l: , t: , x: }",
                r#"{"t":{"x":null,"z":null}}"#,
            ),
            (V4, "z:\nt: {z: , v: , l: , t: , x: }", r#"{"t":{"x":null,"z":null}}"#),
            (
                V4,
                "t: {z: {a: 1}, t: {a: 1}}",
                r#"{"t":{"l":[null],"t":{"a":1},"v":1,"z":{"a":1}}}"#,
            ),
        ] {
            assert_eq!(
                coalesced(helm, user, defaults),
                (expected.to_owned(), Vec::new()),
                "{helm:?} {user}"
            );
        }
    }

    #[test]
    fn each_helm_line_warns_in_its_own_form() {
        let warnings = |helm| {
            coalesced(
                helm,
                "t: {t: '\"', l: {}}\nl: {}",
                "l: [a]\nt: {t: {z: , v: 1}, l: [b]}",
            )
            .1
        };
        assert_eq!(
            warnings(HelmLine::V3_20),
            [
                "coalesce.go:237: warning: skipped value for lab.l: Not a table.",
                "coalesce.go:319: warning: destination for lab.t.l is a table. Ignoring non-table value ([b])",
                "coalesce.go:316: warning: cannot overwrite table with non table for lab.t.t (map[v:1 z:<nil>])",
            ]
        );
        assert_eq!(
            warnings(HelmLine::V4),
            [
                r#"level=INFO msg="warning: skipped value for lab.l: Not a table.""#,
                r#"level=INFO msg="warning: destination for lab.t.l is a table. Ignoring non-table value ([b])""#,
                r#"level=INFO msg="warning: cannot overwrite table with non table for lab.t.t (map[v:1])""#,
            ]
        );
    }
}
