//! What a run knows of pods and ReplicaSets.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::claims::PodId;
use crate::{PodState, Version};

/// How far a pod has come; the controller deletes the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Progress {
    Pending,
    Running,
    Ready,
}

/// The order in which a ReplicaSet's pods are deleted: pending ones, unready ones, then those that became ready last,
/// then the youngest (ActivePodsWithRanks, pkg/controller/controller_utils.go).
pub(super) type Rank = (Progress, Reverse<u64>, Reverse<PodId>);

#[derive(Debug)]
pub(super) struct Life {
    pub(super) version: Version,
    pub(super) number: u32,
    pub(super) never_ready: bool,
    pub(super) progress: Progress,
    /// 0 for pods that were ready before the rollout, else the time plus 1.
    pub(super) ready_order: u64,
    pub(super) available: bool,
    /// For a place or its claim.
    pub(super) waiting: bool,
    /// Was deleted while it waited for a place.
    pub(super) homeless: bool,
    /// Holds the lock, if there is one.
    pub(super) lock: bool,
    pub(super) deleted: bool,
    /// One of its starting events is on its way.
    pub(super) coming: bool,
    /// Proxies count it among the ready endpoints.
    pub(super) joined: bool,
    /// Proxies count it among the terminating ones that serve.
    pub(super) fallback: bool,
    /// Accepts connections.
    pub(super) accepting: bool,
    pub(super) killed: bool,
    pub(super) gone: Option<u64>,
    pub(super) states: Vec<PodState>,
}

impl Life {
    pub(super) fn rank(&self, id: PodId) -> Rank {
        (self.progress, Reverse(self.ready_order), Reverse(id))
    }
}

#[derive(Debug, Default)]
pub(super) struct ReplicaSet {
    pub(super) exists: bool,
    pub(super) created: u32,
    pub(super) ready: u32,
    pub(super) available: u32,
    /// Terminating pods included.
    pub(super) exist: u32,
    pub(super) mounted: u32,
    /// Pods that are not being deleted; as many as `spec.replicas`.
    pub(super) live: BTreeSet<Rank>,
    /// The Deployment's replicas, and those with surge, when this set was last scaled: its annotations
    /// `desired-replicas` and `max-replicas`.
    pub(super) scaled_for: (u32, u32),
}

impl ReplicaSet {
    pub(super) fn size(&self) -> u32 {
        u32::try_from(self.live.len()).unwrap_or(u32::MAX)
    }
}

pub(super) const fn index(version: Version) -> usize {
    match version {
        Version::Old => 0,
        Version::New => 1,
    }
}

pub(super) const fn other(version: Version) -> Version {
    match version {
        Version::Old => Version::New,
        Version::New => Version::Old,
    }
}
