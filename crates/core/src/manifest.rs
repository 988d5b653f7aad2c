//! The rendered texts as Kubernetes reads them.

use rollcast_chart::Rendered;
use rollcast_rollout::Probe;
use rollcast_values::{Origin, Value, read};

/// What an API server finds where Helm printed `text`. Helm reads its own text once more before it sends it, by the
/// same YAML rules as values.
pub(crate) fn typed(text: &str) -> Value {
    let mut document = "v:".to_owned();
    for line in text.lines() {
        document.push_str("\n  ");
        document.push_str(line);
    }
    match read(document.as_bytes(), Origin::Default) {
        Ok(mut read) => read.map.remove("v").map_or(Value::Null, |node| node.value),
        Err(_) => Value::Str(text.to_owned()),
    }
}

/// A field that must hold a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// Not printed, or printed as null: the API server's default applies.
    Unset,
    /// This number.
    Is(i64),
    /// Something that is no 64-bit whole number.
    Wrong,
}

impl Number {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Unset,
            #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
            Value::Float(number) if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 => {
                Self::Is(*number as i64)
            }
            _ => Self::Wrong,
        }
    }

    fn read(text: Option<&str>) -> Self {
        text.map_or(Self::Unset, |text| Self::of(&typed(text)))
    }

    /// As a number that cannot be negative, where it is one.
    pub(crate) fn unsigned(self) -> Option<u32> {
        match self {
            Self::Is(number) => u32::try_from(number).ok(),
            Self::Unset | Self::Wrong => None,
        }
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
    fn read(command: Option<&str>) -> Self {
        let Some(command) = command else { return Self::None };
        let Value::List(words) = typed(command) else {
            return Self::Fails(command.to_owned());
        };
        let script = match words.last().map(|word| &word.value) {
            Some(Value::Str(script)) => script.as_str(),
            _ => return Self::Fails(command.to_owned()),
        };
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
    // Rust also reads "inf" and "nan" as numbers.
    let numeric = argument.starts_with(|first: char| first.is_ascii_digit() || first == '+');
    argument
        .parse()
        .ok()
        .filter(|seconds: &f64| numeric && seconds.is_finite() && *seconds >= 0.0)
}

/// The workspaces claim.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    /// Its access modes, as far as they are texts.
    pub(crate) modes: Vec<String>,
    /// Everything under its `spec:`.
    pub(crate) spec: Value,
}

impl Claim {
    fn read(spec: &str) -> Self {
        let spec = typed(spec);
        let modes = match spec.at("accessModes") {
            Some(Value::List(modes)) => modes
                .iter()
                .filter_map(|mode| match &mode.value {
                    Value::Str(mode) => Some(mode.clone()),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        Self { modes, spec }
    }

    /// How the pods of two versions can share it.
    pub(crate) fn sharing(&self) -> Sharing {
        let has = |mode: &str| self.modes.iter().any(|each| each == mode);
        if has("ReadWriteMany") || has("ReadOnlyMany") {
            Sharing::ManyNodes
        } else if has("ReadWriteOncePod") {
            Sharing::OnePod
        } else {
            Sharing::OneNode
        }
    }

    /// The storage class it names; an empty text is a class of its own, the one without a provisioner.
    pub(crate) fn class(&self) -> Option<&str> {
        match self.spec.at("storageClassName") {
            Some(Value::Str(class)) => Some(class),
            _ => None,
        }
    }
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

/// The app Deployment and what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Manifest {
    /// `spec.replicas`.
    pub(crate) replicas: Number,
    /// `spec.strategy`.
    pub(crate) strategy: Value,
    /// `terminationGracePeriodSeconds`.
    pub(crate) grace: Number,
    /// The preStop hook.
    pub(crate) pre_stop: PreStop,
    /// The readiness probe's four numbers, by their names.
    pub(crate) readiness: [(&'static str, Number); 4],
    /// The claim that the pod mounts.
    pub(crate) claim: Option<Claim>,
}

impl Manifest {
    pub(crate) fn read(rendered: &Rendered) -> Self {
        let app = &rendered.app;
        let probe = &app.readiness_probe;
        let number = |text: &str| Number::read(Some(text));
        Self {
            replicas: number(&app.replicas),
            strategy: app.strategy.as_deref().map_or(Value::Null, typed),
            grace: Number::read(app.termination_grace_period_seconds.as_deref()),
            pre_stop: PreStop::read(app.pre_stop_command.as_deref()),
            readiness: [
                ("initialDelaySeconds", number(&probe.initial_delay_seconds)),
                ("periodSeconds", number(&probe.period_seconds)),
                ("timeoutSeconds", number(&probe.timeout_seconds)),
                ("failureThreshold", number(&probe.failure_threshold)),
            ],
            claim: rendered
                .pvc_spec
                .as_deref()
                .filter(|_| app.mounts_workspaces)
                .map(Claim::read),
        }
    }

    /// `terminationGracePeriodSeconds` with its default, in seconds. A negative one acts as 1.
    pub(crate) fn grace_seconds(&self) -> u32 {
        match self.grace {
            Number::Is(seconds) => u32::try_from(seconds).unwrap_or(if seconds < 0 { 1 } else { u32::MAX }),
            Number::Unset | Number::Wrong => 30,
        }
    }

    /// The readiness probe with its defaults.
    pub(crate) fn probe(&self) -> Probe {
        let [initial, period, timeout, failures] = self.readiness.map(|(_, number)| number.unsigned().unwrap_or(0));
        Probe {
            initial_delay_seconds: initial,
            period_seconds: period,
            timeout_seconds: timeout,
            success_threshold: 1,
            failure_threshold: failures,
        }
    }
}

/// An environment variable of the app container as the process sees it.
pub(crate) fn variable(rendered: &Rendered, name: &str) -> Option<String> {
    match typed(rendered.app.env.get(name)?) {
        Value::Str(text) => Some(text),
        Value::Null => Some(String::new()),
        // A number or a boolean is refused by the API server: a variable's value is a text.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replicas_are_read_as_helm_sends_them() {
        for (text, expected) in [
            ("", Number::Unset),
            ("null", Number::Unset),
            ("3", Number::Is(3)),
            ("3.0", Number::Is(3)),
            ("1e+06", Number::Is(1_000_000)),
            ("030", Number::Is(24)),
            ("-1", Number::Is(-1)),
            ("2.7", Number::Wrong),
            ("1e+30", Number::Wrong),
            ("true", Number::Wrong),
            ("abc", Number::Wrong),
            ("\"3\"", Number::Wrong),
            ("[]", Number::Wrong),
            ("map[]", Number::Wrong),
        ] {
            assert_eq!(Number::read(Some(text)), expected, "{text}");
        }
        assert_eq!(Number::read(None), Number::Unset);
    }

    #[test]
    fn a_block_keeps_its_shape() {
        let strategy = typed("type: RollingUpdate\nrollingUpdate:\n  maxSurge: 1\n  maxUnavailable: 25%");
        assert_eq!(
            strategy.to_json(),
            r#"{"rollingUpdate":{"maxSurge":1,"maxUnavailable":"25%"},"type":"RollingUpdate"}"#
        );
        assert_eq!(typed("RollingUpdate").to_json(), "\"RollingUpdate\"");
        assert_eq!(typed("- a\n- b").to_json(), r#"["a","b"]"#);
    }

    #[test]
    fn the_hook_sleeps_as_long_as_sleep_understands() {
        let hook = |argument: &str| PreStop::read(Some(&format!("[\"sh\", \"-c\", \"sleep {argument}\"]")));
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
        assert_eq!(PreStop::read(None), PreStop::None);
    }

    #[test]
    fn a_claim_shares_as_its_widest_mode() {
        let claim = |modes: &str| Claim::read(&format!("accessModes:{modes}\nstorageClassName: nfs"));
        for (modes, sharing) in [
            ("\n  - ReadWriteOnce", Sharing::OneNode),
            ("\n  - ReadWriteOnce\n  - ReadWriteMany", Sharing::ManyNodes),
            ("\n  - ReadOnlyMany", Sharing::ManyNodes),
            ("\n  - ReadWriteOncePod", Sharing::OnePod),
            (" null", Sharing::OneNode),
            ("\n  - RWX", Sharing::OneNode),
            ("\n  - 1", Sharing::OneNode),
        ] {
            assert_eq!(claim(modes).sharing(), sharing, "{modes}");
        }
        assert_eq!(claim(" null").class(), Some("nfs"));
    }
}
