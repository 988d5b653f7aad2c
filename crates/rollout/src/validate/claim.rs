//! A PersistentVolumeClaim's spec (pkg/apis/core/validation/validation.go `ValidatePersistentVolumeClaimSpec`).

use serde::Serialize;
use serde_json::Value;

use super::deployment::present;
use super::error::{Errors, FieldRule, Rejection};
use super::schema::CLAIM;
use super::{Accepted, ApiServer, decode, unknown};
use crate::{Quantity, go};

const SUPPORTED: [&str; 4] = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

/// How pods may mount a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum AccessMode {
    /// Pods of one node.
    ReadWriteOnce,
    /// Pods of many nodes, for reading.
    ReadOnlyMany,
    /// Pods of many nodes.
    ReadWriteMany,
    /// One pod.
    ReadWriteOncePod,
}

impl AccessMode {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "ReadWriteOnce" => Some(Self::ReadWriteOnce),
            "ReadOnlyMany" => Some(Self::ReadOnlyMany),
            "ReadWriteMany" => Some(Self::ReadWriteMany),
            "ReadWriteOncePod" => Some(Self::ReadWriteOncePod),
            _ => None,
        }
    }

    /// Whether Kubernetes lets pods of many nodes mount a claim with these modes: one shared mode is enough
    /// (pkg/volume/util `IsMultiAttachAllowed`).
    #[must_use]
    pub fn many_nodes(modes: &[Self]) -> bool {
        modes.contains(&Self::ReadWriteMany) || modes.contains(&Self::ReadOnlyMany)
    }
}

/// A claim's spec, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimSpec {
    /// At least one.
    pub access_modes: Vec<AccessMode>,
    /// `resources.requests.storage`, in bytes; above 0.
    pub size: Quantity,
    /// `None` asks for the default class, an empty text for a volume without any.
    pub storage_class: Option<String>,
}

/// What the API server makes of a new PersistentVolumeClaim, given its name and the JSON of its `spec`.
///
/// # Errors
///
/// [`Rejection`] in the server's words.
pub fn claim(name: &str, spec: &Value, server: ApiServer) -> Result<Accepted<ClaimSpec>, Rejection> {
    decode::check(&CLAIM, spec).map_err(Rejection::Decode)?;
    let mut errors = Errors::default();
    let access_modes = check_modes(spec, &mut errors);
    let size = check_size(spec, &mut errors);
    errors.refuse("PersistentVolumeClaim", name)?;
    let mut warnings = Vec::new();
    if !size.is_whole() {
        warnings.push(format!(
            "spec.resources.requests[storage]: fractional byte value {} is invalid, must be an integer",
            go::quote(size.text())
        ));
    }
    let spec_out = ClaimSpec {
        access_modes,
        size,
        storage_class: present(spec, "storageClassName")
            .and_then(Value::as_str)
            .map(ToOwned::to_owned),
    };
    Ok(Accepted::new(spec_out, unknown::fields(&CLAIM, spec, server), warnings))
}

fn check_modes(spec: &Value, errors: &mut Errors) -> Vec<AccessMode> {
    const PATH: &str = "spec.accessModes";
    let modes: Vec<_> = present(spec, "accessModes")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|mode| mode.as_str().unwrap_or(""))
        .collect();
    if modes.is_empty() {
        errors.required(FieldRule::AccessModePresent, PATH, "at least 1 access mode is required");
    }
    let mut known = Vec::new();
    for mode in modes {
        match AccessMode::parse(mode) {
            Some(mode) => known.push(mode),
            None => errors.unsupported(FieldRule::AccessModeKnown, PATH, &go::quote(mode), &SUPPORTED),
        }
    }
    let once_pod = |mode: &AccessMode| *mode == AccessMode::ReadWriteOncePod;
    if known.iter().any(once_pod) && !known.iter().all(once_pod) {
        errors.forbidden(
            FieldRule::OncePodAlone,
            PATH,
            "may not use ReadWriteOncePod with other access modes",
        );
    }
    known
}

/// A claim's size; null counts as 0, as it does when Kubernetes reads it.
pub(crate) fn size(spec: &Value) -> Option<Quantity> {
    let requests = present(spec, "resources").and_then(|resources| present(resources, "requests"))?;
    let text = match requests.get("storage")? {
        Value::Null => "0".to_owned(),
        value => go::plain(value),
    };
    Quantity::parse(text.trim()).ok()
}

fn check_size(spec: &Value, errors: &mut Errors) -> Quantity {
    const PATH: &str = "spec.resources[storage]";
    let size = size(spec);
    match &size {
        None => errors.required(FieldRule::SizePresent, PATH, ""),
        Some(size) if !size.is_positive() => {
            errors.invalid(
                FieldRule::SizePositive,
                PATH,
                &go::quote(size.text()),
                "must be greater than zero",
            );
        }
        Some(_) => {}
    }
    size.unwrap_or_else(Quantity::zero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(modes: &Value, size: &Value) -> String {
        let spec = json!({"accessModes": modes, "resources": {"requests": {"storage": size}}});
        claim("data", &spec, ApiServer::V1_34).map_or_else(|rejection| rejection.to_string(), |_| String::new())
    }

    #[test]
    fn access_modes() {
        let size = json!("5Gi");
        let head = "PersistentVolumeClaim \"data\" is invalid: spec.accessModes";
        assert_eq!(
            refused(&json!([]), &size),
            format!("{head}: Required value: at least 1 access mode is required")
        );
        assert_eq!(
            refused(&json!(["RWX"]), &size),
            format!(
                "{head}: Unsupported value: \"RWX\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\""
            )
        );
        assert_eq!(
            refused(&json!(["ReadWriteOncePod", "ReadWriteOnce"]), &size),
            format!("{head}: Forbidden: may not use ReadWriteOncePod with other access modes")
        );
        assert_eq!(refused(&json!(["ReadWriteOncePod", "ReadWriteOncePod"]), &size), "");
    }

    #[test]
    fn sizes() {
        let modes = json!(["ReadWriteOnce"]);
        let head = "PersistentVolumeClaim \"data\" is invalid: spec.resources[storage]";
        let spec = json!({"accessModes": modes, "resources": {}});
        assert_eq!(
            claim("data", &spec, ApiServer::V1_34).map_err(|error| error.to_string()),
            Err(format!("{head}: Required value"))
        );
        for (size, printed) in [
            (json!(0), "0"),
            (json!(null), "0"),
            (json!("-5Gi"), "-5Gi"),
            (json!("Gi"), "Gi"),
        ] {
            assert_eq!(
                refused(&modes, &size),
                format!("{head}: Invalid value: \"{printed}\": must be greater than zero")
            );
        }
    }

    #[test]
    fn all_errors_are_told_together() {
        assert_eq!(
            claim("data", &json!({}), ApiServer::V1_34).map_err(|error| error.to_string()),
            Err("PersistentVolumeClaim \"data\" is invalid: [spec.accessModes: Required value: at least 1 access mode is required, spec.resources[storage]: Required value]".to_owned())
        );
    }

    #[test]
    fn a_valid_claim() {
        let spec = json!({"accessModes": ["ReadWriteMany"], "storageClassName": "", "resources": {"requests": {"storage": "10m"}}});
        let accepted = claim("data", &spec, ApiServer::V1_34).expect("valid");
        assert_eq!(accepted.spec.access_modes, [AccessMode::ReadWriteMany]);
        assert_eq!(accepted.spec.storage_class.as_deref(), Some(""));
        assert_eq!(
            accepted.warnings,
            ["spec.resources.requests[storage]: fractional byte value \"10m\" is invalid, must be an integer"]
        );
    }

    #[test]
    fn one_shared_mode_is_enough_for_many_nodes() {
        assert!(AccessMode::many_nodes(&[
            AccessMode::ReadWriteOnce,
            AccessMode::ReadOnlyMany
        ]));
        assert!(!AccessMode::many_nodes(&[AccessMode::ReadWriteOnce]));
        assert!(!AccessMode::many_nodes(&[AccessMode::ReadWriteOncePod]));
    }
}
