//! Windows and figures, gathered from what holds between two moments.

use crate::{Endpoints, Window, WindowKind};

/// What holds from one moment until the next. Pairs are old, new.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moment {
    /// Pods that exist, terminating ones included.
    pub(crate) exist: [u32; 2],
    /// Pods that are ready and not being deleted.
    pub(crate) ready: [u32; 2],
    /// Pods with the claim mounted.
    pub(crate) mounted: [u32; 2],
    /// What the proxies know.
    pub(crate) known: Known,
    /// Nothing moves any more and the rollout is not complete.
    pub(crate) stuck: bool,
    /// `spec.replicas`.
    pub(crate) replicas: u32,
}

/// The endpoints as the proxies know them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// Ready endpoints; old, new.
    pub(crate) ready: [u32; 2],
    /// Those of them that accept connections.
    pub(crate) ready_accepting: u32,
    /// Endpoints that terminate and still count as serving.
    pub(crate) fallback: u32,
    /// Those of them that accept connections.
    pub(crate) fallback_accepting: u32,
}

impl Known {
    /// How many endpoints kube-proxy uses, and how many of these accept: the ready ones; where there is none, the
    /// terminating ones that still serve (pkg/proxy/topology.go).
    const fn used(&self) -> (u32, u32) {
        if self.ready[0] + self.ready[1] > 0 {
            (self.ready[0] + self.ready[1], self.ready_accepting)
        } else {
            (self.fallback, self.fallback_accepting)
        }
    }
}

impl Moment {
    fn holds(&self, kind: WindowKind) -> bool {
        let both = |[old, new]: [u32; 2]| old > 0 && new > 0;
        let ready = self.known.ready[0] + self.known.ready[1];
        let (used, accepting) = self.known.used();
        match kind {
            WindowKind::Overlap => both(self.exist),
            WindowKind::BothReady => both(self.known.ready),
            WindowKind::NoReadyEndpoint => ready == 0,
            WindowKind::NoUsableEndpoint => accepting == 0,
            WindowKind::StaleEndpoint => used > accepting && accepting > 0,
            WindowKind::ReducedCapacity => 0 < ready && ready < self.replicas,
            WindowKind::TwoWriters => both(self.mounted),
            WindowKind::Deadlock => self.stuck,
        }
    }
}

/// Gathers moments.
#[derive(Debug)]
pub(crate) struct Gatherer {
    open: [Option<u64>; WindowKind::ALL.len()],
    windows: Vec<Window>,
    endpoints: Vec<Endpoints>,
    peak: u32,
    min_ready: u32,
}

impl Gatherer {
    pub(crate) const fn new() -> Self {
        Self {
            open: [None; WindowKind::ALL.len()],
            windows: Vec::new(),
            endpoints: Vec::new(),
            peak: 0,
            min_ready: u32::MAX,
        }
    }

    /// From `at` on this holds.
    pub(crate) fn observe(&mut self, at: u64, moment: &Moment) {
        self.peak = self.peak.max(moment.exist[0] + moment.exist[1]);
        self.min_ready = self.min_ready.min(moment.ready[0] + moment.ready[1]);
        for (open, kind) in self.open.iter_mut().zip(WindowKind::ALL) {
            match (*open, moment.holds(kind)) {
                (None, true) => *open = Some(at),
                (Some(from), false) => {
                    *open = None;
                    self.windows.push(Window {
                        kind,
                        from,
                        to: Some(at),
                    });
                }
                _ => {}
            }
        }
        let endpoints = Endpoints {
            at,
            old: moment.known.ready[0],
            new: moment.known.ready[1],
            usable: moment.known.used().1,
        };
        if self
            .endpoints
            .last()
            .is_none_or(|last| Endpoints { at, ..*last } != endpoints)
        {
            self.endpoints.push(endpoints);
        }
    }

    /// Windows in order of their start, endpoints, most pods, fewest ready ones.
    pub(crate) fn finish(mut self) -> (Vec<Window>, Vec<Endpoints>, u32, u32) {
        for (open, kind) in self.open.into_iter().zip(WindowKind::ALL) {
            if let Some(from) = open {
                self.windows.push(Window { kind, from, to: None });
            }
        }
        let place = |window: &Window| (window.from, window.kind);
        let mut windows = Vec::with_capacity(self.windows.len());
        for window in self.windows {
            let at = windows.partition_point(|other| place(other) <= place(&window));
            windows.insert(at, window);
        }
        (windows, self.endpoints, self.peak, self.min_ready)
    }
}
