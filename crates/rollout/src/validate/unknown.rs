//! Fields that the API server does not know: it drops them, with a warning where nobody asked for strictness.

use serde_json::Value;

use super::ApiServer;
use super::schema::{Struct, Type};
use crate::go;

/// The paths of all unknown fields, in the order of the object that appliers send.
pub(super) fn fields(kind: &'static Struct, spec: &Value, server: ApiServer) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(of) = kind.field("spec") {
        walk(of, spec, "spec", server, &mut found);
    }
    found
}

fn walk(of: Type, value: &Value, path: &str, server: ApiServer, found: &mut Vec<String>) {
    match (of, value) {
        (Type::Struct(of), Value::Object(map)) => {
            for (key, value) in go::in_order(map) {
                let path = format!("{path}.{key}");
                if !of.knows(key, server) {
                    found.push(path);
                } else if let Some(of) = of.field(key) {
                    walk(of, value, &path, server, found);
                }
            }
        }
        (Type::List(_, item), Value::Array(items)) => {
            for (position, value) in items.iter().enumerate() {
                walk(*item, value, &format!("{path}[{position}]"), server, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{CLAIM, DEPLOYMENT};
    use super::*;
    use serde_json::json;

    #[test]
    fn misplaced_and_misspelt_fields() {
        let spec = json!({
            "deploymentStrategy": {},
            "strategy": {"maxSurge": 1, "rollingUpdate": {"maxsurge": 1}},
            "podReplacementPolicy": "TerminationComplete",
        });
        assert_eq!(
            fields(&DEPLOYMENT, &spec, ApiServer::V1_34),
            [
                "spec.deploymentStrategy",
                "spec.podReplacementPolicy",
                "spec.strategy.maxSurge",
                "spec.strategy.rollingUpdate.maxsurge"
            ]
        );
        let spec = json!({"accessMode": ["x"], "size": "5Gi", "resources": {"request": {}}});
        assert_eq!(
            fields(&CLAIM, &spec, ApiServer::V1_34),
            ["spec.accessMode", "spec.resources.request", "spec.size"]
        );
    }

    #[test]
    fn only_what_is_modelled_completely_has_unknown_fields() {
        let spec = json!({"template": {"spec": {"volumes": [], "containers": [{"image": "x", "livenessProbe": {"period": 1}}]}}});
        assert_eq!(
            fields(&DEPLOYMENT, &spec, ApiServer::V1_34),
            ["spec.template.spec.containers[0].livenessProbe.period"]
        );
    }

    #[test]
    fn old_servers_do_not_know_the_sleep_action() {
        let spec =
            json!({"template": {"spec": {"containers": [{"lifecycle": {"preStop": {"sleep": {"seconds": 5}}}}]}}});
        assert_eq!(
            fields(&DEPLOYMENT, &spec, ApiServer::minor(28)),
            ["spec.template.spec.containers[0].lifecycle.preStop.sleep"]
        );
        assert!(fields(&DEPLOYMENT, &spec, ApiServer::minor(29)).is_empty());
    }
}
