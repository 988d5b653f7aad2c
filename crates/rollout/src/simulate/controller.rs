//! The Deployment controller: one sync after the other, and what the operator does in between.

use std::cmp::Reverse;

use super::World;
use super::state::{ReplicaSet, index, other};
use crate::rolling::{self, Counts};
use crate::scaling::{self, Share};
use crate::{Change, Scale, Version};

/// The controller looks at the deadline again one second after it has passed (pkg/controller/deployment/progress.go).
const DEADLINE_SLACK: u64 = 1_000;

impl World<'_> {
    pub(super) fn intervene(&mut self, number: usize) {
        self.run.end = self.now;
        match self.rollout.interventions[number].change {
            Change::Strategy(strategy) => self.strategy = strategy,
            Change::Undo if self.rollout.template_changed => {
                self.target = other(self.target);
                self.run.complete = None;
            }
            Change::Undo => {}
            Change::Replicas(replicas) => {
                self.replicas = replicas;
                self.run.complete = None;
            }
        }
    }

    /// What a ReplicaSet is told when it is scaled for this many replicas.
    pub(super) fn scale_annotations(&self, replicas: u32) -> (u32, u32) {
        let surge = self.strategy.limits(replicas).map_or(0, |limits| limits.surge);
        (replicas, replicas.saturating_add(surge))
    }

    /// One sync of the Deployment controller; whether it changed anything.
    pub(super) fn sync(&mut self) -> bool {
        let replicas = self.replicas;
        if self.is_scaling_event() {
            return self.scale_all();
        }
        let (target, replaced) = (self.target, other(self.target));
        match self.strategy.limits(replicas) {
            None => {
                let old = &self.sets[index(replaced)];
                if old.size() > 0 {
                    return self.scale(replaced, 0);
                }
                old.exist == 0 && self.scale(target, replicas)
            }
            Some(limits) => {
                let (old, new) = (self.counts(replaced), self.counts(target));
                if self.scale(target, rolling::new_size(replicas, limits, old.spec, new.spec)) {
                    return true;
                }
                let [cleaned, healthy] = rolling::old_sizes(replicas, limits, old, new);
                let cleaned = self.scale(replaced, cleaned);
                self.scale(replaced, healthy) || cleaned
            }
        }
    }

    /// Whether `replicas` is not what an active ReplicaSet was scaled for.
    pub(super) fn is_scaling_event(&self) -> bool {
        self.sets
            .iter()
            .any(|set| set.size() > 0 && set.scaled_for.0 != self.replicas)
    }

    /// A scaling event: `replicas` is not what an active ReplicaSet was scaled for. It comes before everything else, so
    /// a single active set follows whatever its template.
    pub(super) fn scale_all(&mut self) -> bool {
        let replicas = self.replicas;
        let (target, replaced) = (self.target, other(self.target));
        let share = |set: &ReplicaSet| Share {
            size: set.size(),
            max: set.scaled_for.1,
        };
        let [old, new] = [share(&self.sets[0]), share(&self.sets[1])];
        if old.size == 0 || new.size == 0 {
            let active = if new.size == 0 { Version::Old } else { Version::New };
            return self.scale(active, replicas);
        }
        let set = &self.sets[index(target)];
        if set.scaled_for.0 == replicas && set.size() == replicas && set.available == replicas {
            return self.scale(replaced, 0);
        }
        let Some(limits) = self.strategy.limits(replicas) else {
            return false;
        };
        let mut changed = false;
        for (position, size) in scaling::proportional(replicas, limits.surge, [old, new]) {
            let version = if position == 0 { Version::Old } else { Version::New };
            changed |= self.scale(version, size);
            let annotations = self.scale_annotations(replicas);
            let set = &mut self.sets[position];
            changed |= set.scaled_for != annotations;
            set.scaled_for = annotations;
        }
        changed
    }

    pub(super) fn counts(&self, version: Version) -> Counts {
        let set = &self.sets[index(version)];
        Counts {
            spec: set.size(),
            available: set.available,
        }
    }

    /// Sets a ReplicaSet's size; its pods follow at once.
    pub(super) fn scale(&mut self, version: Version, to: u32) -> bool {
        let set = &mut self.sets[index(version)];
        let from = set.size();
        if version == self.target {
            set.exists = true;
        }
        if from == to {
            return false;
        }
        self.sets[index(version)].scaled_for = self.scale_annotations(self.replicas);
        self.run.scales.push(Scale {
            at: self.now,
            version,
            from,
            to,
        });
        self.run.end = self.now;
        for _ in from..to {
            let (id, admitted) = self.create(version, version == Version::New && self.rollout.new_never_ready);
            if let Some(at) = admitted {
                self.schedule(id, at);
            }
        }
        for _ in to..from {
            if let Some(&(_, _, Reverse(id))) = self.sets[index(version)].live.first() {
                self.delete(id);
            }
        }
        if (version == self.target) == (to > from) {
            self.progressed = self.now;
        }
        true
    }

    pub(super) fn is_complete(&self) -> bool {
        let target = &self.sets[index(self.target)];
        target.exists
            && target.size() == self.replicas
            && target.available == self.replicas
            && self.sets[index(other(self.target))].size() == 0
    }

    /// Whether the deadline passes before the next event.
    pub(super) fn watch_deadline(&mut self, next: Option<u64>) {
        let seconds = self.rollout.progress_deadline_seconds;
        if self.run.complete.is_some() || self.run.deadline_exceeded.is_some() || seconds >= i32::MAX.unsigned_abs() {
            return;
        }
        let at = self
            .progressed
            .saturating_add(u64::from(seconds) * 1_000 + DEADLINE_SLACK);
        if next.is_none_or(|next| at < next) {
            self.run.deadline_exceeded = Some(at);
        }
    }
}
