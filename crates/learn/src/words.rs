//! Words for what the engine says in types, where Learn says more than its one word.

use rollcast_core::{Applier, ChangeKind};

pub(crate) const fn change(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Refused => "The upgrade is refused",
        ChangeKind::Deleted => "Something is deleted",
        ChangeKind::Silent => "The same values come to mean something else",
        ChangeKind::Restart => "Pods restart",
        ChangeKind::Waits => "Nothing happens yet",
        ChangeKind::Asked => "The values ask for it",
    }
}

pub(crate) const fn applier(applier: Applier) -> &'static str {
    match applier {
        Applier::Helm3 { .. } => "Helm 3",
        Applier::Helm4 { .. } => "Helm 4",
        Applier::KubectlApply => "kubectl apply",
        Applier::KubectlServerSide { .. } => "kubectl apply --server-side",
        Applier::KubectlPatch => "kubectl patch",
        Applier::KubectlReplace => "kubectl replace",
        Applier::ArgoCd { .. } => "Argo CD",
        Applier::Flux { .. } => "Flux",
        Applier::Pulumi => "Pulumi",
    }
}
