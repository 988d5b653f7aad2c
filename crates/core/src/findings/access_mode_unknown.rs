use rollcast_rollout::validate::Rejection;
use rollcast_values::Value;

use super::api_server_refuses::MODES as PATH;
use super::{Definition, Example, Found, Lesson, Releases, Situation, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "access-mode-unknown",
    severity: Severity::Error,
    releases: Releases::to("main-871"),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The claim's access modes are none",
    why: "The claim is refused, and the upgrade with it.",
    action: "Write a list of exact names: [ReadWriteMany].",
    verify: &[(
        "The API server's own verdict.",
        "helm template lobu oci://ghcr.io/lobu-ai/charts/lobu -n lobu -f values.yaml | kubectl -n lobu apply --dry-run=server -f -",
    )],
    source: "Kubernetes, pkg/apis/core/validation ValidatePersistentVolumeClaimSpec",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The chart prints app.workspaces.accessModes as they are. Access modes are ReadWriteOnce, ReadOnlyMany, \
            ReadWriteMany and ReadWriteOncePod, spelt exactly so, in a list with at least one; short forms such as RWX are \
            known to kubectl's output only. ReadWriteOncePod stands alone. The API server refuses everything else.",
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
};

/// What a claim can ask for.
const MODES: [&str; 4] = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let mut words = Vec::new();
    for rejection in &situation.manifest.rejections {
        match rejection {
            Rejection::Decode(error) if error.path == PATH => words.push(rejection.to_string()),
            Rejection::Decode(_) => {}
            Rejection::Invalid(invalid) => {
                let of_modes = invalid.errors.iter().filter(|error| error.path == PATH);
                words.extend(of_modes.map(|error| error.message.clone()));
            }
        }
    }
    let meant = match situation.value("app.workspaces.accessModes") {
        Some(Value::List(modes)) => modes.iter().find_map(|mode| match &mode.value {
            Value::Str(mode) if !MODES.contains(&mode.as_str()) => likely(mode),
            _ => None,
        }),
        Some(Value::Str(mode)) => likely(mode),
        _ => None,
    };
    words
        .into_iter()
        .map(|words| {
            let found = Found::new(format!("The API server's words: {words}"));
            match meant {
                Some(mode) => found.action(format!("Write {mode}, in a list.")),
                None => found,
            }
            .on(situation.evidence("app.workspaces.accessModes"))
        })
        .collect()
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
