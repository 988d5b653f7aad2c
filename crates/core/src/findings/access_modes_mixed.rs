use rollcast_rollout::validate::AccessMode;

use super::shared_workspaces::mode_names;
use super::{Definition, Example, Found, Lesson, Releases, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "access-modes-mixed",
    severity: Severity::Info,
    releases: Releases::to("main-871"),
    check: |situation| match &situation.manifest.claim {
        Some(claim) if claim.access_modes.len() > 1 && claim.access_modes.contains(&AccessMode::ReadWriteMany) => {
            Found::new(format!(
                "The claim asks for {}, which counts as shared.",
                mode_names(claim)
            ))
            .on(situation.evidence("app.workspaces.accessModes"))
            .one()
        }
        _ => Vec::new(),
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "ReadWriteOnce beside ReadWriteMany",
    why: "It rolls; whether the volume is shared depends on the class alone.",
    action: "Leave ReadWriteMany alone in the list.",
    verify: &[(
        "What the bound volume can do.",
        "kubectl -n lobu get pvc lobu-app-workspaces -o jsonpath='{.status.accessModes}'",
    )],
    source: "Lobu pull request 776",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The chart counts the workspaces as shared as soon as one access mode is ReadWriteMany. A claim with several \
            modes asks for a volume that can do all of them, and pods may then mount it in any way the volume allows.",
    examples: &[
        Example {
            name: "Both",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    accessModes: [ReadWriteOnce, ReadWriteMany]\n",
            ..Example::BASE
        },
        Example {
            name: "ReadWriteMany alone",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    accessModes: [ReadWriteMany]\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
