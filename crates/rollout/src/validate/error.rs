//! What the API server says when it refuses an object.

use std::fmt;

use serde::Serialize;

/// Why the API server refuses an object. Displayed in its own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum Rejection {
    /// The object cannot be read (HTTP 400). Nothing else is looked at then.
    Decode(DecodeError),
    /// The object is read, and breaks rules (HTTP 422): all of them are told at once.
    Invalid(Invalid),
}

impl Rejection {
    /// The rules that are broken; empty where the object cannot be read.
    #[must_use]
    pub fn errors(&self) -> &[FieldError] {
        match self {
            Self::Decode(_) => &[],
            Self::Invalid(invalid) => &invalid.errors,
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(f),
            Self::Invalid(invalid) => invalid.fmt(f),
        }
    }
}

impl std::error::Error for Rejection {}

/// An object that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DecodeError {
    /// `Deployment` or `PersistentVolumeClaim`.
    pub kind: String,
    /// The field, dotted: `spec.strategy`. Without positions in lists, as Go tells it.
    pub path: String,
    /// The reader's words: "json: cannot unmarshal string into …".
    pub reason: String,
    /// What to write instead, in our words.
    pub advice: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, reason, .. } = self;
        write!(f, "{kind} in version \"v1\" cannot be handled as a {kind}: {reason}")
    }
}

/// An object that breaks rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Invalid {
    /// `Deployment.apps` or `PersistentVolumeClaim`.
    pub object: String,
    /// The object's name.
    pub name: String,
    /// At least one error, in the server's order.
    pub errors: Vec<FieldError>,
}

impl fmt::Display for Invalid {
    /// One error stands alone, several stand in brackets, and none is said twice
    /// (apimachinery, pkg/api/errors/errors.go `NewInvalid` and pkg/util/errors/errors.go).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut messages: Vec<&str> = Vec::new();
        for error in &self.errors {
            if !messages.contains(&error.message.as_str()) {
                messages.push(&error.message);
            }
        }
        write!(f, "{} \"{}\" is invalid: ", self.object, self.name)?;
        match messages.as_slice() {
            [message] => f.write_str(message),
            messages => write!(f, "[{}]", messages.join(", ")),
        }
    }
}

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FieldError {
    /// The field, as the server names it: `spec.strategy.rollingUpdate.maxSurge`.
    pub path: String,
    /// The server's kind of error.
    pub kind: ErrorKind,
    /// The server's whole sentence about this field, the path included.
    pub message: String,
    /// The rule that is broken.
    pub rule: FieldRule,
    /// What to do, in our words.
    pub advice: String,
}

/// The API server's kinds of errors (apimachinery, pkg/util/validation/field/errors.go).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// `Required value`.
    Required,
    /// `Invalid value`.
    Invalid,
    /// `Unsupported value`.
    Unsupported,
    /// `Forbidden`.
    Forbidden,
}

impl ErrorKind {
    const fn text(self) -> &'static str {
        match self {
            Self::Required => "Required value",
            Self::Invalid => "Invalid value",
            Self::Unsupported => "Unsupported value",
            Self::Forbidden => "Forbidden",
        }
    }
}

/// The rules that are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum FieldRule {
    /// A number must not be negative.
    NotNegative,
    /// The strategy's type is one of two, in exactly this spelling.
    StrategyType,
    /// Recreate takes no rollingUpdate block, not even an empty one.
    RecreateAlone,
    /// maxSurge and maxUnavailable are whole numbers, or whole percentages as text.
    Percentage,
    /// maxUnavailable is at most 100%.
    AtMostAll,
    /// maxSurge and maxUnavailable are not both 0.
    SomeMovement,
    /// The deadline is longer than minReadySeconds.
    DeadlineAfterReady,
    /// A Deployment needs a selector.
    SelectorPresent,
    /// The selector selects by something.
    SelectorNotEmpty,
    /// The selector matches the template's labels.
    SelectorMatches,
    /// The selector never changes.
    SelectorImmutable,
    /// A Deployment's pods restart always.
    RestartAlways,
    /// A Deployment's pods have no activeDeadlineSeconds.
    NoActiveDeadline,
    /// A hook or probe has one handler.
    OneHandler,
    /// An exec handler has a command.
    CommandPresent,
    /// A preStop sleep is not longer than the grace period.
    SleepWithinGrace,
    /// Liveness and startup probes succeed with one success.
    OneSuccess,
    /// A probe's own grace period is above 0, and a readiness probe has none.
    ProbeGrace,
    /// A claim needs an access mode.
    AccessModePresent,
    /// Access modes are four, in exactly this spelling.
    AccessModeKnown,
    /// ReadWriteOncePod stands alone.
    OncePodAlone,
    /// A claim needs a size.
    SizePresent,
    /// A claim's size is above 0.
    SizePositive,
}

impl FieldRule {
    /// What to do about it, in our words.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::NotNegative => "Use 0 or more.",
            Self::StrategyType => "Write `type: Recreate` or `type: RollingUpdate`, with these capital letters.",
            Self::RecreateAlone => {
                "Remove `rollingUpdate` from the strategy; an empty map counts as well. Where a default brings it in, set it to `null`."
            }
            Self::Percentage => {
                "Write a whole number without quotes for pods (`1`), or a whole percentage (`25%`); no decimals, no signs, no blanks."
            }
            Self::AtMostAll => "Use at most `100%`.",
            Self::SomeMovement => {
                "Let one of maxSurge and maxUnavailable be at least 1: with both at 0 no pod could ever be replaced."
            }
            Self::DeadlineAfterReady => "Make progressDeadlineSeconds larger than minReadySeconds; 600 is the default.",
            Self::SelectorPresent | Self::SelectorNotEmpty => {
                "Give the selector at least one label of the pod template."
            }
            Self::SelectorMatches => "Let the pod template carry every label that the selector asks for.",
            Self::SelectorImmutable => {
                "Keep the selector as it is. To change it, delete the Deployment and create it anew, which stops its pods."
            }
            Self::RestartAlways => "Remove restartPolicy, or set it to `Always`.",
            Self::NoActiveDeadline => "Remove activeDeadlineSeconds.",
            Self::OneHandler => "Give the hook or probe exactly one of its handlers.",
            Self::CommandPresent => "Give `exec` a command of at least one word.",
            Self::SleepWithinGrace => {
                "Make the sleep no longer than terminationGracePeriodSeconds, and leave the app time to shut down after it."
            }
            Self::OneSuccess => "Remove successThreshold, or set it to 1.",
            Self::ProbeGrace => {
                "Remove terminationGracePeriodSeconds from the probe; only liveness and startup probes may have it, above 0."
            }
            Self::AccessModePresent => "Name an access mode, for example `accessModes: [ReadWriteOnce]`.",
            Self::AccessModeKnown => "Use ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod, written out.",
            Self::OncePodAlone => "Use ReadWriteOncePod alone, or leave it out.",
            Self::SizePresent => "Set `resources.requests.storage`, for example to `10Gi`.",
            Self::SizePositive => "Ask for more than 0, for example `10Gi`.",
        }
    }
}

/// Gathers broken rules.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<FieldError>);

impl Errors {
    fn push(&mut self, kind: ErrorKind, rule: FieldRule, path: &str, value: Option<&str>, detail: &str) {
        let mut message = format!("{path}: {}", kind.text());
        for part in [value, Some(detail).filter(|detail| !detail.is_empty())]
            .into_iter()
            .flatten()
        {
            message.push_str(": ");
            message.push_str(part);
        }
        self.0.push(FieldError {
            path: path.to_owned(),
            kind,
            message,
            rule,
            advice: rule.advice().to_owned(),
        });
    }

    pub(crate) fn required(&mut self, rule: FieldRule, path: &str, detail: &str) {
        self.push(ErrorKind::Required, rule, path, None, detail);
    }

    pub(crate) fn invalid(&mut self, rule: FieldRule, path: &str, value: &str, detail: &str) {
        self.push(ErrorKind::Invalid, rule, path, Some(value), detail);
    }

    pub(crate) fn forbidden(&mut self, rule: FieldRule, path: &str, detail: &str) {
        self.push(ErrorKind::Forbidden, rule, path, None, detail);
    }

    pub(crate) fn unsupported(&mut self, rule: FieldRule, path: &str, value: &str, supported: &[&str]) {
        let supported: Vec<_> = supported.iter().map(|each| format!("\"{each}\"")).collect();
        let detail = format!("supported values: {}", supported.join(", "));
        self.push(ErrorKind::Unsupported, rule, path, Some(value), &detail);
    }

    pub(crate) fn not_negative(&mut self, path: &str, value: i64) {
        if value < 0 {
            self.invalid(
                FieldRule::NotNegative,
                path,
                &value.to_string(),
                "must be greater than or equal to 0",
            );
        }
    }

    /// The refusal of the object, if there is any error.
    pub(crate) fn refuse(self, object: &str, name: &str) -> Result<(), Rejection> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Rejection::Invalid(Invalid {
            object: object.to_owned(),
            name: name.to_owned(),
            errors: self.0,
        }))
    }
}
