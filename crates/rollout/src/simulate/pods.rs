//! The life of a pod: created, waiting, started, ready, deleted, gone.

use super::state::{Life, Progress, index};
use super::{Event, World};
use crate::claims::PodId;
use crate::{Claim, PodState, PodTimes, Stop, Version};

impl<'a> World<'a> {
    pub(super) fn times(&self, version: Version) -> &'a PodTimes {
        match version {
            Version::Old => &self.rollout.old,
            Version::New => &self.rollout.new,
        }
    }

    /// Creates a pod, and tells from when on it has a place and its claim, unless it must wait for one of them.
    pub(super) fn create(&mut self, version: Version, never_ready: bool) -> (PodId, Option<u64>) {
        let id = self.pods.len();
        let admitted = if self.room.request(id) {
            self.holder.request(id, version, self.now)
        } else {
            None
        };
        let waiting = admitted.is_none();
        let state = if waiting {
            PodState::Waiting { at: self.now }
        } else {
            PodState::Starting { at: self.now }
        };
        let set = &mut self.sets[index(version)];
        set.created += 1;
        set.exist += 1;
        let life = Life {
            version,
            number: set.created,
            never_ready,
            progress: Progress::Pending,
            ready_order: 0,
            available: false,
            waiting,
            homeless: false,
            lock: false,
            deleted: false,
            coming: false,
            joined: false,
            fallback: false,
            accepting: false,
            killed: false,
            gone: None,
            states: Vec::new(),
        };
        set.live.insert(life.rank(id));
        self.pods.push(life);
        self.enter(id, state);
        (id, admitted)
    }

    /// A state of the pod's life begins.
    pub(super) fn enter(&mut self, id: PodId, state: PodState) {
        if self.detailed {
            self.pods[id].states.push(state);
        }
    }

    /// The pod's container starts when its claim is attached and everything else is done.
    pub(super) fn schedule(&mut self, id: PodId, attached: u64) {
        let scheduling = self.times(self.pods[id].version).scheduling;
        self.expect(id, (attached - self.now).saturating_add(scheduling), Event::Start(id));
    }

    /// The container has all it needs to boot.
    pub(super) fn boot(&mut self, id: PodId) {
        self.pods[id].lock = true;
        let ready = self.times(self.pods[id].version).ready;
        self.expect(id, ready, Event::Ready(id));
    }

    pub(super) fn advance(&mut self, id: PodId, progress: Progress, ready_order: u64) {
        let life = &mut self.pods[id];
        let live = &mut self.sets[index(life.version)].live;
        live.remove(&life.rank(id));
        life.progress = progress;
        life.ready_order = ready_order;
        live.insert(life.rank(id));
    }

    pub(super) fn start(&mut self, id: PodId) {
        self.advance(id, Progress::Running, 0);
        if self.rollout.claim != Claim::None {
            self.sets[index(self.pods[id].version)].mounted += 1;
        }
    }

    pub(super) fn become_ready(&mut self, id: PodId, order: u64) {
        self.advance(id, Progress::Ready, order);
        let life = &mut self.pods[id];
        life.accepting = true;
        self.sets[index(life.version)].ready += 1;
        self.enter(id, PodState::Ready { at: self.now });
        self.progressed = self.now;
    }

    pub(super) fn become_available(&mut self, id: PodId) {
        self.pods[id].available = true;
        self.sets[index(self.pods[id].version)].available += 1;
        self.progressed = self.now;
    }

    /// Deletes a pod. One whose container has not started is gone at once.
    pub(super) fn delete(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        let set = &mut self.sets[index(life.version)];
        set.live.remove(&life.rank(id));
        set.ready -= u32::from(life.progress == Progress::Ready);
        set.available -= u32::from(life.available);
        life.deleted = true;
        self.coming -= usize::from(life.coming);
        let Life {
            version,
            progress,
            waiting,
            ..
        } = *life;
        let homeless = waiting && self.room.withdraw(id);
        if waiting && !homeless {
            self.holder.withdraw(id);
        }
        self.lock.withdraw(id);
        self.pods[id].homeless = homeless;
        if progress == Progress::Pending {
            self.remove(id);
            return;
        }
        let times = self.times(version);
        let stop = Stop::of(times.grace, times.pre_stop, times.shutdown);
        self.pods[id].killed = stop.killed;
        let after = |milliseconds: u64| self.now.saturating_add(milliseconds);
        let closed = stop.sigterm.saturating_add(times.accepts).min(stop.gone);
        let unserving = times
            .unready
            .map_or(stop.gone, |unready| stop.sigterm.saturating_add(unready).min(stop.gone));
        let (sigterm, close, gone) = (after(stop.sigterm), after(closed), after(stop.gone));
        let leave = after(self.rollout.propagation);
        let forget = after(unserving.saturating_add(self.rollout.propagation));
        if stop.sigterm > 0 {
            self.enter(id, PodState::Draining { at: self.now });
        }
        self.push(sigterm, Event::Sigterm(id));
        if progress == Progress::Ready {
            self.push(leave, Event::Leave(id));
            self.push(close, Event::Close(id));
            self.push(forget, Event::Forget(id));
        }
        self.push(gone, Event::Gone(id));
    }

    pub(super) fn remove(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        life.gone = Some(self.now);
        let gone = PodState::Gone {
            at: self.now,
            killed: life.killed,
        };
        self.enter(id, gone);
        let life = &self.pods[id];
        let set = &mut self.sets[index(life.version)];
        set.exist -= 1;
        if life.progress > Progress::Pending && self.rollout.claim != Claim::None {
            set.mounted -= 1;
        }
        let Life {
            waiting,
            homeless,
            lock,
            ..
        } = *life;
        if lock {
            for (id, _) in self.lock.release(self.now) {
                self.boot(id);
            }
        }
        if !waiting {
            for (id, at) in self.holder.release(self.now) {
                self.admit(id, at);
            }
        }
        if !homeless && let Some(next) = self.room.release() {
            let version = self.pods[next].version;
            if let Some(at) = self.holder.request(next, version, self.now) {
                self.admit(next, at);
            }
        }
    }

    /// A pod that waited has all it waited for.
    pub(super) fn admit(&mut self, id: PodId, attached: u64) {
        self.pods[id].waiting = false;
        self.enter(id, PodState::Starting { at: self.now });
        self.schedule(id, attached);
    }
}
