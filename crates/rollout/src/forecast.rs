use serde::Serialize;

use crate::{Limits, Stuck, Waits};

/// A figure with its uncertainty. `earliest <= likely <= latest` always holds; milliseconds where it is a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Range<T> {
    /// The smallest of all runs.
    pub earliest: T,
    /// The run with the likely assumptions.
    pub likely: T,
    /// The largest of all runs.
    pub latest: T,
}

/// A rollout simulated with its earliest, likely and latest assumptions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Forecast {
    /// The run shown on the timeline.
    pub likely: Run,
    /// The run with every assumption at its earliest.
    pub earliest: Run,
    /// The run with every assumption at its latest.
    pub latest: Run,
    /// Total length of each kind of window that can occur, in milliseconds; `None` inside where it never ends.
    pub lengths: Vec<WindowLength>,
    /// maxSurge and maxUnavailable as pods; `None` for Recreate.
    pub limits: Option<Limits>,
    /// When the Deployment counts as complete; `None` inside where it never does.
    #[cfg_attr(feature = "typescript", tsify(type = "Range<number | null>"))]
    pub complete: Range<Option<u64>>,
    /// When the last pod of the replaced template has stopped; `None` inside where it never does.
    #[cfg_attr(feature = "typescript", tsify(type = "Range<number | null>"))]
    pub last_old_gone: Range<Option<u64>>,
    /// The most pods at once, terminating ones included.
    #[cfg_attr(feature = "typescript", tsify(type = "Range<number>"))]
    pub peak_pods: Range<u32>,
    /// The fewest ready pods at once.
    #[cfg_attr(feature = "typescript", tsify(type = "Range<number>"))]
    pub min_ready: Range<u32>,
}

/// How long one kind of window is in total.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct WindowLength {
    /// The kind.
    pub kind: WindowKind,
    /// Milliseconds; `None` where the window never ends.
    #[cfg_attr(feature = "typescript", tsify(type = "Range<number | null>"))]
    pub milliseconds: Range<Option<u64>>,
}

/// One simulated rollout. Time 0 is when the API server accepts the change; milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// ReplicaSet sizes as the controller changes them, in order.
    pub scales: Vec<Scale>,
    /// Every pod that existed, in order of creation, old ones first.
    pub pods: Vec<Pod>,
    /// Windows in order of their start.
    pub windows: Vec<Window>,
    /// The Service's endpoints as the proxies know them, at every moment they change.
    pub endpoints: Vec<Endpoints>,
    /// The most pods at once, terminating ones included.
    pub peak_pods: u32,
    /// The fewest ready pods at once.
    pub min_ready: u32,
    /// When the Deployment counts as complete; `None` if never.
    pub complete: Option<u64>,
    /// When the last pod of the replaced template has stopped (after an undo that is the new one); `None` if never.
    pub last_old_gone: Option<u64>,
    /// When the Deployment first exceeded its progress deadline; nothing is rolled back then. `None` if never.
    pub deadline_exceeded: Option<u64>,
    /// Every stretch in which nothing moves although the rollout is not complete, with its cause; the same stretches
    /// are windows of the kind [`WindowKind::Deadlock`].
    pub stuck: Vec<Stuck>,
    /// What the commands that wait for the rollout say.
    pub waits: Waits,
    /// When the run is over: all pods settled, or the time behind which nothing changes any more.
    pub end: u64,
}

impl Run {
    /// How long all windows of one kind are together, in milliseconds; `None` where one never ends.
    #[must_use]
    pub fn length(&self, kind: WindowKind) -> Option<u64> {
        self.windows
            .iter()
            .filter(|window| window.kind == kind)
            .try_fold(0_u64, |sum, window| {
                window.to.map(|to| sum.saturating_add(to - window.from))
            })
    }
}

/// The Service's endpoints from one moment on, as the proxies know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Endpoints {
    /// Milliseconds.
    pub at: u64,
    /// Ready endpoints of the old template.
    pub old: u32,
    /// Ready endpoints of the new template.
    pub new: u32,
    /// Endpoints that kube-proxy uses and that accept connections: ready ones, or, where there is none, terminating
    /// ones that still serve.
    pub usable: u32,
}

/// A ReplicaSet's size changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Scale {
    /// Milliseconds.
    pub at: u64,
    /// Which ReplicaSet.
    pub version: Version,
    /// Size before.
    pub from: u32,
    /// Size after.
    pub to: u32,
}

/// Old or new ReplicaSet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Version {
    /// What ran before the change.
    Old,
    /// What the change brings.
    New,
}

/// A pod's life. Milliseconds; what never happens is `None`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Pod {
    /// "old 1", "new 2": by version and order of creation.
    pub name: String,
    /// Its version.
    pub version: Version,
    /// Its states in order; each lasts until the next begins, the last one until the run ends.
    pub states: Vec<PodState>,
}

/// A state of a pod and when it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum PodState {
    /// Created, but its claim is held elsewhere: Pending or ContainerCreating.
    Waiting {
        /// Milliseconds.
        at: u64,
    },
    /// Scheduling, attaching volumes, pulling, booting; not ready.
    Starting {
        /// Milliseconds.
        at: u64,
    },
    /// Ready: an endpoint of the Service.
    Ready {
        /// Milliseconds.
        at: u64,
    },
    /// Deleted, preStop hook running: no longer a ready endpoint, still serving.
    Draining {
        /// Milliseconds.
        at: u64,
    },
    /// SIGTERM was sent: shutting down.
    Stopping {
        /// Milliseconds.
        at: u64,
    },
    /// Its containers have stopped.
    Gone {
        /// Milliseconds.
        at: u64,
        /// Whether SIGKILL was needed.
        killed: bool,
    },
}

impl PodState {
    /// When it begins, in milliseconds.
    #[must_use]
    pub const fn at(self) -> u64 {
        match self {
            Self::Waiting { at }
            | Self::Starting { at }
            | Self::Ready { at }
            | Self::Draining { at }
            | Self::Stopping { at }
            | Self::Gone { at, .. } => at,
        }
    }
}

/// A stretch of time in which something holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Window {
    /// What holds.
    pub kind: WindowKind,
    /// Milliseconds.
    pub from: u64,
    /// Milliseconds; `None` if it never ends.
    pub to: Option<u64>,
}

/// What a window means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum WindowKind {
    /// An old pod (terminating included) and a new one exist.
    Overlap,
    /// Ready endpoints of both versions.
    BothReady,
    /// No ready endpoint: ingress controllers answer 503.
    NoReadyEndpoint,
    /// No endpoint that proxies use accepts connections, not even a terminating one: the ClusterIP refuses them.
    NoUsableEndpoint,
    /// Some endpoints that proxies use accept connections, and some no longer do.
    StaleEndpoint,
    /// Fewer ready endpoints than replicas, but at least one.
    ReducedCapacity,
    /// Pods of both versions have the same claim mounted.
    TwoWriters,
    /// Nothing moves any more and the rollout is not complete.
    Deadlock,
}

impl WindowKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Overlap,
        Self::BothReady,
        Self::NoReadyEndpoint,
        Self::NoUsableEndpoint,
        Self::StaleEndpoint,
        Self::ReducedCapacity,
        Self::TwoWriters,
        Self::Deadlock,
    ];

    /// Its name, as in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overlap => "overlap",
            Self::BothReady => "both-ready",
            Self::NoReadyEndpoint => "no-ready-endpoint",
            Self::NoUsableEndpoint => "no-usable-endpoint",
            Self::StaleEndpoint => "stale-endpoint",
            Self::ReducedCapacity => "reduced-capacity",
            Self::TwoWriters => "two-writers",
            Self::Deadlock => "deadlock",
        }
    }

    /// The words for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Overlap => "Old and new overlap",
            Self::BothReady => "Both versions serve",
            Self::NoReadyEndpoint => "No ready endpoint",
            Self::NoUsableEndpoint => "No usable endpoint",
            Self::StaleEndpoint => "Some connections fail",
            Self::ReducedCapacity => "Reduced capacity",
            Self::TwoWriters => "Two writers on the volume",
            Self::Deadlock => "Deadlock",
        }
    }
}
