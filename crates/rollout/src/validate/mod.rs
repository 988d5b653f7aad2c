//! What the API server makes of an object: it reads it, fills in defaults, and checks its rules.
//!
//! The input is the object as JSON, as far as this crate models it: of a Deployment the fields around the strategy, the
//! selector, and of its pods the labels, the restart policy, the grace period, hooks and probes; of a claim its whole
//! spec. What else stands there is ignored. Messages are the server's own, for every minor version whose words differ.

mod claim;
mod decode;
mod deployment;
mod error;
mod pod;
mod schema;
mod server_side;
mod strategy;
mod unknown;

pub(crate) use claim::size as claim_size;
pub use claim::{AccessMode, ClaimSpec, claim};
pub(crate) use deployment::present;
pub use deployment::{DeploymentSpec, check_strategy, deployment, deployment_update};
pub use error::{DecodeError, ErrorKind, FieldError, FieldRule, Invalid, Rejection};
pub use pod::PreStop;
pub use server_side::server_side_apply;

use serde::{Deserialize, Serialize};

/// An API server, by the minor version of its Kubernetes 1.x.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct ApiServer {
    minor: u32,
}

impl ApiServer {
    /// Kubernetes 1.33, the last that prints wrong values as Go structs.
    pub const V1_33: Self = Self::minor(33);
    /// Kubernetes 1.34, the first that prints wrong values as JSON.
    pub const V1_34: Self = Self::minor(34);

    /// Kubernetes 1.`minor`. Words are those of 1.28 for older ones.
    #[must_use]
    pub const fn minor(minor: u32) -> Self {
        Self { minor }
    }

    const fn prints_json(self) -> bool {
        self.minor >= 34
    }

    /// Whether a claim whose expansion failed may shrink again (RecoverVolumeExpansionFailure).
    pub(crate) const fn recovers_expansion(self) -> bool {
        self.minor >= 32
    }

    /// Whether claims have a volumeAttributesClassName, which messages mention then.
    pub(crate) const fn has_attributes_class(self) -> bool {
        self.minor >= 29
    }

    const fn has_sleep_field(self) -> bool {
        self.minor >= 29
    }

    /// Whether `preStop.sleep` is kept (PodLifecycleSleepAction).
    const fn keeps_sleep(self) -> bool {
        self.minor >= 30
    }

    /// Whether a sleep may take no time (PodLifecycleSleepActionAllowZero).
    const fn allows_no_sleep(self) -> bool {
        self.minor >= 33
    }

    const fn has_stop_signal(self) -> bool {
        self.minor >= 33
    }
}

impl Default for ApiServer {
    fn default() -> Self {
        Self::V1_34
    }
}

/// The kinds of objects that are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum ObjectKind {
    /// apps/v1 Deployment.
    Deployment,
    /// v1 PersistentVolumeClaim.
    PersistentVolumeClaim,
}

/// An object that the API server accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted<T> {
    /// The object with its defaults filled in.
    pub spec: T,
    /// Paths of fields that the server does not know. They are dropped: with a warning, or, where the applier asks for
    /// strictness (kubectl does, Helm 3 does not), with a refusal instead.
    pub unknown_fields: Vec<String>,
    /// Warnings in the server's words, those about unknown fields first.
    pub warnings: Vec<String>,
}

impl<T> Accepted<T> {
    fn new(spec: T, unknown_fields: Vec<String>, others: Vec<String>) -> Self {
        let unknown = unknown_fields.iter().map(|path| format!("unknown field \"{path}\""));
        let warnings = unknown.chain(others).collect();
        Self {
            spec,
            unknown_fields,
            warnings,
        }
    }

    /// What an applier is told that asks for strictness, in the server's words; `None` where nothing is unknown.
    #[must_use]
    pub fn strict_error(&self) -> Option<String> {
        let unknown: Vec<_> = self
            .unknown_fields
            .iter()
            .map(|path| format!("unknown field \"{path}\""))
            .collect();
        (!unknown.is_empty()).then(|| format!("strict decoding error: {}", unknown.join(", ")))
    }
}
