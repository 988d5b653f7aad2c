//! What server-side apply says of the same objects: it compares them with the API's schema before anything else, and
//! refuses unknown fields (structured-merge-diff, typed/validate.go).

use serde_json::Value;

use super::schema::{self, Struct, Type};
use super::{ApiServer, ObjectKind};
use crate::go;

/// Why server-side apply cannot read an object; `None` where it can. `namespace` may be empty.
///
/// The words are the API server's; Helm and kubectl put their own before them. Numbers are checked for being numbers
/// only, so a fraction passes here and fails afterwards like in [`deployment`](super::deployment()).
#[must_use]
pub fn server_side_apply(
    kind: ObjectKind,
    namespace: &str,
    name: &str,
    spec: &Value,
    server: ApiServer,
) -> Option<String> {
    let (schema, version) = match kind {
        ObjectKind::Deployment => (&schema::DEPLOYMENT, "apps/v1"),
        ObjectKind::PersistentVolumeClaim => (&schema::CLAIM, "v1"),
    };
    let mut problems = Vec::new();
    walk(schema.field("spec")?, spec, ".spec", server, &mut problems);
    let told = match problems.as_slice() {
        [] => return None,
        [problem] => problem.clone(),
        problems => {
            let lines: Vec<_> = problems.iter().map(|problem| format!("  {problem}")).collect();
            format!("errors:\n{}", lines.join("\n"))
        }
    };
    Some(format!(
        "failed to create typed patch object ({namespace}/{name}; {version}, Kind={}): {told}",
        schema.name
    ))
}

fn walk(of: Type, value: &Value, path: &str, server: ApiServer, problems: &mut Vec<String>) {
    let mut problem = |text: &str| problems.push(format!("{path}: {text}"));
    let wrapped = |value: &Value| format!("&{{{}}}", go::plain(value));
    match (of, value) {
        (_, Value::Null) | (Type::Opaque, _) => {}
        (Type::Struct(of), Value::Object(map)) => fields(of, map, path, server, problems),
        (Type::Map(_, item), Value::Object(map)) => {
            for (key, value) in go::in_order(map) {
                walk(*item, value, &format!("{path}.{key}"), server, problems);
            }
        }
        (Type::List(_, item), Value::Array(items)) => {
            for (position, value) in items.iter().enumerate() {
                let element = match (*item, value.get("name").and_then(Value::as_str)) {
                    (Type::Struct(Struct { name: "Container", .. }), Some(name)) => {
                        format!("[name={}]", go::json_string(name))
                    }
                    _ => format!("[{position}]"),
                };
                walk(*item, value, &format!("{path}{element}"), server, problems);
            }
        }
        (Type::Struct(_) | Type::Map(..), value) => problem(&format!("expected map, got {}", wrapped(value))),
        (Type::List(..), value) => problem(&format!("expected list, got {}", wrapped(value))),
        (Type::Int32 | Type::Int64, value) if !value.is_number() => {
            problem(&format!("expected numeric (int or float), got {}", go_type(value)));
        }
        (Type::Text(_), value) if !value.is_string() => problem(&format!(
            "expected string, got &value.valueUnstructured{{Value:{}}}",
            go::syntax(value)
        )),
        (Type::Bool, value) if !value.is_boolean() => {
            problem(&format!("expected boolean, got {}", wrapped(value)));
        }
        _ => {}
    }
}

fn fields(
    of: &'static Struct,
    map: &serde_json::Map<String, Value>,
    path: &str,
    server: ApiServer,
    problems: &mut Vec<String>,
) {
    for (key, value) in go::in_order(map) {
        let path = format!("{path}.{key}");
        if !of.knows(key, server) {
            problems.push(format!("{path}: field not declared in schema"));
        } else if let Some(of) = of.field(key) {
            walk(of, value, &path, server, problems);
        }
    }
}

/// The Go type of a value that was read without a schema.
const fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "<nil>",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(spec: &Value) -> Option<String> {
        server_side_apply(ObjectKind::Deployment, "default", "app", spec, ApiServer::V1_34)
    }

    #[test]
    fn one_problem_stands_in_the_line() {
        for (spec, expected) in [
            (
                json!({"strategy": "Recreate"}),
                ".spec.strategy: expected map, got &{Recreate}",
            ),
            (
                json!({"replicas": "3"}),
                ".spec.replicas: expected numeric (int or float), got string",
            ),
            (
                json!({"strategy": {"maxSurge": 1}}),
                ".spec.strategy.maxSurge: field not declared in schema",
            ),
            (json!({"paused": "yes"}), ".spec.paused: expected boolean, got &{yes}"),
            (
                json!({"strategy": {"type": 5}}),
                ".spec.strategy.type: expected string, got &value.valueUnstructured{Value:5}",
            ),
        ] {
            assert_eq!(
                said(&spec),
                Some(format!(
                    "failed to create typed patch object (default/app; apps/v1, Kind=Deployment): {expected}"
                ))
            );
        }
    }

    #[test]
    fn what_the_schema_allows_passes() {
        for spec in [
            json!({}),
            json!({"strategy": null, "replicas": null}),
            json!({"strategy": {"type": "recreate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}}}),
            json!({"template": {"spec": {"containers": [{"name": "app", "image": "x"}]}}}),
        ] {
            assert_eq!(said(&spec), None, "{spec}");
        }
    }

    #[test]
    fn containers_are_named() {
        let spec = json!({"template": {"spec": {"containers": [{"name": "app", "livenessProbe": {"period": 1}}]}}});
        let told = said(&spec).unwrap_or_default();
        assert!(
            told.ends_with(
                ".spec.template.spec.containers[name=\"app\"].livenessProbe.period: field not declared in schema"
            ),
            "{told}"
        );
    }
}
