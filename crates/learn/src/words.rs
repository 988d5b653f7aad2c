//! The words and attributes for what the engine says in types: the same as the page's.

use rollcast_core::{Applier, ChangeKind, PrerequisiteState, Severity, VerdictState, When};
use rollcast_rollout::WindowKind;

/// The attribute and the word of a verdict.
pub(crate) const fn verdict(state: VerdictState) -> (&'static str, &'static str) {
    match state {
        VerdictState::Safe => ("safe", "Safe"),
        VerdictState::NeedsConfirmation => ("needs-confirmation", "Needs your confirmation"),
        VerdictState::Unsafe => ("unsafe", "Unsafe"),
        VerdictState::Outage => ("outage", "Outage"),
        VerdictState::Deadlock => ("deadlock", "Deadlock"),
        VerdictState::Refused => ("refused", "Refused"),
    }
}

/// The attribute and the word of a severity.
pub(crate) const fn severity(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("error", "Error"),
        Severity::Warning => ("warning", "Warning"),
        Severity::Info => ("info", "Note"),
    }
}

/// The attribute and the word of a prerequisite's state.
pub(crate) const fn prerequisite(state: PrerequisiteState) -> (&'static str, &'static str) {
    match state {
        PrerequisiteState::Met => ("met", "Met"),
        PrerequisiteState::Unmet => ("unmet", "Not met"),
        PrerequisiteState::Confirm => ("confirm", "Confirm"),
        PrerequisiteState::NotApplicable => ("not-applicable", "Does not apply"),
    }
}

pub(crate) const fn when(when: When) -> &'static str {
    match when {
        When::Overlap => "while old and new pods overlap",
        When::Gap => "while no endpoint is ready",
        When::Replicas => "all the time with more than one replica",
        When::Restart => "at every restart of a pod",
    }
}

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

/// The attribute and the words of a window on the timeline.
pub(crate) const fn window(kind: WindowKind) -> (&'static str, &'static str) {
    match kind {
        WindowKind::Overlap => ("overlap", "old and new overlap"),
        WindowKind::BothReady => ("both-ready", "both versions serve"),
        WindowKind::NoReadyEndpoint => ("no-ready", "no ready endpoint"),
        WindowKind::NoUsableEndpoint => ("no-usable", "no usable endpoint"),
        WindowKind::StaleEndpoint => ("stale-endpoint", "some connections fail"),
        WindowKind::ReducedCapacity => ("reduced", "reduced capacity"),
        WindowKind::TwoWriters => ("two-writers", "two writers on the volume"),
        WindowKind::Deadlock => ("deadlock", "deadlock"),
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
