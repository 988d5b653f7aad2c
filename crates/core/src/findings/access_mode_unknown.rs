use rollcast_values::Value;

use super::{Definition, Example, Found, Releases, Situation};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "access-mode-unknown",
    title: "The claim's access modes are none",
    severity: Severity::Error,
    about: "The chart prints app.workspaces.accessModes as they are. Access modes are ReadWriteOnce, ReadOnlyMany, \
            ReadWriteMany and ReadWriteOncePod, spelt exactly so, in a list with at least one; short forms such as RWX are \
            known to kubectl's output only. ReadWriteOncePod stands alone. The API server refuses everything else.",
    why: "The claim is refused, and the upgrade with it.",
    action: "Write a list of exact names: [ReadWriteMany].",
    verify: &[(
        "The API server's own verdict.",
        "helm template lobu oci://ghcr.io/lobu-ai/charts/lobu -n lobu -f values.yaml | kubectl -n lobu apply --dry-run=server -f -",
    )],
    releases: Releases::to("main-871"),
    source: "Kubernetes, pkg/apis/core/validation ValidatePersistentVolumeClaimSpec",
    check,
    examples: &[
        Example {
            name: "A short form",
            values: "app:\n  workspaces:\n    accessModes: [RWX]\n",
            ..Example::BASE
        },
        Example {
            name: "No mode",
            values: "app:\n  workspaces:\n    accessModes: []\n",
            ..Example::BASE
        },
        Example {
            name: "Not alone",
            values: "app:\n  workspaces:\n    accessModes: [ReadWriteOncePod, ReadWriteOnce]\n",
            ..Example::BASE
        },
        Example {
            name: "The default",
            expected: 0,
            ..Example::BASE
        },
    ],
    ..Definition::BASE
};

/// What a claim can ask for.
const MODES: [&str; 4] = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let Some(claim) = &situation.manifest.claim else {
        return Vec::new();
    };
    let modes = claim.spec.at("accessModes");
    let what = match modes {
        Some(Value::List(modes)) if !modes.is_empty() => {
            let unknown = modes
                .iter()
                .map(|mode| &mode.value)
                .find(|mode| !matches!(mode, Value::Str(mode) if MODES.contains(&mode.as_str())));
            let exclusive = modes.len() > 1 && claim.modes.iter().any(|mode| mode == "ReadWriteOncePod");
            match unknown {
                Some(Value::Str(mode)) => match likely(mode) {
                    Some(meant) => format!("\"{mode}\" is no access mode; {meant} is."),
                    None => format!("\"{mode}\" is no access mode."),
                },
                Some(other) => format!("{} is no access mode.", other.to_json()),
                None if exclusive => "ReadWriteOncePod may not stand beside other access modes.".to_owned(),
                None => return Vec::new(),
            }
        }
        other => format!(
            "accessModes is printed as {}; a claim needs at least one.",
            other.map_or_else(|| "nothing".to_owned(), Value::to_json)
        ),
    };
    Found::new(what)
        .on(situation.evidence("app.workspaces.accessModes"))
        .one()
}

/// The mode that was probably meant.
fn likely(written: &str) -> Option<&'static str> {
    let letters: String = written
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    match letters.as_str() {
        "rwx" => Some("ReadWriteMany"),
        "rwo" => Some("ReadWriteOnce"),
        "rox" => Some("ReadOnlyMany"),
        "rwop" => Some("ReadWriteOncePod"),
        _ => MODES.into_iter().find(|mode| mode.eq_ignore_ascii_case(&letters)),
    }
}
