//! The pod template's rules (pkg/apis/core/validation/validation.go, pkg/apis/apps/validation/validation.go).

use serde::Serialize;
use serde_json::Value;

use super::ApiServer;
use super::deployment::present;
use super::error::{Errors, FieldRule};
use crate::{Probe, go};

const PATH: &str = "spec.template.spec";
/// In the order in which several handlers are looked at.
const HANDLERS: [&str; 5] = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

/// A preStop hook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "hook", rename_all = "kebab-case")]
pub enum PreStop {
    /// The kubelet waits.
    Sleep {
        /// Seconds.
        seconds: u64,
    },
    /// A command runs in the container, and must exist there.
    Exec {
        /// The command and its arguments.
        command: Vec<String>,
    },
    /// A request to the container, or the deprecated tcpSocket.
    Request,
}

/// What a Deployment's pods are, defaults filled in. The first container stands for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pod {
    pub(super) grace_seconds: u64,
    pub(super) pre_stop: Option<PreStop>,
    pub(super) startup: Option<Probe>,
    pub(super) readiness: Option<Probe>,
    pub(super) liveness: Option<Probe>,
}

/// Checks the pod template's spec; the result means something only where no error was added.
pub(super) fn check(template: Option<&Value>, server: ApiServer, errors: &mut Errors) -> Pod {
    let none = Value::Null;
    let spec = template.and_then(|template| present(template, "spec")).unwrap_or(&none);
    let grace = present(spec, "terminationGracePeriodSeconds")
        .and_then(go::integer)
        .unwrap_or(30);
    let containers = present(spec, "containers").and_then(Value::as_array);
    for (position, container) in containers.into_iter().flatten().enumerate() {
        let path = format!("{PATH}.containers[{position}]");
        for hook in ["postStart", "preStop"] {
            if let Some(handler) = present(container, "lifecycle").and_then(|lifecycle| present(lifecycle, hook)) {
                check_handler(handler, grace, &format!("{path}.lifecycle.{hook}"), server, errors);
            }
        }
        for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
            if let Some(probe) = present(container, name) {
                check_probe(
                    probe,
                    name == "readinessProbe",
                    &format!("{path}.{name}"),
                    server,
                    errors,
                );
            }
        }
    }
    let path = format!("{PATH}.restartPolicy");
    let restart = present(spec, "restartPolicy")
        .and_then(Value::as_str)
        .filter(|policy| !policy.is_empty())
        .unwrap_or("Always");
    let quoted = go::quote(restart);
    if !["Always", "OnFailure", "Never"].contains(&restart) {
        errors.unsupported(
            FieldRule::RestartAlways,
            &path,
            &quoted,
            &["Always", "OnFailure", "Never"],
        );
    }
    if restart != "Always" {
        errors.unsupported(FieldRule::RestartAlways, &path, &quoted, &["Always"]);
    }
    if present(spec, "activeDeadlineSeconds").is_some() {
        errors.forbidden(
            FieldRule::NoActiveDeadline,
            &format!("{PATH}.activeDeadlineSeconds"),
            "activeDeadlineSeconds in ReplicaSet is not Supported",
        );
    }
    let first = containers.and_then(|containers| containers.first()).unwrap_or(&none);
    Pod {
        // A negative grace period acts as one second.
        grace_seconds: u64::try_from(grace).unwrap_or(1),
        pre_stop: pre_stop(first, server),
        startup: present(first, "startupProbe").map(probe),
        readiness: present(first, "readinessProbe").map(probe),
        liveness: present(first, "livenessProbe").map(probe),
    }
}

fn check_handler(handler: &Value, grace: i64, path: &str, server: ApiServer, errors: &mut Errors) {
    let mut found = false;
    for name in HANDLERS {
        let Some(action) = present(handler, name).filter(|_| name != "sleep" || server.keeps_sleep()) else {
            continue;
        };
        let path = format!("{path}.{name}");
        if found {
            errors.forbidden(FieldRule::OneHandler, &path, "may not specify more than 1 handler type");
            continue;
        }
        found = true;
        match name {
            "exec" if words(action).is_empty() => {
                errors.required(FieldRule::CommandPresent, &format!("{path}.command"), "");
            }
            "sleep" => check_sleep(action, grace, &path, server, errors),
            _ => {}
        }
    }
    if !found {
        errors.required(FieldRule::OneHandler, path, "must specify a handler type");
    }
}

fn check_sleep(sleep: &Value, grace: i64, path: &str, server: ApiServer, errors: &mut Errors) {
    let seconds = present(sleep, "seconds").and_then(go::integer).unwrap_or(0);
    let least = i64::from(!server.allows_no_sleep());
    if (least..=grace).contains(&seconds) {
        return;
    }
    let range = format!("less than terminationGracePeriodSeconds ({grace})");
    let detail = if server.allows_no_sleep() {
        format!("must be non-negative and {range}")
    } else {
        format!("must be greater than 0 and {range}")
    };
    errors.invalid(FieldRule::SleepWithinGrace, path, &seconds.to_string(), &detail);
}

fn check_probe(probe: &Value, readiness: bool, path: &str, server: ApiServer, errors: &mut Errors) {
    check_handler(probe, i64::MAX, path, server, errors);
    for name in [
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold",
    ] {
        let value = present(probe, name).and_then(go::integer).unwrap_or(0);
        errors.not_negative(&format!("{path}.{name}"), value);
    }
    let grace_path = format!("{path}.terminationGracePeriodSeconds");
    let grace = present(probe, "terminationGracePeriodSeconds").and_then(go::integer);
    if let Some(grace) = grace.filter(|grace| *grace <= 0) {
        errors.invalid(
            FieldRule::ProbeGrace,
            &grace_path,
            &grace.to_string(),
            "must be greater than 0",
        );
    }
    if let Some(grace) = grace.filter(|_| readiness) {
        errors.invalid(
            FieldRule::ProbeGrace,
            &grace_path,
            &grace.to_string(),
            "must not be set for readinessProbes",
        );
    }
    let successes = match present(probe, "successThreshold").and_then(go::integer) {
        None | Some(0) => 1,
        Some(successes) => successes,
    };
    if !readiness && successes != 1 {
        errors.invalid(
            FieldRule::OneSuccess,
            &format!("{path}.successThreshold"),
            &successes.to_string(),
            "must be 1",
        );
    }
}

fn words(exec: &Value) -> Vec<String> {
    present(exec, "command")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|word| word.as_str().unwrap_or("").to_owned())
        .collect()
}

fn pre_stop(container: &Value, server: ApiServer) -> Option<PreStop> {
    let handler = present(container, "lifecycle").and_then(|lifecycle| present(lifecycle, "preStop"))?;
    if let Some(exec) = present(handler, "exec") {
        return Some(PreStop::Exec { command: words(exec) });
    }
    if let Some(sleep) = present(handler, "sleep").filter(|_| server.keeps_sleep()) {
        let seconds = present(sleep, "seconds").and_then(go::integer).unwrap_or(0);
        return Some(PreStop::Sleep {
            seconds: u64::try_from(seconds).unwrap_or(0),
        });
    }
    Some(PreStop::Request)
}

/// A probe with its defaults: 0 stands for them as well.
fn probe(probe: &Value) -> Probe {
    let or = |name, default: u32| {
        present(probe, name)
            .and_then(go::integer)
            .and_then(|value| u32::try_from(value).ok())
            .filter(|value| *value > 0)
            .unwrap_or(default)
    };
    let default = Probe::default();
    Probe {
        initial_delay_seconds: or("initialDelaySeconds", default.initial_delay_seconds),
        period_seconds: or("periodSeconds", default.period_seconds),
        timeout_seconds: or("timeoutSeconds", default.timeout_seconds),
        success_threshold: or("successThreshold", default.success_threshold),
        failure_threshold: or("failureThreshold", default.failure_threshold),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rejection;
    use super::*;
    use serde_json::json;

    fn checked(spec: &Value, server: ApiServer) -> (Pod, Vec<String>) {
        let mut errors = Errors::default();
        let pod = check(Some(&json!({"spec": spec})), server, &mut errors);
        let messages = match errors.refuse("Deployment.apps", "app") {
            Ok(()) => Vec::new(),
            Err(Rejection::Invalid(invalid)) => invalid.errors.into_iter().map(|error| error.message).collect(),
            Err(other) => panic!("{other}"),
        };
        (pod, messages)
    }

    fn with_hook(hook: &Value) -> Value {
        json!({"terminationGracePeriodSeconds": 20, "containers": [{"lifecycle": {"preStop": hook}}]})
    }

    #[test]
    fn defaults() {
        let (pod, errors) = checked(
            &json!({"containers": [{"readinessProbe": {"httpGet": {"port": 80}, "periodSeconds": 0}}]}),
            ApiServer::V1_34,
        );
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!((pod.grace_seconds, pod.pre_stop, pod.startup), (30, None, None));
        assert_eq!(pod.readiness, Some(Probe::default()));
        let (pod, _) = checked(&json!({"terminationGracePeriodSeconds": -5}), ApiServer::V1_34);
        assert_eq!(pod.grace_seconds, 1);
    }

    #[test]
    fn pods_restart_always() {
        let path = "spec.template.spec.restartPolicy: Unsupported value";
        assert_eq!(
            checked(&json!({"restartPolicy": "Never"}), ApiServer::V1_34).1,
            [format!("{path}: \"Never\": supported values: \"Always\"")]
        );
        assert_eq!(
            checked(&json!({"restartPolicy": "never"}), ApiServer::V1_34).1,
            [
                format!("{path}: \"never\": supported values: \"Always\", \"OnFailure\", \"Never\""),
                format!("{path}: \"never\": supported values: \"Always\""),
            ]
        );
        assert!(checked(&json!({"restartPolicy": ""}), ApiServer::V1_34).1.is_empty());
    }

    #[test]
    fn there_is_no_active_deadline() {
        assert_eq!(
            checked(&json!({"activeDeadlineSeconds": 5}), ApiServer::V1_34).1,
            [
                "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported"
            ]
        );
    }

    #[test]
    fn sleep_fits_the_grace_period() {
        let sleep = |seconds: i64, server| checked(&with_hook(&json!({"sleep": {"seconds": seconds}})), server);
        let path = "spec.template.spec.containers[0].lifecycle.preStop.sleep: Invalid value";
        for seconds in [-1, 21] {
            assert_eq!(
                sleep(seconds, ApiServer::V1_34).1,
                [format!(
                    "{path}: {seconds}: must be non-negative and less than terminationGracePeriodSeconds (20)"
                )]
            );
        }
        for seconds in [0, 20] {
            let (pod, errors) = sleep(seconds, ApiServer::V1_34);
            assert_eq!(errors, Vec::<String>::new());
            assert_eq!(
                pod.pre_stop,
                Some(PreStop::Sleep {
                    seconds: seconds.unsigned_abs()
                })
            );
        }
        assert_eq!(
            sleep(0, ApiServer::minor(31)).1,
            [format!(
                "{path}: 0: must be greater than 0 and less than terminationGracePeriodSeconds (20)"
            )]
        );
        assert_eq!(
            sleep(5, ApiServer::minor(29)).1,
            ["spec.template.spec.containers[0].lifecycle.preStop: Required value: must specify a handler type"]
        );
    }

    #[test]
    fn a_hook_has_one_handler() {
        let path = "spec.template.spec.containers[0].lifecycle.preStop";
        assert_eq!(
            checked(&with_hook(&json!({})), ApiServer::V1_34).1,
            [format!("{path}: Required value: must specify a handler type")]
        );
        assert_eq!(
            checked(
                &with_hook(&json!({"sleep": {"seconds": 5}, "exec": {}})),
                ApiServer::V1_34
            )
            .1,
            [
                format!("{path}.exec.command: Required value"),
                format!("{path}.sleep: Forbidden: may not specify more than 1 handler type"),
            ]
        );
        let (pod, errors) = checked(
            &with_hook(&json!({"exec": {"command": ["sleep", "15"]}})),
            ApiServer::V1_34,
        );
        assert_eq!(errors, Vec::<String>::new());
        let command = vec!["sleep".to_owned(), "15".to_owned()];
        assert_eq!(pod.pre_stop, Some(PreStop::Exec { command }));
    }

    #[test]
    fn probes() {
        let probe = |name: &str, mut probe: Value| {
            probe["httpGet"] = json!({"port": 80});
            checked(&json!({"containers": [{name: probe}]}), ApiServer::V1_34).1
        };
        let path = "spec.template.spec.containers[0]";
        for name in ["livenessProbe", "startupProbe"] {
            assert_eq!(
                probe(name, json!({"successThreshold": 2})),
                [format!("{path}.{name}.successThreshold: Invalid value: 2: must be 1")]
            );
        }
        assert!(probe("readinessProbe", json!({"successThreshold": 2})).is_empty());
        assert_eq!(
            probe(
                "readinessProbe",
                json!({"periodSeconds": -1, "terminationGracePeriodSeconds": 5})
            ),
            [
                format!("{path}.readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0"),
                format!(
                    "{path}.readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes"
                ),
            ]
        );
        assert_eq!(
            probe("livenessProbe", json!({"terminationGracePeriodSeconds": 0})),
            [format!(
                "{path}.livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0"
            )]
        );
        assert_eq!(
            checked(&json!({"containers": [{"livenessProbe": {}}]}), ApiServer::V1_34).1,
            [format!(
                "{path}.livenessProbe: Required value: must specify a handler type"
            )]
        );
    }
}
