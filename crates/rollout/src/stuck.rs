//! Why a rollout stands still, and what gets it moving.

use serde::Serialize;

use crate::Version;

/// A stretch in which nothing moves although the rollout is not complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Stuck {
    /// Milliseconds.
    pub from: u64,
    /// When an intervention changed something; `None` if nothing ever moves again.
    pub to: Option<u64>,
    /// Why.
    pub cause: StuckCause,
    /// Ready pods meanwhile: with at least one the app still answers.
    pub ready: u32,
    /// What gets it moving, the least drastic first.
    pub ways_out: Vec<WayOut>,
}

/// Why nothing moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "cause", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum StuckCause {
    /// The pods run but do not become ready.
    NeverReady,
    /// The ReadWriteOnce volume is attached to the node of pods that nothing stops: `Multi-Attach error`, the new pods
    /// stay in ContainerCreating.
    AttachedElsewhere {
        /// The template of the pods that have it.
        holder: Version,
    },
    /// Another pod uses the ReadWriteOncePod claim: the next pod stays Pending.
    ClaimInUse {
        /// The template of the pod that has it.
        holder: Version,
    },
    /// There is no place for another pod: `FailedScheduling`, or `exceeded quota`.
    NoRoom {
        /// The template of the pods that have the places; the target's own where there are too few for its replicas.
        holder: Version,
    },
    /// `replicas` and the strategy, to Recreate, changed at once while pods of both templates run. The controller wants
    /// to scale before anything else, and scales several ReplicaSets under RollingUpdate only: it does nothing at all
    /// (pkg/controller/deployment/sync.go, `scale`).
    ScaledUnderRecreate,
    /// The pods run and wait for a lock.
    LockHeld {
        /// The template of the pods that have it.
        holder: Version,
    },
}

/// What ends a standstill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum WayOut {
    /// Undo the rollout, or `helm rollback`.
    Undo,
    /// Ship a template that becomes ready.
    FixTemplate,
    /// Patch the strategy to Recreate while it stands still: the old pods stop, and the new one gets the claim.
    PatchToRecreate,
    /// Allow at least as many unavailable pods as there are replicas, so that old pods stop first.
    AllowUnavailable,
    /// Keep all pods on one node.
    OneNode,
    /// Use a claim that many nodes may mount (ReadWriteMany).
    SharedClaim,
    /// Run one replica only: one pod is all the claim allows.
    OneReplica,
    /// Make room for more pods: a larger quota, another node.
    MoreRoom,
    /// Set `replicas` back to what they were: nothing is to scale then, and Recreate goes on.
    RestoreReplicas,
    /// Patch the strategy to RollingUpdate, which scales both ReplicaSets.
    PatchToRollingUpdate,
}

impl StuckCause {
    /// What gets a rollout towards `target` moving.
    pub(crate) fn ways_out(self, target: Version) -> Vec<WayOut> {
        match self {
            Self::NeverReady => vec![WayOut::Undo, WayOut::FixTemplate],
            Self::ScaledUnderRecreate => vec![WayOut::RestoreReplicas, WayOut::PatchToRollingUpdate],
            Self::ClaimInUse { holder } if holder == target => vec![WayOut::OneReplica, WayOut::SharedClaim],
            Self::ClaimInUse { .. } => vec![
                WayOut::PatchToRecreate,
                WayOut::AllowUnavailable,
                WayOut::Undo,
                WayOut::SharedClaim,
            ],
            Self::NoRoom { holder } if holder == target => vec![WayOut::MoreRoom],
            Self::NoRoom { .. } => vec![
                WayOut::MoreRoom,
                WayOut::PatchToRecreate,
                WayOut::AllowUnavailable,
                WayOut::Undo,
            ],
            Self::LockHeld { .. } => vec![WayOut::PatchToRecreate, WayOut::AllowUnavailable, WayOut::Undo],
            Self::AttachedElsewhere { .. } => vec![
                WayOut::PatchToRecreate,
                WayOut::AllowUnavailable,
                WayOut::Undo,
                WayOut::OneNode,
                WayOut::SharedClaim,
            ],
        }
    }
}
