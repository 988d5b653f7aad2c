//! Reading: the first thing the API server does, and the first that can fail (sigs.k8s.io/json, a fork of Go's
//! encoding/json).

use serde_json::Value;

use super::error::DecodeError;
use super::schema::{Struct, Type};
use crate::{Quantity, go};

/// Whether the server can read `spec` as the `spec` of this kind.
///
/// Appliers send maps in the order of their keys. The reader goes on after a wrong type and tells the first one, but a
/// type that reads itself (a quantity, a number or text) ends it at once and is told instead.
pub(super) fn check(kind: &'static Struct, spec: &Value) -> Result<(), DecodeError> {
    let mut reader = Reader {
        kind,
        path: Vec::new(),
        first: None,
    };
    reader.field(kind, "spec", spec)?;
    reader.first.map_or(Ok(()), Err)
}

struct Reader {
    kind: &'static Struct,
    path: Vec<String>,
    first: Option<DecodeError>,
}

impl Reader {
    fn field(&mut self, parent: &'static Struct, name: &str, value: &Value) -> Result<(), DecodeError> {
        let Some(of) = parent.field(name) else {
            return Ok(());
        };
        self.path.push(name.to_owned());
        self.value(parent, of, value)?;
        self.path.pop();
        Ok(())
    }

    fn value(&mut self, parent: &'static Struct, of: Type, value: &Value) -> Result<(), DecodeError> {
        match (of, value) {
            (_, Value::Null)
            | (Type::Opaque, _)
            | (Type::Bool, Value::Bool(_))
            | (Type::Text(_) | Type::IntOrString, Value::String(_)) => Ok(()),
            (Type::Struct(of), Value::Object(map)) => go::in_order(map)
                .into_iter()
                .try_for_each(|(key, value)| self.field(of, key, value)),
            (Type::List(_, item), Value::Array(items)) => {
                items.iter().try_for_each(|value| self.value(parent, *item, value))
            }
            (Type::Map(_, item), Value::Object(map)) => go::in_order(map)
                .into_iter()
                .try_for_each(|(_, value)| self.value(parent, *item, value)),
            (Type::Int32, value) if go::integer(value).is_some_and(|value| i32::try_from(value).is_ok()) => Ok(()),
            (Type::Int64, value) if go::integer(value).is_some() => Ok(()),
            (Type::IntOrString, value) if go::integer(value).is_some_and(|value| i32::try_from(value).is_ok()) => {
                Ok(())
            }
            (Type::IntOrString, value) => Err(self.mismatch(parent, of, value)),
            (Type::Quantity, value) => match Quantity::parse(go::plain(value).trim()) {
                Ok(_) if !matches!(value, Value::Array(_) | Value::Object(_)) => Ok(()),
                Ok(_) => Err(self.error(crate::QuantityError::Format.to_string(), advice(of))),
                Err(error) => Err(self.error(error.to_string(), advice(of))),
            },
            (_, value) => {
                let error = self.mismatch(parent, of, value);
                self.first.get_or_insert(error);
                Ok(())
            }
        }
    }

    fn mismatch(&self, parent: &Struct, of: Type, value: &Value) -> DecodeError {
        let found = match value {
            Value::Null => "null".to_owned(),
            Value::Bool(_) => "bool".to_owned(),
            Value::Number(number) if matches!(of, Type::Int32 | Type::Int64 | Type::IntOrString) => {
                format!("number {}", go::number(number))
            }
            Value::Number(_) => "number".to_owned(),
            Value::String(_) => "string".to_owned(),
            Value::Array(_) => "array".to_owned(),
            Value::Object(_) => "object".to_owned(),
        };
        let reason = format!(
            "json: cannot unmarshal {found} into Go struct field {}.{} of type {}",
            parent.name,
            self.path.join("."),
            name(of)
        );
        self.error(reason, advice(of))
    }

    fn error(&self, reason: String, advice: String) -> DecodeError {
        DecodeError {
            kind: self.kind.name.to_owned(),
            path: self.path.join("."),
            reason,
            advice,
        }
    }
}

/// The type as Go names it.
fn name(of: Type) -> String {
    match of {
        Type::Int32 | Type::IntOrString => "int32".to_owned(),
        Type::Int64 => "int64".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Text(name) | Type::List(name, _) | Type::Map(name, _) => name.to_owned(),
        Type::Struct(of) => format!("v1.{}", of.name),
        Type::Quantity => "resource.Quantity".to_owned(),
        Type::Opaque => String::new(),
    }
}

fn advice(of: Type) -> String {
    match of {
        Type::Int32 => "Write a whole number of at most 2147483647, without quotes.".to_owned(),
        Type::Int64 => "Write a whole number, without quotes.".to_owned(),
        Type::IntOrString => {
            "Write a whole number without quotes for pods, or a whole percentage as text, like \"25%\".".to_owned()
        }
        Type::Bool => "Write true or false, without quotes.".to_owned(),
        Type::Text(_) => "Write a text; put it in quotes where YAML would read something else.".to_owned(),
        Type::Quantity => "Write a number with one of the suffixes Ki, Mi, Gi, Ti, k, M, G or T, like 10Gi.".to_owned(),
        Type::List(..) => "Write a list.".to_owned(),
        Type::Map(..) => "Write a map.".to_owned(),
        Type::Struct(of) => {
            let fields: Vec<_> = of.fields.iter().take(4).map(|(field, _)| *field).collect();
            format!("Write a map with fields such as {}.", fields.join(", "))
        }
        Type::Opaque => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{CLAIM, DEPLOYMENT};
    use super::*;
    use serde_json::json;

    fn reason(kind: &'static Struct, spec: &Value) -> String {
        check(kind, spec).map_or_else(|error| error.reason, |()| String::new())
    }

    /// What Kubernetes' own decoder (sigs.k8s.io/json) said of the same objects, read into structs of the same names.
    #[test]
    fn wrong_types_of_a_deployment() {
        let probe = |probe: Value| json!({"template": {"spec": {"containers": [{"readinessProbe": probe}]}}});
        let hook = |hook: Value| json!({"template": {"spec": {"containers": [{"lifecycle": {"preStop": hook}}]}}});
        let table = [
            (
                json!({"replicas": "3"}),
                "string into Go struct field DeploymentSpec.spec.replicas of type int32",
            ),
            (
                json!({"replicas": 3.5}),
                "number 3.5 into Go struct field DeploymentSpec.spec.replicas of type int32",
            ),
            (
                json!({"replicas": 99_999_999_999_u64}),
                "number 99999999999 into Go struct field DeploymentSpec.spec.replicas of type int32",
            ),
            (
                json!({"replicas": true}),
                "bool into Go struct field DeploymentSpec.spec.replicas of type int32",
            ),
            (
                json!({"replicas": {}}),
                "object into Go struct field DeploymentSpec.spec.replicas of type int32",
            ),
            (
                json!({"replicas": [1]}),
                "array into Go struct field DeploymentSpec.spec.replicas of type int32",
            ),
            (
                json!({"strategy": "Recreate"}),
                "string into Go struct field DeploymentSpec.spec.strategy of type v1.DeploymentStrategy",
            ),
            (
                json!({"strategy": 5}),
                "number into Go struct field DeploymentSpec.spec.strategy of type v1.DeploymentStrategy",
            ),
            (
                json!({"strategy": []}),
                "array into Go struct field DeploymentSpec.spec.strategy of type v1.DeploymentStrategy",
            ),
            (
                json!({"strategy": {"rollingUpdate": true}}),
                "bool into Go struct field DeploymentStrategy.spec.strategy.rollingUpdate of type v1.RollingUpdateDeployment",
            ),
            (
                json!({"strategy": {"rollingUpdate": {"maxSurge": 0.5}}}),
                "number 0.5 into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32",
            ),
            (
                json!({"strategy": {"rollingUpdate": {"maxSurge": true}}}),
                "bool into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32",
            ),
            (
                json!({"strategy": {"rollingUpdate": {"maxSurge": 3_000_000_000_u64}}}),
                "number 3000000000 into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32",
            ),
            (
                json!({"strategy": {"type": 5}}),
                "number into Go struct field DeploymentStrategy.spec.strategy.type of type v1.DeploymentStrategyType",
            ),
            (
                json!({"strategy": {"type": true, "rollingUpdate": 3}}),
                "number into Go struct field DeploymentStrategy.spec.strategy.rollingUpdate of type v1.RollingUpdateDeployment",
            ),
            (
                json!({"replicas": "3", "strategy": {"rollingUpdate": {"maxSurge": 0.5}}}),
                "number 0.5 into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32",
            ),
            (
                json!({"replicas": "3", "minReadySeconds": "1"}),
                "string into Go struct field DeploymentSpec.spec.minReadySeconds of type int32",
            ),
            (
                json!({"selector": "x"}),
                "string into Go struct field DeploymentSpec.spec.selector of type v1.LabelSelector",
            ),
            (
                json!({"selector": {"matchLabels": {"a": 5}}}),
                "number into Go struct field LabelSelector.spec.selector.matchLabels of type string",
            ),
            (
                json!({"selector": {"matchLabels": []}}),
                "array into Go struct field LabelSelector.spec.selector.matchLabels of type map[string]string",
            ),
            (
                json!({"selector": {"matchExpressions": {}}}),
                "object into Go struct field LabelSelector.spec.selector.matchExpressions of type []v1.LabelSelectorRequirement",
            ),
            (
                json!({"template": {"metadata": {"labels": {"a": true}}}}),
                "bool into Go struct field ObjectMeta.spec.template.metadata.labels of type string",
            ),
            (
                json!({"template": {"spec": {"restartPolicy": 5}}}),
                "number into Go struct field PodSpec.spec.template.spec.restartPolicy of type v1.RestartPolicy",
            ),
            (
                json!({"template": {"spec": {"terminationGracePeriodSeconds": 30.5}}}),
                "number 30.5 into Go struct field PodSpec.spec.template.spec.terminationGracePeriodSeconds of type int64",
            ),
            (
                json!({"template": {"spec": {"containers": ["x"]}}}),
                "string into Go struct field PodSpec.spec.template.spec.containers of type v1.Container",
            ),
            (
                hook(json!({"sleep": {"seconds": "5"}})),
                "string into Go struct field SleepAction.spec.template.spec.containers.lifecycle.preStop.sleep.seconds of type int64",
            ),
            (
                hook(json!({"exec": {"command": "sleep"}})),
                "string into Go struct field ExecAction.spec.template.spec.containers.lifecycle.preStop.exec.command of type []string",
            ),
            (
                hook(json!({"exec": {"command": ["sleep", 5]}})),
                "number into Go struct field ExecAction.spec.template.spec.containers.lifecycle.preStop.exec.command of type string",
            ),
            (
                probe(json!({"periodSeconds": "5"})),
                "string into Go struct field Probe.spec.template.spec.containers.readinessProbe.periodSeconds of type int32",
            ),
            (
                probe(json!({"httpGet": {"port": true}})),
                "bool into Go struct field HTTPGetAction.spec.template.spec.containers.readinessProbe.httpGet.port of type int32",
            ),
            (
                probe(json!({"httpGet": 5})),
                "number into Go struct field Probe.spec.template.spec.containers.readinessProbe.httpGet of type v1.HTTPGetAction",
            ),
            (
                json!("x"),
                "string into Go struct field Deployment.spec of type v1.DeploymentSpec",
            ),
            (
                json!({"paused": "yes"}),
                "string into Go struct field DeploymentSpec.spec.paused of type bool",
            ),
        ];
        for (spec, expected) in table {
            assert_eq!(
                reason(&DEPLOYMENT, &spec),
                format!("json: cannot unmarshal {expected}"),
                "{spec}"
            );
        }
    }

    #[test]
    fn wrong_types_of_a_claim() {
        let quantity = crate::QuantityError::Format.to_string();
        let table = [
            (
                json!({"accessModes": "ReadWriteOnce"}),
                "json: cannot unmarshal string into Go struct field PersistentVolumeClaimSpec.spec.accessModes of type []v1.PersistentVolumeAccessMode",
            ),
            (
                json!({"accessModes": [5]}),
                "json: cannot unmarshal number into Go struct field PersistentVolumeClaimSpec.spec.accessModes of type v1.PersistentVolumeAccessMode",
            ),
            (
                json!({"resources": "5Gi"}),
                "json: cannot unmarshal string into Go struct field PersistentVolumeClaimSpec.spec.resources of type v1.VolumeResourceRequirements",
            ),
            (
                json!({"storageClassName": 5}),
                "json: cannot unmarshal number into Go struct field PersistentVolumeClaimSpec.spec.storageClassName of type string",
            ),
            (json!({"resources": {"requests": {"storage": true}}}), &quantity),
            (json!({"resources": {"requests": {"storage": [1]}}}), &quantity),
            (json!({"resources": {"requests": {"storage": "5GB"}}}), &quantity),
            (
                json!({"resources": {"requests": {"storage": "5K"}}}),
                "unable to parse quantity's suffix",
            ),
            (
                json!({"accessModes": [5], "resources": {"requests": {"storage": true}}}),
                &quantity,
            ),
        ];
        for (spec, expected) in table {
            assert_eq!(reason(&CLAIM, &spec), expected, "{spec}");
        }
    }

    #[test]
    fn what_can_be_read() {
        for spec in [
            json!(null),
            json!({"replicas": null, "strategy": null}),
            json!({"replicas": 3.0}),
            json!({"strategy": {"rollingUpdate": null}}),
            json!({"strategy": {"rollingUpdate": {"maxSurge": null, "maxUnavailable": "25%"}}}),
            json!({"somethingElse": 5}),
        ] {
            assert_eq!(reason(&DEPLOYMENT, &spec), "", "{spec}");
        }
        for size in [json!(5), json!("5Gi"), json!(" 5Gi "), json!(1.5)] {
            let spec = json!({"resources": {"requests": {"storage": size}}});
            assert_eq!(reason(&CLAIM, &spec), "", "{spec}");
        }
    }
}
