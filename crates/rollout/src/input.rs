use serde::Serialize;

use crate::{IntOrPercent, Range};

/// One template change (or a change of `replicas`, or both) applied to a settled Deployment at time 0.
///
/// `D` is the type of the assumed durations, in milliseconds: `u64` for [`simulate`](crate::simulate), which runs one
/// case, and [`Range<u64>`] for [`forecast`](crate::forecast()), which runs them all. Seconds where the name says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollout<D = u64> {
    /// `spec.replicas` after the change; at most [`MAX_REPLICAS`](crate::MAX_REPLICAS).
    pub replicas: u32,
    /// Size of the ReplicaSet that runs before the change; at most [`MAX_REPLICAS`](crate::MAX_REPLICAS).
    pub old_replicas: u32,
    /// How many of the old pods are unready from the start and stay so.
    pub old_unready: u32,
    /// Whether the pod template changes. Where it does not, no pod is replaced, whatever the strategy.
    pub template_changed: bool,
    /// The strategy in force from time 0 on.
    pub strategy: Strategy,
    /// `spec.minReadySeconds`.
    pub min_ready_seconds: u32,
    /// `spec.progressDeadlineSeconds`; 2,147,483,647 switches it off.
    pub progress_deadline_seconds: u32,
    /// Pods of the old template.
    pub old: PodTimes<D>,
    /// Pods of the new template.
    pub new: PodTimes<D>,
    /// Whether the new pods run but never become ready.
    pub new_never_ready: bool,
    /// From a pod's readiness or deletion until every proxy knows.
    pub propagation: D,
    /// The claim that all pods of the Deployment mount.
    pub claim: Claim<D>,
    /// What besides the claim pods take from each other.
    pub obstacle: Obstacle,
    /// What the operator does while the rollout runs; at most
    /// [`MAX_INTERVENTIONS`](crate::MAX_INTERVENTIONS).
    pub interventions: Vec<Intervention>,
    /// Helm's `--timeout` in milliseconds; 300,000 unless it is given.
    pub helm_timeout: u64,
}

impl<D: Clone> Rollout<D> {
    /// A template change of `replicas` healthy pods with Kubernetes' defaults around it: minReadySeconds 0,
    /// progressDeadlineSeconds 600, no claim, nobody intervening, Helm's time-out of 300 s.
    pub fn new(replicas: u32, strategy: Strategy, pods: PodTimes<D>, propagation: D) -> Self {
        Self {
            replicas,
            old_replicas: replicas,
            old_unready: 0,
            template_changed: true,
            strategy,
            min_ready_seconds: 0,
            progress_deadline_seconds: 600,
            old: pods.clone(),
            new: pods,
            new_never_ready: false,
            propagation,
            claim: Claim::None,
            obstacle: Obstacle::None,
            interventions: Vec::new(),
            helm_timeout: 300_000,
        }
    }
}

/// How long the pods of one template take to start and to stop. Milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodTimes<D = u64> {
    /// From the pod's creation to its container's start: scheduling, attaching, pulling, init containers.
    pub scheduling: D,
    /// From the container's start to the pod's readiness; see [`time_to_ready`](crate::time_to_ready).
    pub ready: D,
    /// `terminationGracePeriodSeconds`, in milliseconds.
    pub grace: u64,
    /// How long the preStop hook runs by itself; the grace period may cut it short.
    pub pre_stop: u64,
    /// From SIGTERM until the app has exited by itself.
    pub shutdown: D,
    /// From SIGTERM until the app stops accepting connections; no longer than it runs.
    pub accepts: D,
    /// From SIGTERM until the kubelet finds the pod unready, for an app whose readiness turns red on SIGTERM; `None`
    /// where readiness stays green. See [`time_to_unready`](crate::time_to_unready).
    pub unready: Option<D>,
}

/// `spec.strategy`, defaulted and valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum Strategy {
    /// All old pods stop before the first new one starts.
    Recreate,
    /// Old pods are replaced step by step.
    RollingUpdate {
        /// How many pods may exist above `replicas`.
        max_surge: IntOrPercent,
        /// How many of `replicas` may be unavailable.
        max_unavailable: IntOrPercent,
    },
}

impl Strategy {
    /// What the API server fills in: RollingUpdate, 25 % and 25 % (pkg/apis/apps/v1/defaults.go).
    pub const DEFAULT: Self = Self::RollingUpdate {
        max_surge: IntOrPercent::Percent(25),
        max_unavailable: IntOrPercent::Percent(25),
    };
}

/// The claim the pods mount, by what Kubernetes does when pods of both templates want it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim<D = u64> {
    /// No claim.
    None,
    /// Many nodes may mount it (ReadWriteMany, ReadOnlyMany), or nothing enforces its mode (NFS, hostPath).
    ManyNodes,
    /// ReadWriteOnce and every pod lands on the same node: all of them mount it together.
    SameNode,
    /// ReadWriteOnce and the new pods land together on another node: the volume can move there only when no pod of the
    /// old node wants it any more.
    OtherNode {
        /// Detaching from the old node and attaching to the new one.
        reattach: D,
    },
    /// ReadWriteOncePod: one pod in the whole cluster; the next one is not even scheduled before that is gone.
    OnePod {
        /// Detaching and attaching; 0 where the pods land on the same node.
        reattach: D,
    },
}

/// What pods take from each other besides the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Nothing.
    None,
    /// Places: a quota, a host port or a required anti-affinity with as many nodes, or full nodes. Who finds none is not
    /// scheduled, or not even created. A terminating pod keeps its place until it is gone.
    Room {
        /// For how many pods there is room.
        pods: u32,
    },
    /// A lock that pods of one template hold while they run: on a file or in a database, or by being ready only as the
    /// leader. Pods of the other template run, and begin to boot when the last of them is gone.
    Lock,
}

/// Something the operator does while the rollout runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intervention {
    /// Milliseconds from the start of the rollout.
    pub at: u64,
    /// What is done.
    pub change: Change,
}

/// The interventions there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// `spec.strategy` is replaced. It governs from now on; no new rollout starts.
    Strategy(Strategy),
    /// `kubectl rollout undo`: the old template comes back, and nothing else does.
    Undo,
    /// `spec.replicas` becomes this, by hand or by an autoscaler; at most [`MAX_REPLICAS`](crate::MAX_REPLICAS).
    Replicas(u32),
}

/// Which figure of every assumption a run uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Earliest,
    Likely,
    Latest,
}

impl Case {
    pub(crate) const ALL: [Self; 3] = [Self::Earliest, Self::Likely, Self::Latest];
}

/// Which case each kind of assumption takes; a long start and a short stop can bound a window together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cases {
    pub(crate) startup: Case,
    pub(crate) shutdown: Case,
    pub(crate) accepts: Case,
    pub(crate) propagation: Case,
}

impl Cases {
    pub(crate) const fn all(case: Case) -> Self {
        Self {
            startup: case,
            shutdown: case,
            accepts: case,
            propagation: case,
        }
    }
}

impl Range<u64> {
    pub(crate) const fn at(&self, case: Case) -> u64 {
        match case {
            Case::Earliest => self.earliest,
            Case::Likely => self.likely,
            Case::Latest => self.latest,
        }
    }
}

impl PodTimes<Range<u64>> {
    fn at(&self, cases: Cases) -> PodTimes {
        PodTimes {
            scheduling: self.scheduling.at(cases.startup),
            ready: self.ready.at(cases.startup),
            grace: self.grace,
            pre_stop: self.pre_stop,
            shutdown: self.shutdown.at(cases.shutdown),
            accepts: self.accepts.at(cases.accepts),
            unready: self.unready.map(|unready| unready.at(cases.accepts)),
        }
    }
}

impl Claim<Range<u64>> {
    const fn at(&self, case: Case) -> Claim {
        match self {
            Self::None => Claim::None,
            Self::ManyNodes => Claim::ManyNodes,
            Self::SameNode => Claim::SameNode,
            Self::OtherNode { reattach } => Claim::OtherNode {
                reattach: reattach.at(case),
            },
            Self::OnePod { reattach } => Claim::OnePod {
                reattach: reattach.at(case),
            },
        }
    }
}

impl Rollout<Range<u64>> {
    pub(crate) fn at(&self, cases: Cases) -> Rollout {
        Rollout {
            replicas: self.replicas,
            old_replicas: self.old_replicas,
            old_unready: self.old_unready,
            template_changed: self.template_changed,
            strategy: self.strategy,
            min_ready_seconds: self.min_ready_seconds,
            progress_deadline_seconds: self.progress_deadline_seconds,
            old: self.old.at(cases),
            new: self.new.at(cases),
            new_never_ready: self.new_never_ready,
            propagation: self.propagation.at(cases.propagation),
            claim: self.claim.at(cases.startup),
            obstacle: self.obstacle,
            interventions: self.interventions.clone(),
            helm_timeout: self.helm_timeout,
        }
    }
}
