//! A Deployment's spec: its rules in the server's order, and its defaults.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::error::{Errors, FieldRule, Rejection};
use super::pod::PreStop;
use super::schema::DEPLOYMENT;
use super::{Accepted, ApiServer, decode, pod, strategy, unknown};
use crate::{Probe, Strategy, go};

/// A Deployment's spec with its defaults filled in (pkg/apis/apps/v1/defaults.go), as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeploymentSpec {
    /// How many pods; 1 unless given.
    pub replicas: u32,
    /// The strategy; RollingUpdate with 25% and 25% unless given.
    pub strategy: Strategy,
    /// Seconds; 0 unless given.
    pub min_ready_seconds: u32,
    /// Seconds; 600 unless given.
    pub progress_deadline_seconds: u32,
    /// ReplicaSets that are kept for `rollout undo`; 10 unless given.
    pub revision_history_limit: u32,
    /// `terminationGracePeriodSeconds`; 30 unless given.
    pub grace_seconds: u64,
    /// The first container's preStop hook.
    pub pre_stop: Option<PreStop>,
    /// The first container's startup probe.
    pub startup: Option<Probe>,
    /// The first container's readiness probe.
    pub readiness: Option<Probe>,
    /// The first container's liveness probe.
    pub liveness: Option<Probe>,
}

/// What the API server makes of a new Deployment, given its name and the JSON of its `spec`.
///
/// A preStop sleep is dropped silently before Kubernetes 1.30, as the server does.
///
/// # Errors
///
/// [`Rejection`] in the server's words.
pub fn deployment(name: &str, spec: &Value, server: ApiServer) -> Result<Accepted<DeploymentSpec>, Rejection> {
    check(name, spec, None, server)
}

/// The same for an update of a Deployment whose present spec is `live`, sent as a whole object.
///
/// # Errors
///
/// [`Rejection`] in the server's words.
pub fn deployment_update(
    name: &str,
    spec: &Value,
    live: &Value,
    server: ApiServer,
) -> Result<Accepted<DeploymentSpec>, Rejection> {
    check(name, spec, Some(live), server)
}

fn check(
    name: &str,
    spec: &Value,
    live: Option<&Value>,
    server: ApiServer,
) -> Result<Accepted<DeploymentSpec>, Rejection> {
    decode::check(&DEPLOYMENT, spec).map_err(Rejection::Decode)?;
    let mut errors = Errors::default();
    let number = |name, default| present(spec, name).and_then(go::integer).unwrap_or(default);
    let replicas = number("replicas", 1);
    errors.not_negative("spec.replicas", replicas);
    let selector = check_selector(spec, server, &mut errors);
    let template = present(spec, "template");
    check_labels(&selector, template, server, &mut errors);
    let pod = pod::check(template, server, &mut errors);
    let strategy = strategy::check(spec, server, &mut errors);
    let min_ready = number("minReadySeconds", 0);
    errors.not_negative("spec.minReadySeconds", min_ready);
    let history = number("revisionHistoryLimit", 10);
    errors.not_negative("spec.revisionHistoryLimit", history);
    let deadline = number("progressDeadlineSeconds", 600);
    errors.not_negative("spec.progressDeadlineSeconds", deadline);
    if deadline <= min_ready {
        errors.invalid(
            FieldRule::DeadlineAfterReady,
            "spec.progressDeadlineSeconds",
            &deadline.to_string(),
            "must be greater than minReadySeconds",
        );
    }
    if live.is_some_and(|live| Selector::of(live) != selector) {
        errors.invalid(
            FieldRule::SelectorImmutable,
            "spec.selector",
            &selector.printed(server),
            "field is immutable",
        );
    }
    errors.refuse("Deployment.apps", name)?;
    let natural = |value: i64| u32::try_from(value).unwrap_or(0);
    let spec_out = DeploymentSpec {
        replicas: natural(replicas),
        strategy,
        min_ready_seconds: natural(min_ready),
        progress_deadline_seconds: natural(deadline),
        revision_history_limit: natural(history),
        grace_seconds: pod.grace_seconds,
        pre_stop: pod.pre_stop,
        startup: pod.startup,
        readiness: pod.readiness,
        liveness: pod.liveness,
    };
    let unknown = unknown::fields(&DEPLOYMENT, spec, server);
    Ok(Accepted::new(spec_out, unknown, Vec::new()))
}

/// What the API server makes of `spec.strategy` alone, given the Deployment's name and the strategy's JSON.
///
/// # Errors
///
/// [`Rejection`] in the server's words.
pub fn check_strategy(name: &str, strategy: &Value, server: ApiServer) -> Result<Strategy, Rejection> {
    let spec = json!({"strategy": strategy});
    decode::check(&DEPLOYMENT, &spec).map_err(Rejection::Decode)?;
    let mut errors = Errors::default();
    let strategy = strategy::check(&spec, server, &mut errors);
    errors.refuse("Deployment.apps", name)?;
    Ok(strategy)
}

/// A field that is there and not null.
pub(crate) fn present<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.get(name).filter(|value| !value.is_null())
}

fn labels(value: Option<&Value>) -> Option<BTreeMap<&str, &str>> {
    let map = value?.as_object()?;
    let mut labels = BTreeMap::new();
    labels.extend(
        map.iter()
            .map(|(key, value)| (key.as_str(), value.as_str().unwrap_or(""))),
    );
    Some(labels)
}

/// A label selector.
#[derive(Debug)]
struct Selector<'a> {
    given: bool,
    labels: Option<BTreeMap<&'a str, &'a str>>,
    expressions: Vec<Expression<'a>>,
}

#[derive(Debug, PartialEq, Eq)]
struct Expression<'a> {
    key: &'a str,
    operator: &'a str,
    values: Vec<&'a str>,
}

/// Nothing given and nothing in it are the same.
impl PartialEq for Selector<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.labels.iter().flatten().eq(other.labels.iter().flatten()) && self.expressions == other.expressions
    }
}

impl<'a> Selector<'a> {
    fn of(spec: &'a Value) -> Self {
        let selector = present(spec, "selector");
        let text = |value: &'a Value, name| present(value, name).and_then(Value::as_str).unwrap_or("");
        let expressions = selector
            .and_then(|selector| present(selector, "matchExpressions"))
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|expression| Expression {
                key: text(expression, "key"),
                operator: text(expression, "operator"),
                values: present(expression, "values")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .map(|value| value.as_str().unwrap_or(""))
                    .collect(),
            })
            .collect();
        Self {
            given: selector.is_some(),
            labels: labels(selector.and_then(|selector| present(selector, "matchLabels"))),
            expressions,
        }
    }

    fn is_empty(&self) -> bool {
        self.labels.iter().flatten().next().is_none() && self.expressions.is_empty()
    }

    /// Whether it selects pods with these labels; an operator that is none is left to the server.
    fn matches(&self, labels: &BTreeMap<&str, &str>) -> bool {
        let expression = |expression: &Expression<'_>| {
            let value = labels.get(expression.key);
            let listed = value.is_some_and(|value| expression.values.contains(value));
            match expression.operator {
                "In" => listed,
                "NotIn" => !listed,
                "Exists" => value.is_some(),
                "DoesNotExist" => value.is_none(),
                _ => true,
            }
        };
        self.labels
            .iter()
            .flatten()
            .all(|(key, value)| labels.get(key) == Some(value))
            && self.expressions.iter().all(expression)
    }

    fn printed(&self, server: ApiServer) -> String {
        if server.prints_json() {
            let mut fields = Vec::new();
            if let Some(labels) = self.labels.as_ref().filter(|labels| !labels.is_empty()) {
                fields.push(format!("\"matchLabels\":{}", json_labels(labels)));
            }
            if !self.expressions.is_empty() {
                let expressions: Vec<_> = self.expressions.iter().map(Expression::json).collect();
                fields.push(format!("\"matchExpressions\":[{}]", expressions.join(",")));
            }
            format!("{{{}}}", fields.join(","))
        } else {
            let expressions: Vec<_> = self.expressions.iter().map(Expression::go).collect();
            let expressions = if expressions.is_empty() {
                "(nil)".to_owned()
            } else {
                format!("{{{}}}", expressions.join(", "))
            };
            format!(
                "v1.LabelSelector{{MatchLabels:{}, MatchExpressions:[]v1.LabelSelectorRequirement{expressions}}}",
                go_labels(self.labels.as_ref())
            )
        }
    }
}

impl Expression<'_> {
    fn json(&self) -> String {
        let values: Vec<_> = self.values.iter().map(|value| go::json_string(value)).collect();
        let values = if values.is_empty() {
            String::new()
        } else {
            format!(",\"values\":[{}]", values.join(","))
        };
        format!(
            "{{\"key\":{},\"operator\":{}{values}}}",
            go::json_string(self.key),
            go::json_string(self.operator)
        )
    }

    fn go(&self) -> String {
        let values: Vec<_> = self.values.iter().map(|value| go::quote(value)).collect();
        let values = if values.is_empty() {
            "(nil)".to_owned()
        } else {
            format!("{{{}}}", values.join(", "))
        };
        format!(
            "v1.LabelSelectorRequirement{{Key:{}, Operator:{}, Values:[]string{values}}}",
            go::quote(self.key),
            go::quote(self.operator)
        )
    }
}

fn json_labels(labels: &BTreeMap<&str, &str>) -> String {
    let labels: Vec<_> = labels
        .iter()
        .map(|(key, value)| format!("{}:{}", go::json_string(key), go::json_string(value)))
        .collect();
    format!("{{{}}}", labels.join(","))
}

fn go_labels(labels: Option<&BTreeMap<&str, &str>>) -> String {
    let Some(labels) = labels else {
        return "map[string]string(nil)".to_owned();
    };
    let labels: Vec<_> = labels
        .iter()
        .map(|(key, value)| format!("{}:{}", go::quote(key), go::quote(value)))
        .collect();
    format!("map[string]string{{{}}}", labels.join(", "))
}

fn check_selector<'a>(spec: &'a Value, server: ApiServer, errors: &mut Errors) -> Selector<'a> {
    let selector = Selector::of(spec);
    if !selector.given {
        errors.required(FieldRule::SelectorPresent, "spec.selector", "");
    } else if selector.is_empty() {
        errors.invalid(
            FieldRule::SelectorNotEmpty,
            "spec.selector",
            &selector.printed(server),
            "empty selector is invalid for deployment",
        );
    }
    selector
}

fn check_labels(selector: &Selector<'_>, template: Option<&Value>, server: ApiServer, errors: &mut Errors) {
    let found = labels(
        template
            .and_then(|template| present(template, "metadata"))
            .and_then(|metadata| present(metadata, "labels")),
    );
    if selector.is_empty() || selector.matches(&found.clone().unwrap_or_default()) {
        return;
    }
    let printed = match &found {
        found if !server.prints_json() => go_labels(found.as_ref()),
        Some(found) => json_labels(found),
        None => "null".to_owned(),
    };
    errors.invalid(
        FieldRule::SelectorMatches,
        "spec.template.metadata.labels",
        &printed,
        "`selector` does not match template `labels`",
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A valid spec with some fields replaced.
    fn spec(changes: Value) -> Value {
        let mut spec = json!({
            "selector": {"matchLabels": {"app": "x"}},
            "template": {"metadata": {"labels": {"app": "x", "tier": "web"}}},
        });
        if let (Some(spec), Value::Object(changes)) = (spec.as_object_mut(), changes) {
            spec.extend(changes);
        }
        spec
    }

    fn refused(spec: &Value, server: ApiServer) -> String {
        deployment("app", spec, server).map_or_else(|rejection| rejection.to_string(), |_| String::new())
    }

    #[test]
    fn defaults() {
        let accepted = deployment("app", &spec(json!({})), ApiServer::V1_34).expect("valid");
        assert_eq!(
            accepted.spec,
            DeploymentSpec {
                replicas: 1,
                strategy: Strategy::DEFAULT,
                min_ready_seconds: 0,
                progress_deadline_seconds: 600,
                revision_history_limit: 10,
                grace_seconds: 30,
                pre_stop: None,
                startup: None,
                readiness: None,
                liveness: None,
            }
        );
        assert_eq!(accepted.strict_error(), None);
    }

    #[test]
    fn numbers_are_not_negative() {
        for name in ["replicas", "minReadySeconds", "revisionHistoryLimit"] {
            assert_eq!(
                refused(&spec(json!({name: -1})), ApiServer::V1_34),
                format!(
                    "Deployment.apps \"app\" is invalid: spec.{name}: Invalid value: -1: must be greater than or equal to 0"
                )
            );
        }
    }

    #[test]
    fn the_deadline_comes_after_being_ready() {
        for (deadline, min_ready) in [(600, 600), (0, 0), (10, 30)] {
            assert_eq!(
                refused(
                    &spec(json!({"progressDeadlineSeconds": deadline, "minReadySeconds": min_ready})),
                    ApiServer::V1_33
                ),
                format!(
                    "Deployment.apps \"app\" is invalid: spec.progressDeadlineSeconds: Invalid value: {deadline}: must be greater than minReadySeconds"
                )
            );
        }
    }

    #[test]
    fn there_is_a_selector() {
        assert_eq!(
            refused(&spec(json!({"selector": null})), ApiServer::V1_34),
            "Deployment.apps \"app\" is invalid: spec.selector: Required value"
        );
        for empty in [json!({}), json!({"matchLabels": {}})] {
            assert_eq!(
                refused(&spec(json!({"selector": empty})), ApiServer::V1_34),
                "Deployment.apps \"app\" is invalid: spec.selector: Invalid value: {}: empty selector is invalid for deployment"
            );
        }
        assert_eq!(
            refused(&spec(json!({"selector": {}})), ApiServer::V1_33),
            "Deployment.apps \"app\" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for deployment"
        );
    }

    #[test]
    fn the_selector_matches_the_template() {
        let other = spec(json!({"template": {"metadata": {"labels": {"b": "2", "a": "1"}}}}));
        let none = spec(json!({"template": {}}));
        let path = "Deployment.apps \"app\" is invalid: spec.template.metadata.labels: Invalid value";
        for (spec, server, printed) in [
            (&other, ApiServer::V1_34, r#"{"a":"1","b":"2"}"#),
            (&other, ApiServer::V1_33, r#"map[string]string{"a":"1", "b":"2"}"#),
            (&none, ApiServer::V1_34, "null"),
            (&none, ApiServer::V1_33, "map[string]string(nil)"),
        ] {
            assert_eq!(
                refused(spec, server),
                format!("{path}: {printed}: `selector` does not match template `labels`")
            );
        }
        for (operator, values, matches) in [
            ("In", json!(["web"]), true),
            ("In", json!(["db"]), false),
            ("NotIn", json!(["db"]), true),
            ("Exists", json!([]), true),
            ("DoesNotExist", json!([]), false),
        ] {
            let selector = json!({"matchExpressions": [{"key": "tier", "operator": operator, "values": values}]});
            assert_eq!(
                refused(&spec(json!({"selector": selector})), ApiServer::V1_34).is_empty(),
                matches,
                "{operator}"
            );
        }
    }

    #[test]
    fn the_selector_never_changes() {
        let live = spec(json!({}));
        let changed = spec(json!({"selector": {"matchLabels": {"tier": "web"}}}));
        let told = |server| deployment_update("app", &changed, &live, server).map_err(|error| error.to_string());
        assert_eq!(
            told(ApiServer::V1_34),
            Err("Deployment.apps \"app\" is invalid: spec.selector: Invalid value: {\"matchLabels\":{\"tier\":\"web\"}}: field is immutable".to_owned())
        );
        assert_eq!(
            told(ApiServer::V1_33),
            Err("Deployment.apps \"app\" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{\"tier\":\"web\"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable".to_owned())
        );
        assert!(deployment_update("app", &live, &live, ApiServer::V1_34).is_ok());
    }

    #[test]
    fn all_errors_are_told_together_and_in_order() {
        let spec = json!({
            "replicas": -1,
            "strategy": {"type": "Recreate", "rollingUpdate": {}},
            "minReadySeconds": -2,
        });
        let rejection = deployment("app", &spec, ApiServer::V1_34).expect_err("invalid");
        assert_eq!(
            rejection.to_string(),
            "Deployment.apps \"app\" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, \
             spec.selector: Required value, \
             spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate', \
             spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0]"
        );
        let rules: Vec<_> = rejection.errors().iter().map(|error| error.rule).collect();
        assert_eq!(
            rules,
            [
                FieldRule::NotNegative,
                FieldRule::SelectorPresent,
                FieldRule::RecreateAlone,
                FieldRule::NotNegative
            ]
        );
    }

    #[test]
    fn reading_comes_first() {
        let rejection = deployment(
            "app",
            &json!({"replicas": "3", "strategy": {"type": "x"}}),
            ApiServer::V1_34,
        )
        .expect_err("unreadable");
        assert_eq!(
            rejection.to_string(),
            "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"
        );
        assert!(rejection.errors().is_empty());
    }

    #[test]
    fn unknown_fields_are_dropped_with_a_warning() {
        let accepted = deployment("app", &spec(json!({"strategy": {"maxSurge": 1}})), ApiServer::V1_34).expect("valid");
        assert_eq!(accepted.spec.strategy, Strategy::DEFAULT);
        assert_eq!(accepted.warnings, ["unknown field \"spec.strategy.maxSurge\""]);
        assert_eq!(
            accepted.strict_error().as_deref(),
            Some("strict decoding error: unknown field \"spec.strategy.maxSurge\"")
        );
    }
}
