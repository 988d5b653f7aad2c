//! The rendered texts as Kubernetes reads them.

use std::collections::BTreeMap;

use rollcast_chart::Rendered;
use rollcast_rollout::validate::{self, AccessMode, ApiServer, ClaimSpec, DeploymentSpec, Rejection};
use rollcast_rollout::{Probe, Strategy};
use rollcast_values::{Map, Origin, Value, read};
use serde_json::{Value as Json, json};

/// What an API server finds where Helm printed `text`. Helm reads its own text once more before it sends it, by the
/// same YAML rules as values.
pub(crate) fn typed(text: &str) -> Value {
    Typed::read([(String::new(), text)]).take("")
}

/// Printed texts by name, read together: one reading costs much less than many.
struct Typed<'a> {
    values: Map,
    texts: BTreeMap<String, (String, &'a str)>,
}

impl<'a> Typed<'a> {
    fn read(texts: impl IntoIterator<Item = (String, &'a str)>) -> Self {
        let mut document = String::new();
        let mut keys = BTreeMap::new();
        for (number, (name, text)) in texts.into_iter().enumerate() {
            let key = format!("v{number}");
            document.push_str(&key);
            document.push(':');
            for line in text.lines() {
                document.push_str("\n  ");
                document.push_str(line);
            }
            document.push('\n');
            keys.insert(name, (key, text));
        }
        Self {
            // Helm has read every one of these texts; where all together are beyond what we follow, they stay texts.
            values: read(document.as_bytes(), Origin::Default).map_or_else(|_| Map::new(), |read| read.map),
            texts: keys,
        }
    }

    /// The value of a text; null where there is none.
    fn take(&mut self, name: &str) -> Value {
        let Some((key, text)) = self.texts.get(name) else {
            return Value::Null;
        };
        self.values
            .remove(key)
            .map_or_else(|| Value::Str((*text).to_owned()), |node| node.value)
    }
}

/// The preStop hook of the app container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PreStop {
    /// None.
    None,
    /// It sleeps this many milliseconds.
    Sleep(u64),
    /// Its `sleep` does not understand its argument and fails at once; SIGTERM follows immediately.
    Fails(String),
}

impl PreStop {
    fn of(hook: Option<&validate::PreStop>) -> Self {
        let command = match hook {
            Some(validate::PreStop::Exec { command }) => command,
            Some(validate::PreStop::Sleep { .. } | validate::PreStop::Request) | None => return Self::None,
        };
        // The chart's hook is a shell with one script.
        let script = command.last().map_or("", String::as_str);
        let argument = script.strip_prefix("sleep ").unwrap_or(script);
        match sleep_seconds(argument) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "not negative; `as` saturates"
            )]
            Some(seconds) => Self::Sleep((seconds * 1_000.0) as u64),
            None => Self::Fails(argument.to_owned()),
        }
    }

    /// How long it runs by itself, in milliseconds.
    pub(crate) const fn milliseconds(&self) -> u64 {
        match self {
            Self::Sleep(milliseconds) => *milliseconds,
            Self::None | Self::Fails(_) => 0,
        }
    }
}

/// What the `sleep` of GNU coreutils, which the app's image has, makes of its argument.
fn sleep_seconds(argument: &str) -> Option<f64> {
    if let Some(digits) = argument.strip_prefix("0x").or_else(|| argument.strip_prefix("0X")) {
        return u32::from_str_radix(digits, 16).ok().map(f64::from);
    }
    // It takes what begins with a minus for an option.
    let numeric = argument.starts_with(|first: char| first.is_ascii_digit() || first == '+');
    rollcast_go::parse_float(argument).filter(|seconds| numeric && seconds.is_finite())
}

/// Who may mount a claim at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// Pods on any nodes.
    ManyNodes,
    /// Pods on one node.
    OneNode,
    /// One pod.
    OnePod,
}

impl Sharing {
    pub(crate) fn of(claim: &ClaimSpec) -> Self {
        let modes = claim.access_modes.as_slice();
        if AccessMode::many_nodes(modes) {
            Self::ManyNodes
        } else if modes.contains(&AccessMode::ReadWriteOncePod) {
            Self::OnePod
        } else {
            Self::OneNode
        }
    }
}

/// The app Deployment and the claim it mounts, as the API server takes them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Manifest {
    /// The Deployment's spec, defaults filled in. Where the server refuses the Deployment, what of it stands by itself.
    pub(crate) spec: DeploymentSpec,
    /// The preStop hook.
    pub(crate) pre_stop: PreStop,
    /// The claim that the pod mounts; `None` without one, and where the server refuses it.
    pub(crate) claim: Option<ClaimSpec>,
    /// Why the server refuses the claim or the Deployment, in the order in which they are sent.
    pub(crate) rejections: Vec<Rejection>,
    /// Fields of the Deployment that the server does not know, and drops.
    pub(crate) unknown_fields: Vec<String>,
    /// The app container's plain variables.
    variables: BTreeMap<String, String>,
}

/// The names that the chart gives the two.
const DEPLOYMENT: &str = "lobu-app";
const CLAIM: &str = "lobu-app-workspaces";

impl Manifest {
    pub(crate) fn read(rendered: &Rendered, values: &Value, server: ApiServer) -> Self {
        let app = &rendered.app;
        let liveness = LIVENESS.map(|name| {
            let value = values.at("healthCheck.livenessProbe").and_then(|probe| probe.at(name));
            // The templates print the liveness probe's numbers as they are.
            value.map_or_else(String::new, Value::print)
        });
        let ready = &app.readiness_probe;
        let mounted = rendered.pvc_spec.as_deref().filter(|_| app.mounts_workspaces);
        let numbers = [
            ("replicas", &app.replicas),
            ("readiness/initialDelaySeconds", &ready.initial_delay_seconds),
            ("readiness/periodSeconds", &ready.period_seconds),
            ("readiness/timeoutSeconds", &ready.timeout_seconds),
            ("readiness/failureThreshold", &ready.failure_threshold),
        ];
        let optional = [
            ("strategy", app.strategy.as_deref()),
            ("grace", app.termination_grace_period_seconds.as_deref()),
            ("command", app.pre_stop_command.as_deref()),
            ("claim", mounted),
        ];
        let texts = numbers
            .into_iter()
            .chain(LIVENESS.into_iter().zip(&liveness))
            .map(|(name, text)| (name, text.as_str()))
            .chain(optional.into_iter().filter_map(|(name, text)| Some((name, text?))))
            .map(|(name, text)| (name.to_owned(), text))
            // A variable may be called like a field.
            .chain(
                app.env
                    .iter()
                    .map(|(name, text)| (format!("env/{name}"), text.as_str())),
            );
        Self::of(Typed::read(texts), mounted.is_some(), rendered, server)
    }

    fn of(mut typed: Typed<'_>, mounted: bool, rendered: &Rendered, server: ApiServer) -> Self {
        let mut rejections = Vec::new();
        let mut unknown_fields = Vec::new();
        let claim = mounted.then(|| validate::claim(CLAIM, &json(&typed.take("claim")), server));
        let claim = match claim.transpose() {
            Ok(accepted) => accepted.map(|accepted| accepted.spec),
            Err(rejection) => {
                rejections.push(rejection);
                None
            }
        };
        let fields = deployment(&mut typed, rendered);
        let spec = match validate::deployment(DEPLOYMENT, &assembled(&fields), server) {
            Ok(accepted) => {
                unknown_fields = accepted.unknown_fields;
                accepted.spec
            }
            Err(rejection) => {
                rejections.push(rejection);
                salvaged(&fields, server)
            }
        };
        let mut variables = BTreeMap::new();
        for name in rendered.app.env.keys() {
            match typed.take(&format!("env/{name}")) {
                Value::Str(text) => variables.insert(name.clone(), text),
                Value::Null => variables.insert(name.clone(), String::new()),
                // A number or a boolean is refused by the API server: a variable's value is a text.
                _ => None,
            };
        }
        Self {
            pre_stop: PreStop::of(spec.pre_stop.as_ref()),
            spec,
            claim,
            rejections,
            unknown_fields,
            variables,
        }
    }

    /// An environment variable of the app container as the process sees it.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// Who may mount the claim; `None` without one.
    pub(crate) fn sharing(&self) -> Option<Sharing> {
        self.claim.as_ref().map(Sharing::of)
    }

    /// What the server makes of the strategy; `None` where it refuses the claim or the Deployment.
    pub(crate) fn strategy(&self) -> Option<Strategy> {
        self.rejections.is_empty().then_some(self.spec.strategy)
    }

    /// The readiness probe; the chart always prints one.
    pub(crate) fn readiness(&self) -> Probe {
        self.spec.readiness.unwrap_or_default()
    }
}

/// The liveness probe's numbers.
const LIVENESS: [&str; 4] = [
    "initialDelaySeconds",
    "periodSeconds",
    "timeoutSeconds",
    "failureThreshold",
];

/// The fields of the Deployment's spec that depend on values, each by itself.
fn deployment(typed: &mut Typed<'_>, rendered: &Rendered) -> Vec<(&'static str, Json)> {
    let app = &rendered.app;
    let mut probe = |path: &str, before: &str| {
        let mut probe = json!({"httpGet": {"path": path, "port": 8787}});
        for name in LIVENESS {
            probe[name] = json(&typed.take(&format!("{before}{name}")));
        }
        probe
    };
    let readiness = probe("/health/ready", "readiness/");
    let liveness = probe("/health", "");
    let mut container = json!({"name": "app", "readinessProbe": readiness, "livenessProbe": liveness});
    if app.pre_stop_command.is_some() {
        container["lifecycle"] = json!({"preStop": {"exec": {"command": json(&typed.take("command"))}}});
    }
    let mut pod = json!({"containers": [container]});
    if app.termination_grace_period_seconds.is_some() {
        pod["terminationGracePeriodSeconds"] = json(&typed.take("grace"));
    }
    let mut fields = vec![("replicas", json(&typed.take("replicas")))];
    if app.strategy.is_some() {
        fields.push(("strategy", json(&typed.take("strategy"))));
    }
    fields.push(("template", json!({"metadata": {"labels": labels()}, "spec": pod})));
    fields
}

/// The labels that select the pods; which ones does not matter.
pub(crate) fn labels() -> Json {
    json!({"app.kubernetes.io/component": "api"})
}

/// A whole spec; a template of its own stands in where the fields have none.
pub(crate) fn assembled(fields: &[(&'static str, Json)]) -> Json {
    let mut spec = json!({
        "selector": {"matchLabels": labels()},
        "template": {"metadata": {"labels": labels()}, "spec": {"containers": [{"name": "app"}]}},
    });
    for (name, value) in fields {
        spec[*name] = value.clone();
    }
    spec
}

/// What is left of a refused Deployment without the fields that are refused by themselves.
fn salvaged(fields: &[(&'static str, Json)], server: ApiServer) -> DeploymentSpec {
    let accepts = |fields: &[(&'static str, Json)]| validate::deployment(DEPLOYMENT, &assembled(fields), server).ok();
    let sound: Vec<_> = fields
        .iter()
        .filter(|field| accepts(std::slice::from_ref(field)).is_some())
        .cloned()
        .collect();
    match accepts(&sound).or_else(|| accepts(&[])) {
        Some(accepted) => accepted.spec,
        // A spec of the chart's own constants is never refused; the server's defaults all the same.
        None => DeploymentSpec {
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
        },
    }
}

/// As the JSON that Helm sends. A whole number is one however it was written.
pub(crate) fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(value) => Json::from(*value),
        Value::Float(value) => Json::from(*value),
        Value::Str(value) => Json::String(value.clone()),
        Value::List(items) => items.iter().map(|item| json(&item.value)).collect(),
        Value::Map(map) => {
            let mut object = serde_json::Map::new();
            for (key, node) in map {
                object.insert(key.clone(), json(&node.value));
            }
            Json::Object(object)
        }
    }
}

#[cfg(test)]
mod tests {
    use rollcast_chart::{App, Probe as ProbeText};

    use super::*;

    fn rendered(replicas: &str, strategy: Option<&str>) -> Rendered {
        let text = |text: &str| text.to_owned();
        Rendered {
            app: App {
                replicas: text(replicas),
                strategy: strategy.map(text),
                termination_grace_period_seconds: Some(text("45")),
                readiness_probe: ProbeText {
                    initial_delay_seconds: text("10"),
                    period_seconds: text("10"),
                    timeout_seconds: text("3"),
                    failure_threshold: text("6"),
                },
                ..App::default()
            },
            ..Rendered::default()
        }
    }

    fn manifest(rendered: &Rendered) -> Manifest {
        Manifest::read(rendered, &Value::Null, ApiServer::default())
    }

    #[test]
    fn replicas_are_read_as_helm_sends_them() {
        for (text, expected) in [
            ("", Some(1)),
            ("null", Some(1)),
            ("3", Some(3)),
            ("3.0", Some(3)),
            ("1e+06", Some(1_000_000)),
            ("030", Some(24)),
            ("-1", None),
            ("2.7", None),
            ("1e+30", None),
            ("true", None),
            ("abc", None),
            ("\"3\"", None),
            ("[]", None),
            ("map[]", None),
        ] {
            let manifest = manifest(&rendered(text, None));
            let accepted = manifest.rejections.is_empty().then_some(manifest.spec.replicas);
            assert_eq!(accepted, expected, "{text}");
        }
    }

    #[test]
    fn what_is_sound_of_a_refused_deployment_is_kept() {
        let manifest = manifest(&rendered("3", Some("type: Recreate\nrollingUpdate: {}")));
        assert_eq!(manifest.strategy(), None);
        assert_eq!((manifest.spec.replicas, manifest.spec.grace_seconds), (3, 45));
        assert_eq!(manifest.readiness().failure_threshold, 6);
        assert_eq!(
            manifest.rejections[0].to_string(),
            "Deployment.apps \"lobu-app\" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified when \
             strategy `type` is 'Recreate'"
        );
    }

    #[test]
    fn fields_that_are_dropped_are_told() {
        let manifest = manifest(&rendered("1", Some("type: RollingUpdate\nmaxSurge: 1")));
        assert!(manifest.rejections.is_empty());
        assert_eq!(manifest.unknown_fields, ["spec.strategy.maxSurge"]);
    }

    #[test]
    fn a_block_keeps_its_shape() {
        let strategy = typed("type: RollingUpdate\nrollingUpdate:\n  maxSurge: 1\n  maxUnavailable: 25%");
        assert_eq!(
            json(&strategy),
            json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1.0, "maxUnavailable": "25%"}})
        );
        assert_eq!(json(&typed("RollingUpdate")), json!("RollingUpdate"));
        assert_eq!(json(&typed("- a\n- b")), json!(["a", "b"]));
    }

    #[test]
    fn the_hook_sleeps_as_long_as_sleep_understands() {
        let hook = |argument: &str| {
            let mut rendered = rendered("1", None);
            rendered.app.pre_stop_command = Some(format!("[\"sh\", \"-c\", \"sleep {argument}\"]"));
            manifest(&rendered).pre_stop
        };
        for (argument, milliseconds) in [
            ("15", 15_000),
            ("015", 15_000),
            ("+15", 15_000),
            ("15.9", 15_900),
            ("0x10", 16_000),
            ("1e+06", 1_000_000_000),
        ] {
            assert_eq!(hook(argument), PreStop::Sleep(milliseconds), "{argument}");
        }
        for argument in ["true", "0b11", "1_0", "-5", "", "nan", "inf", "+inf"] {
            assert_eq!(hook(argument), PreStop::Fails(argument.to_owned()), "{argument}");
        }
        assert_eq!(manifest(&rendered("1", None)).pre_stop, PreStop::None);
    }

    #[test]
    fn a_claim_shares_as_its_widest_mode() {
        let sharing = |modes: &str| {
            let mut rendered = rendered("1", None);
            rendered.app.mounts_workspaces = true;
            rendered.pvc_spec = Some(format!(
                "  accessModes:{modes}\n  resources:\n    requests:\n      storage: 20Gi"
            ));
            let manifest = manifest(&rendered);
            (manifest.sharing(), manifest.rejections.len())
        };
        for (modes, expected) in [
            ("\n    - ReadWriteOnce", Some(Sharing::OneNode)),
            ("\n    - ReadWriteOnce\n    - ReadWriteMany", Some(Sharing::ManyNodes)),
            ("\n    - ReadOnlyMany", Some(Sharing::ManyNodes)),
            ("\n    - ReadWriteOncePod", Some(Sharing::OnePod)),
            (" null", None),
            ("\n    - RWX", None),
            ("\n    - 1", None),
        ] {
            assert_eq!(sharing(modes), (expected, usize::from(expected.is_none())), "{modes}");
        }
    }
}
