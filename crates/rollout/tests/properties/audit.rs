//! A run's figures once more, from nothing but the lives of its pods: slowly, and by another way than the simulation.

use proptest::prelude::*;
use rollcast_rollout::{Change, Pod, PodState, Rollout, Run, Version, WindowKind};

/// One pod's life in moments; `u64::MAX` for what never comes.
struct Life {
    version: Version,
    created: u64,
    /// When it became ready; `u64::MAX` if it never did.
    ready: u64,
    deleted: u64,
    gone: u64,
    /// When proxies count it among the ready endpoints: from, to.
    known: (u64, u64),
    /// Until when proxies count it among the terminating endpoints that serve.
    serves: u64,
    /// Until when it accepts connections.
    accepts: u64,
}

/// The lives of all pods.
pub(crate) struct Audit {
    /// `spec.replicas` from a moment on.
    replicas: Vec<(u64, u32)>,
    lives: Vec<Life>,
    /// Every moment at which something changes.
    moments: Vec<u64>,
}

impl Audit {
    /// Fails where a life is out of order.
    pub(crate) fn of(rollout: &Rollout, run: &Run) -> Result<Self, TestCaseError> {
        let lives = run
            .pods
            .iter()
            .enumerate()
            .map(|(position, pod)| life(rollout, pod, position < rollout.old_replicas as usize))
            .collect::<Result<Vec<_>, _>>()?;
        let mut replicas = vec![(0, rollout.replicas)];
        replicas.extend(rollout.interventions.iter().filter_map(|each| match each.change {
            Change::Replicas(replicas) => Some((each.at, replicas)),
            Change::Strategy(_) | Change::Undo => None,
        }));
        replicas.sort_by_key(|&(at, _)| at);
        let mut moments: Vec<_> = replicas.iter().map(|&(at, _)| at).collect();
        for life in &lives {
            moments.extend([life.created, life.ready, life.deleted, life.gone]);
            moments.extend([life.known.0, life.known.1, life.serves, life.accepts]);
        }
        moments.retain(|&moment| moment != u64::MAX);
        moments.sort_unstable();
        moments.dedup();
        Ok(Self {
            replicas,
            lives,
            moments,
        })
    }

    fn count(&self, holds: impl Fn(&Life) -> bool) -> u32 {
        self.lives.iter().map(|life| u32::from(holds(life))).sum()
    }

    pub(crate) fn created(&self, version: Version) -> u32 {
        self.count(|life| life.version == version)
    }

    /// Pods that were never deleted.
    pub(crate) fn left(&self, version: Version) -> u32 {
        self.count(|life| life.version == version && life.deleted == u64::MAX)
    }

    pub(crate) fn peak(&self) -> u32 {
        let exist = |&moment: &u64| self.count(|life| life.created <= moment && moment < life.gone);
        self.moments.iter().map(exist).max().unwrap_or(0)
    }

    pub(crate) fn min_ready(&self) -> u32 {
        let ready = |&moment: &u64| self.count(|life| life.ready <= moment && moment < life.deleted);
        self.moments.iter().map(ready).min().unwrap_or(0)
    }

    /// The windows of one kind: from, to.
    pub(crate) fn windows(&self, kind: WindowKind) -> Vec<(u64, Option<u64>)> {
        let mut windows: Vec<(u64, Option<u64>)> = Vec::new();
        for &moment in &self.moments {
            let open = windows.last_mut().filter(|(_, to)| to.is_none());
            match (open, self.holds(kind, moment)) {
                (None, true) => windows.push((moment, None)),
                (Some((_, to)), false) => *to = Some(moment),
                _ => {}
            }
        }
        windows
    }

    fn holds(&self, kind: WindowKind, now: u64) -> bool {
        let exists = |life: &Life| life.created <= now && now < life.gone;
        let known = |life: &Life| life.known.0 <= now && now < life.known.1;
        let accepts = |life: &Life| now < life.accepts;
        let ready = self.count(known);
        // Proxies use the ready endpoints, and without any the terminating ones that serve.
        let used = |life: &Life| {
            if ready > 0 {
                known(life)
            } else {
                life.ready != u64::MAX && life.known.1 <= now && now < life.serves
            }
        };
        let both = |holds: &dyn Fn(&Life) -> bool| {
            [Version::Old, Version::New].map(|version| self.count(|life| life.version == version && holds(life)) > 0)
                == [true, true]
        };
        match kind {
            WindowKind::Overlap => both(&exists),
            WindowKind::BothReady => both(&known),
            WindowKind::NoReadyEndpoint => ready == 0,
            WindowKind::NoUsableEndpoint => self.count(|life| used(life) && accepts(life)) == 0,
            WindowKind::StaleEndpoint => {
                let accepting = self.count(|life| used(life) && accepts(life));
                0 < accepting && accepting < self.count(used)
            }
            WindowKind::ReducedCapacity => {
                let replicas = self.replicas.iter().rev().find(|&&(at, _)| at <= now);
                0 < ready && replicas.is_some_and(|&(_, replicas)| ready < replicas)
            }
            WindowKind::TwoWriters | WindowKind::Deadlock => unreachable!("not a matter of pods' lives alone"),
        }
    }
}

fn life(rollout: &Rollout, pod: &Pod, settled: bool) -> Result<Life, TestCaseError> {
    let mut life = Life {
        version: pod.version,
        created: u64::MAX,
        ready: u64::MAX,
        deleted: u64::MAX,
        gone: u64::MAX,
        known: (u64::MAX, u64::MAX),
        serves: u64::MAX,
        accepts: u64::MAX,
    };
    let mut stage = 0;
    let mut now = 0;
    let mut stopping = None;
    for (position, state) in pod.states.iter().enumerate() {
        let (next, at) = match *state {
            PodState::Waiting { at } => (1, at),
            PodState::Starting { at } => (2, at),
            PodState::Ready { at } => (3, at),
            PodState::Draining { at } => (4, at),
            PodState::Stopping { at } => (5, at),
            PodState::Gone { at, .. } => (6, at),
        };
        prop_assert!(
            next > stage && at >= now,
            "{} is out of order: {:?}",
            pod.name,
            pod.states
        );
        (stage, now) = (next, at);
        if position == 0 {
            life.created = at;
        }
        match state {
            PodState::Ready { .. } => life.ready = at,
            PodState::Draining { .. } | PodState::Gone { .. } => life.deleted = life.deleted.min(at),
            PodState::Stopping { .. } => {
                life.deleted = life.deleted.min(at);
                stopping = Some(at);
            }
            PodState::Waiting { .. } | PodState::Starting { .. } => {}
        }
        if let PodState::Gone { .. } = state {
            life.gone = at;
        }
    }
    if life.ready != u64::MAX {
        let times = match pod.version {
            Version::Old => &rollout.old,
            Version::New => &rollout.new,
        };
        let joined = if settled && life.ready == 0 {
            0
        } else {
            rollout.propagation
        };
        life.known = (life.ready + joined, life.deleted.saturating_add(rollout.propagation));
        life.accepts = stopping.map_or(life.gone, |sigterm| (sigterm + times.accepts).min(life.gone));
        let unready = match (stopping, times.unready) {
            (Some(sigterm), Some(unready)) => (sigterm + unready).min(life.gone),
            _ => life.gone,
        };
        life.serves = unready.saturating_add(rollout.propagation);
    }
    Ok(life)
}
