use rollcast_rollout::validate::{AccessMode, ClaimSpec};

use super::{Definition, Example, Found, Lesson, Releases, Situation, Words};
use crate::manifest::Sharing;
use crate::{PrerequisiteState, Severity};

/// The releases that print the access modes they are given; later ones print ReadWriteOnce whatever the values say.
const MODES_ARE_PRINTED: Releases = Releases::to("main-871");

pub(super) static FINDING: Definition = Definition {
    id: "shared-workspaces",
    severity: Severity::Info,
    prerequisite: true,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Workspaces are shared or disabled",
    why: "While old and new pods overlap, both need their workspaces.",
    action: "Use a claim that pods on different nodes may mount together, or disable it.",
    verify: &[
        (
            "The claim's live access modes and class; the modes cannot be changed in place.",
            "kubectl -n lobu get pvc lobu-app-workspaces -o custom-columns=MODES:.status.accessModes,CLASS:.spec.storageClassName",
        ),
        (
            "The class's provisioner: check in its documentation that it can share between nodes.",
            "kubectl get storageclass -o custom-columns=NAME:.metadata.name,PROVISIONER:.provisioner",
        ),
    ],
    source: "Lobu pull request 776; Kubernetes, pkg/volume/util IsMultiAttachAllowed",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "A rolling deploy runs an old and a new pod at the same time. Both mount the workspaces claim, so it must be \
            one that pods on different nodes may mount together (ReadWriteMany, of a storage class that can do it: NFS, \
            EFS, CephFS, Longhorn with RWX …), or there must be no claim. ReadWriteOnce means one node, not one pod: on \
            the same node both pods write, on another node the new pod cannot start. Shared storage is necessary and not \
            sufficient: the first draft of Lobu's pull request 776 rolled as soon as the claim was ReadWriteMany, and was \
            withdrawn because streams, questions and Telegram polling do not survive two pods either.",
    examples: &[
        Example {
            name: "The defaults claim ReadWriteOnce",
            ..Example::BASE
        },
        Example {
            name: "ReadWriteMany, if the class can share",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    accessModes: [ReadWriteMany]\n",
            ..Example::BASE
        },
        Example {
            name: "Disabled workspaces need no sharing",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let found = match &situation.manifest.claim {
        Some(claim) if situation.sharing() == Some(Sharing::ManyNodes) => shared(situation, claim),
        Some(claim) => single(situation, claim),
        None if situation.claim_refused() => Found::new("The API server refuses the workspaces claim.")
            .action("Correct the claim first.")
            .severity(Severity::Error)
            .state(PrerequisiteState::Unmet),
        None => Found::new("The pods mount no workspaces claim, so there is nothing to share.")
            .state(PrerequisiteState::Met),
    };
    found
        .on(situation.evidence("app.workspaces.enabled"))
        .on(situation.evidence("app.workspaces.accessModes"))
        .one()
}

fn shared(situation: &Situation<'_>, claim: &ClaimSpec) -> Found {
    let class = match claim.storage_class.as_deref() {
        Some("") => "which no class provisions".to_owned(),
        Some(class) => format!("of class \"{class}\""),
        None => "of the cluster's default class".to_owned(),
    };
    Found::new(format!(
        "The claim asks for {}, {class}. Whether that class can share between nodes only the cluster knows.",
        mode_names(claim)
    ))
    .action("Check the class, and confirm.")
    .severity(if situation.rolls() {
        Severity::Warning
    } else {
        Severity::Info
    })
    .state(situation.confirmed(FINDING.id))
    .on(situation.evidence("app.workspaces.storageClass"))
}

fn single(situation: &Situation<'_>, claim: &ClaimSpec) -> Found {
    let modes = mode_names(claim);
    let found = if situation.rolls() {
        Found::new(format!(
            "The rollout is rolling, and the workspaces claim asks for {modes}: old and new pods cannot share it."
        ))
        .severity(Severity::Error)
    } else {
        Found::new(format!(
            "The workspaces claim asks for {modes}, so the pods could not roll. They do not: the strategy is Recreate."
        ))
    };
    let action = if MODES_ARE_PRINTED.contains(situation.release.id) {
        "Set app.workspaces.accessModes to [ReadWriteMany] with a storageClass that can share, or \
         app.workspaces.enabled to false. A live claim keeps its modes: it has to be deleted and made anew, its data \
         copied."
    } else {
        "Set app.workspaces.enabled to false: this release prints ReadWriteOnce whatever accessModes says."
    };
    found.action(action).state(PrerequisiteState::Unmet)
}

/// The claim's access modes, in their order.
pub(super) fn mode_names(claim: &ClaimSpec) -> String {
    let names: Vec<&str> = claim
        .access_modes
        .iter()
        .map(|mode| match mode {
            AccessMode::ReadWriteOnce => "ReadWriteOnce",
            AccessMode::ReadOnlyMany => "ReadOnlyMany",
            AccessMode::ReadWriteMany => "ReadWriteMany",
            AccessMode::ReadWriteOncePod => "ReadWriteOncePod",
        })
        .collect();
    names.join(", ")
}
