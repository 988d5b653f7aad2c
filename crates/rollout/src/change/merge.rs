//! How `spec.strategy` of a manifest merges into the live one.
//!
//! Only this field is modelled: a map with the text `type` and the map `rollingUpdate`, which holds scalars. In a
//! strategic patch it carries `retainKeys` (k8s.io/api, apps/v1/types.go), so that keys missing from the manifest go.
//! The results of server-side apply were taken from Kubernetes' own merging library (structured-merge-diff) by running
//! it on the cases that are tests here.

use serde_json::{Map, Value};

const BLOCK: &str = "rollingUpdate";

fn map(value: Option<&Value>) -> Option<&Map<String, Value>> {
    value.and_then(Value::as_object)
}

/// A client-side apply: a strategic patch made of the last manifest, the new one and the live object. `None` stands for
/// a manifest without `strategy`.
pub(super) fn client_side(last: Option<&Value>, new: Option<&Value>, live: &Value) -> Value {
    let Some(new) = map(new) else {
        // What was written and no longer is goes; what somebody else wrote stays.
        return if map(last).is_some() { Value::Null } else { live.clone() };
    };
    let live_map = map(Some(live)).cloned().unwrap_or_default();
    let last = map(last);
    let mut merged = Map::new();
    for (key, value) in new {
        match (value, live_map.get(key)) {
            (Value::Null, _) => {}
            (Value::Object(fields), Some(Value::Object(live))) => {
                let last = last.and_then(|last| map(last.get(key)));
                merged.insert(key.clone(), Value::Object(overlay(last, fields, live)));
            }
            (value, _) => {
                merged.insert(key.clone(), without_nulls(value));
            }
        }
    }
    // Without any difference to send there is no patch, and so no retainKeys either.
    let unchanged = merged.iter().all(|(key, value)| live_map.get(key) == Some(value))
        && new
            .iter()
            .all(|(key, value)| !value.is_null() || !live_map.contains_key(key))
        && last.is_none_or(|last| last.keys().all(|key| new.contains_key(key)));
    if unchanged { live.clone() } else { Value::Object(merged) }
}

/// A patch that only carries what is new.
pub(super) fn patch(new: Option<&Value>, live: &Value) -> Value {
    let Some(new) = map(new) else {
        return live.clone();
    };
    let mut merged = map(Some(live)).cloned().unwrap_or_default();
    for (key, value) in new {
        match (value, merged.get(key)) {
            (Value::Null, _) => {
                merged.remove(key);
            }
            (Value::Object(fields), Some(Value::Object(live))) => {
                let block = overlay(None, fields, live);
                merged.insert(key.clone(), Value::Object(block));
            }
            (value, _) => {
                merged.insert(key.clone(), without_nulls(value));
            }
        }
    }
    Value::Object(merged)
}

/// Server-side apply by a manager whose last manifest was `last`: it owns what stood there and nothing else.
pub(super) fn server_side(last: Option<&Value>, new: Option<&Value>, live: &Value) -> Value {
    let none = Map::new();
    let last = map(last).unwrap_or(&none);
    let new = map(new).unwrap_or(&none);
    let mut merged = map(Some(live)).cloned().unwrap_or_default();
    for key in last.keys().filter(|key| !new.contains_key(*key)) {
        // Owning the key of a map is owning all that is in it.
        merged.remove(key);
    }
    for (key, value) in new {
        if key != BLOCK {
            merged.insert(key.clone(), value.clone());
            continue;
        }
        // Null and an empty map take away what this manager wrote, and leave what it did not.
        let fields = map(Some(value)).unwrap_or(&none);
        let live = map(merged.get(key)).unwrap_or(&none);
        let block = overlay(map(last.get(key)), fields, live);
        let block = if block.is_empty() {
            Value::Null
        } else {
            Value::Object(block)
        };
        merged.insert(key.clone(), block);
    }
    Value::Object(merged)
}

/// `fields` over `live`, without what stood in `last` and no longer does.
fn overlay(
    last: Option<&Map<String, Value>>,
    fields: &Map<String, Value>,
    live: &Map<String, Value>,
) -> Map<String, Value> {
    let mut merged = live.clone();
    for key in last.into_iter().flat_map(Map::keys) {
        if !fields.contains_key(key) {
            merged.remove(key);
        }
    }
    for (key, value) in fields {
        if value.is_null() {
            merged.remove(key);
        } else {
            merged.insert(key.clone(), value.clone());
        }
    }
    merged
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(overlay(None, fields, &Map::new())),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rolling(surge: Value, unavailable: Value) -> Value {
        json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": surge, "maxUnavailable": unavailable}})
    }

    /// Last manifest, live strategy, new manifest, result: as Kubernetes' merging library gave them.
    #[test]
    fn server_side_apply() {
        let defaulted = || rolling(json!("25%"), json!("25%"));
        let recreate = json!({"type": "Recreate"});
        let kept = json!({"type": "Recreate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}});
        let gone = json!({"type": "Recreate", "rollingUpdate": null});
        let null = json!({"type": "Recreate", "rollingUpdate": null});
        let empty = json!({"type": "Recreate", "rollingUpdate": {}});
        let surge = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}});
        let both = rolling(json!(1), json!(0));
        let table = [
            (None, defaulted(), &recreate, &kept),
            (None, defaulted(), &null, &kept),
            (Some(json!({"type": "RollingUpdate"})), defaulted(), &recreate, &kept),
            (
                Some(surge.clone()),
                rolling(json!(1), json!("25%")),
                &recreate,
                &recreate,
            ),
            (
                Some(surge),
                rolling(json!(1), json!("25%")),
                &null,
                &json!({"type": "Recreate", "rollingUpdate": {"maxUnavailable": "25%"}}),
            ),
            (Some(both.clone()), both.clone(), &null, &gone),
            (Some(both.clone()), both.clone(), &empty, &gone),
            (Some(both.clone()), both.clone(), &recreate, &recreate),
            (
                Some(json!({"type": "RollingUpdate", "rollingUpdate": null})),
                defaulted(),
                &recreate,
                &recreate,
            ),
            (
                Some(json!({"type": "RollingUpdate", "rollingUpdate": null})),
                defaulted(),
                &null,
                &kept,
            ),
            (
                Some(json!({"type": "RollingUpdate", "rollingUpdate": {}})),
                defaulted(),
                &recreate,
                &recreate,
            ),
            (
                Some(both.clone()),
                both.clone(),
                &json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}}),
                &json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}}),
            ),
            (
                Some(both.clone()),
                both,
                &json!({"type": "RollingUpdate"}),
                &json!({"type": "RollingUpdate"}),
            ),
        ];
        for (last, live, new, expected) in table {
            assert_eq!(
                server_side(last.as_ref(), Some(new), &live),
                *expected,
                "{last:?}, {live}, {new}"
            );
        }
        assert_eq!(server_side(Some(&recreate), None, &recreate), json!({}));
    }

    #[test]
    fn client_side_apply() {
        let defaulted = rolling(json!("25%"), json!("25%"));
        let recreate = json!({"type": "Recreate"});
        // Keys that the manifest lacks go with the patch …
        assert_eq!(client_side(None, Some(&recreate), &defaulted), recreate);
        let null = json!({"type": "Recreate", "rollingUpdate": null});
        assert_eq!(client_side(None, Some(&null), &defaulted), recreate);
        // … and an empty map is a key.
        let empty = json!({"type": "Recreate", "rollingUpdate": {}});
        assert_eq!(
            client_side(None, Some(&empty), &defaulted),
            json!({"type": "Recreate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}})
        );
        // A manifest that says what is there sends nothing.
        let drifted = rolling(json!(3), json!(0));
        let same = json!({"type": "RollingUpdate"});
        assert_eq!(client_side(Some(&same), Some(&same), &drifted), drifted);
        // What was written and no longer is goes.
        let both = rolling(json!(1), json!(0));
        let surge = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}});
        assert_eq!(client_side(Some(&both), Some(&surge), &both), surge);
        assert_eq!(client_side(Some(&recreate), None, &recreate), Value::Null);
        assert_eq!(client_side(None, None, &recreate), recreate);
    }

    #[test]
    fn a_patch_adds() {
        let live = rolling(json!("25%"), json!("25%"));
        assert_eq!(
            patch(Some(&json!({"type": "Recreate"})), &live),
            json!({"type": "Recreate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}})
        );
        assert_eq!(
            patch(Some(&json!({"type": "Recreate", "rollingUpdate": null})), &live),
            json!({"type": "Recreate"})
        );
    }
}
