//! Changing a claim that exists (pkg/apis/core/validation/validation.go `ValidatePersistentVolumeClaimUpdate`, and the
//! admission plug-in PersistentVolumeClaimResize).

use serde::Serialize;
use serde_json::Value;

use crate::validate::{ApiServer, claim_size, present};
use crate::{Quantity, go};

/// The claim as it is in the cluster, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveClaim {
    /// Whether it is Bound; a Pending one does not even grow.
    pub bound: bool,
    /// `status.capacity.storage`; `None` takes the requested size, below which no volume is made.
    pub capacity: Option<Quantity>,
    /// Whether the volume was made by a class that may expand it; `None` where that is not known.
    pub expandable: Option<bool>,
    /// The class of a claim whose manifest named none.
    pub class: Class,
}

impl Default for LiveClaim {
    /// A bound claim of which nothing else is known.
    fn default() -> Self {
        Self {
            bound: true,
            capacity: None,
            expandable: None,
            class: Class::Unknown,
        }
    }
}

/// The class of a claim whose manifest named none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// Not known.
    Unknown,
    /// There was no default class, and the claim still has none.
    None,
    /// The default class, filled in when the claim was made.
    Named(String),
}

/// What becomes of a claim's changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ClaimUpdate {
    /// Every field that changes, in the order of the API.
    pub changes: Vec<ClaimChange>,
}

impl ClaimUpdate {
    /// The refusal in the API server's words, where the claim is refused whatever is not known; without the comparison
    /// of both specs that the server appends.
    #[must_use]
    pub fn refusal(&self, name: &str) -> Option<String> {
        let mut messages: Vec<&str> = Vec::new();
        for change in &self.changes {
            match &change.verdict {
                ClaimVerdict::Refused { message } if !messages.contains(&message.as_str()) => messages.push(message),
                // Admission comes before the rules, and tells nothing else.
                ClaimVerdict::NotExpandable { message } => return Some(message.clone()),
                _ => {}
            }
        }
        let head = format!("PersistentVolumeClaim \"{name}\" is invalid: ");
        match messages.as_slice() {
            [] => None,
            [message] => Some(format!("{head}{message}")),
            messages => Some(format!("{head}[{}]", messages.join(", "))),
        }
    }
}

/// A field that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ClaimChange {
    /// Which.
    pub field: ClaimField,
    /// As it is, as JSON; `None` where it is not set.
    pub from: Option<String>,
    /// As it shall be, as JSON; `None` where it is not set.
    pub to: Option<String>,
    /// What the API server says.
    pub verdict: ClaimVerdict,
}

/// The fields of a claim's spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum ClaimField {
    /// `accessModes`: their order counts.
    AccessModes,
    /// `selector`.
    Selector,
    /// `resources.requests.storage`.
    Size,
    /// `volumeName`.
    VolumeName,
    /// `storageClassName`: an empty text is another class than none.
    StorageClassName,
    /// `volumeMode`.
    VolumeMode,
    /// `dataSource` or `dataSourceRef`.
    DataSource,
}

/// What the API server says to a field's change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum ClaimVerdict {
    /// Accepted.
    Accepted,
    /// Refused by a rule.
    Refused {
        /// The server's sentence about it.
        message: String,
    },
    /// The volume cannot grow.
    NotExpandable {
        /// The server's whole answer.
        message: String,
    },
    /// Accepted where the volume's class may expand it, else refused.
    IfExpandable {
        /// The server's whole answer if not.
        otherwise: String,
    },
    /// Accepted where the claim got no default class when it was made, else refused.
    IfClassless {
        /// The server's sentence if not.
        otherwise: String,
    },
}

/// What becomes of a claim whose last manifest had the spec `last` and whose new one has `new`.
///
/// Fields that neither manifest names are left alone, as every applier leaves them; replacing the object instead is
/// refused where the server has filled in anything.
#[must_use]
pub fn claim_update(name: &str, last: &Value, new: &Value, live: &LiveClaim, server: ApiServer) -> ClaimUpdate {
    let immutable = immutable(server);
    let refused = || ClaimVerdict::Refused {
        message: immutable.clone(),
    };
    let mut changes = Vec::new();
    for (field, key) in [
        (ClaimField::AccessModes, "accessModes"),
        (ClaimField::Selector, "selector"),
        (ClaimField::VolumeName, "volumeName"),
        (ClaimField::VolumeMode, "volumeMode"),
        (ClaimField::DataSource, "dataSource"),
        (ClaimField::DataSource, "dataSourceRef"),
    ] {
        let (from, to) = (present(last, key), present(new, key));
        if from == to {
            continue;
        }
        // The volume's name may be set once, which a bound claim has had; its mode is Filesystem by default.
        let accepted = match field {
            ClaimField::VolumeName => from.is_none() && !live.bound,
            ClaimField::VolumeMode => from.is_none() && to.and_then(Value::as_str) == Some("Filesystem"),
            _ => false,
        };
        changes.push(ClaimChange {
            field,
            from: from.map(Value::to_string),
            to: to.map(Value::to_string),
            verdict: if accepted { ClaimVerdict::Accepted } else { refused() },
        });
    }
    changes.extend(class_change(last, new, live, &immutable));
    changes.extend(size_change(name, last, new, live, server));
    let mut ordered = Vec::with_capacity(changes.len());
    for change in changes {
        let at = ordered.partition_point(|other: &ClaimChange| other.field as u8 <= change.field as u8);
        ordered.insert(at, change);
    }
    ClaimUpdate { changes: ordered }
}

/// The rule for everything that does not change.
fn immutable(server: ApiServer) -> String {
    let except = if server.has_attributes_class() {
        "resources.requests and volumeAttributesClassName"
    } else {
        "resources.requests"
    };
    format!("spec: Forbidden: spec is immutable after creation except {except} for bound claims")
}

fn class_change(last: &Value, new: &Value, live: &LiveClaim, immutable: &str) -> Option<ClaimChange> {
    const KEY: &str = "storageClassName";
    let text = |spec| present(spec, KEY).and_then(Value::as_str).map(ToOwned::to_owned);
    let (from, to) = (text(last), text(new));
    if from == to {
        return None;
    }
    let refused = || ClaimVerdict::Refused {
        message: immutable.to_owned(),
    };
    let verdict = match (&from, &to, &live.class) {
        (None, Some(_), Class::None) => ClaimVerdict::Accepted,
        (None, Some(to), Class::Named(class)) if class == to => ClaimVerdict::Accepted,
        (None, Some(_), Class::Unknown) => ClaimVerdict::IfClassless {
            otherwise: immutable.to_owned(),
        },
        _ => refused(),
    };
    let json = |text: Option<String>| text.map(|text| go::json_string(&text));
    Some(ClaimChange {
        field: ClaimField::StorageClassName,
        from: json(from),
        to: json(to),
        verdict,
    })
}

fn size_change(name: &str, last: &Value, new: &Value, live: &LiveClaim, server: ApiServer) -> Option<ClaimChange> {
    let (from, to) = (claim_size(last), claim_size(new));
    if from == to {
        return None;
    }
    let refused = |message: &str| ClaimVerdict::Refused {
        message: message.to_owned(),
    };
    let verdict = match (&from, &to) {
        _ if !live.bound => refused(&immutable(server)),
        (Some(from), Some(to)) if to < from => {
            let path = "spec.resources.requests.storage: Forbidden: field can not be less than";
            let capacity = live.capacity.as_ref().unwrap_or(from);
            if !server.recovers_expansion() {
                refused(&format!("{path} previous value"))
            } else if to <= capacity {
                refused(&format!("{path} status.capacity"))
            } else {
                ClaimVerdict::Accepted
            }
        }
        (Some(_), Some(_)) => {
            let message = format!(
                "persistentvolumeclaims \"{name}\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize"
            );
            match live.expandable {
                Some(true) => ClaimVerdict::Accepted,
                Some(false) => ClaimVerdict::NotExpandable { message },
                None => ClaimVerdict::IfExpandable { otherwise: message },
            }
        }
        (_, None) => refused("spec.resources[storage]: Required value"),
        (None, Some(_)) => refused(&immutable(server)),
    };
    let json = |size: Option<Quantity>| size.map(|size| go::json_string(size.text()));
    Some(ClaimChange {
        field: ClaimField::Size,
        from: json(from),
        to: json(to),
        verdict,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const IMMUTABLE: &str = "PersistentVolumeClaim \"data\" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

    fn spec(changes: Value) -> Value {
        let mut spec = json!({
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "10Gi"}},
        });
        if let (Some(spec), Value::Object(changes)) = (spec.as_object_mut(), changes) {
            spec.extend(changes);
        }
        spec
    }

    fn sized(size: &str) -> Value {
        spec(json!({"resources": {"requests": {"storage": size}}}))
    }

    fn update(last: &Value, new: &Value, live: &LiveClaim) -> ClaimUpdate {
        claim_update("data", last, new, live, ApiServer::V1_34)
    }

    fn bound() -> LiveClaim {
        LiveClaim::default()
    }

    #[test]
    fn most_fields_never_change() {
        for (last, new) in [
            (json!({}), json!({"accessModes": ["ReadWriteMany"]})),
            (
                json!({"accessModes": ["ReadWriteOnce", "ReadWriteMany"]}),
                json!({"accessModes": ["ReadWriteMany", "ReadWriteOnce"]}),
            ),
            (json!({"storageClassName": "a"}), json!({"storageClassName": "b"})),
            (json!({"storageClassName": "a"}), json!({})),
            (json!({"storageClassName": "a"}), json!({"storageClassName": ""})),
            (json!({}), json!({"volumeMode": "Block"})),
            (json!({}), json!({"selector": {"matchLabels": {"a": "b"}}})),
            (
                json!({}),
                json!({"dataSource": {"kind": "VolumeSnapshot", "name": "x"}}),
            ),
            (json!({"volumeName": "a"}), json!({"volumeName": "b"})),
        ] {
            let update = update(&spec(last), &spec(new), &bound());
            assert_eq!(update.changes.len(), 1);
            assert_eq!(update.refusal("data").as_deref(), Some(IMMUTABLE), "{update:?}");
        }
    }

    #[test]
    fn nothing_changes() {
        let same = spec(json!({"resources": {"requests": {"storage": "10240Mi"}}}));
        assert_eq!(update(&spec(json!({})), &same, &bound()).changes, []);
    }

    #[test]
    fn a_class_may_be_set_where_there_is_none() {
        let new = spec(json!({"storageClassName": "shared"}));
        let verdict = |class| {
            let live = LiveClaim { class, ..bound() };
            update(&spec(json!({})), &new, &live).changes.remove(0).verdict
        };
        assert_eq!(verdict(Class::None), ClaimVerdict::Accepted);
        assert_eq!(verdict(Class::Named("shared".to_owned())), ClaimVerdict::Accepted);
        assert!(matches!(
            verdict(Class::Named("standard".to_owned())),
            ClaimVerdict::Refused { .. }
        ));
        assert!(matches!(verdict(Class::Unknown), ClaimVerdict::IfClassless { .. }));
    }

    #[test]
    fn a_volume_grows_where_its_class_allows() {
        let verdict = |expandable| {
            let live = LiveClaim { expandable, ..bound() };
            update(&sized("10Gi"), &sized("20Gi"), &live)
        };
        let forbidden = "persistentvolumeclaims \"data\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize";
        assert_eq!(verdict(Some(true)).refusal("data"), None);
        assert_eq!(verdict(Some(false)).refusal("data").as_deref(), Some(forbidden));
        assert_eq!(verdict(None).refusal("data"), None);
        assert_eq!(
            verdict(None).changes[0].verdict,
            ClaimVerdict::IfExpandable {
                otherwise: forbidden.to_owned()
            }
        );
    }

    #[test]
    fn a_volume_never_shrinks() {
        let head = "PersistentVolumeClaim \"data\" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than";
        let told = |capacity: Option<&str>, server| {
            let live = LiveClaim {
                capacity: capacity.map(|text| Quantity::parse(text).expect("a quantity")),
                ..bound()
            };
            claim_update("data", &sized("20Gi"), &sized("10Gi"), &live, server).refusal("data")
        };
        let capacity = Some(format!("{head} status.capacity"));
        assert_eq!(told(None, ApiServer::V1_34), capacity);
        assert_eq!(told(Some("20Gi"), ApiServer::V1_34), capacity);
        // Back to exactly the size that was made is refused too …
        assert_eq!(told(Some("10Gi"), ApiServer::V1_34), capacity);
        // … and only an expansion that failed can be taken back in part.
        assert_eq!(told(Some("5Gi"), ApiServer::V1_34), None);
        assert_eq!(
            told(Some("5Gi"), ApiServer::minor(31)),
            Some(format!("{head} previous value"))
        );
    }

    #[test]
    fn a_pending_claim_does_not_even_grow() {
        let pending = LiveClaim {
            bound: false,
            ..bound()
        };
        assert_eq!(
            update(&sized("10Gi"), &sized("20Gi"), &pending)
                .refusal("data")
                .as_deref(),
            Some(IMMUTABLE)
        );
    }

    #[test]
    fn several_refusals_are_told_together() {
        let new = spec(json!({"accessModes": ["ReadWriteMany"], "resources": {"requests": {"storage": "5Gi"}}}));
        assert_eq!(
            update(&spec(json!({})), &new, &bound()).refusal("data").as_deref(),
            Some(
                "PersistentVolumeClaim \"data\" is invalid: [spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims, spec.resources.requests.storage: Forbidden: field can not be less than status.capacity]"
            )
        );
    }

    #[test]
    fn older_servers_have_fewer_exceptions() {
        let new = spec(json!({"accessModes": ["ReadWriteMany"]}));
        assert_eq!(
            claim_update("data", &spec(json!({})), &new, &bound(), ApiServer::minor(28))
                .refusal("data")
                .as_deref(),
            Some(
                "PersistentVolumeClaim \"data\" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests for bound claims"
            )
        );
    }
}
