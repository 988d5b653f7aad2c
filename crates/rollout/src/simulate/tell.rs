//! What a run tells: windows and figures at each moment, standstills, and all of it at the end.

use super::World;
use super::state::{ReplicaSet, index, other};
use crate::wait::{self, Wait};
use crate::windows::Moment;
use crate::{Claim, Pod, Run, Stuck, StuckCause, Version, Waits};

impl World<'_> {
    pub(super) fn observe(&mut self) {
        let each = |figure: fn(&ReplicaSet) -> u32| [figure(&self.sets[0]), figure(&self.sets[1])];
        let moment = Moment {
            exist: each(|set| set.exist),
            ready: each(|set| set.ready),
            mounted: each(|set| set.mounted),
            known: self.known,
            stuck: self.coming == 0 && self.run.complete.is_none(),
            replicas: self.replicas,
        };
        self.gatherer.observe(self.now, &moment);
        self.tell_stuck(&moment);
    }

    pub(super) fn tell_stuck(&mut self, moment: &Moment) {
        let now = moment.stuck.then(|| {
            let cause = self.cause(moment);
            Stuck {
                from: self.now,
                to: None,
                cause,
                ready: moment.ready[0] + moment.ready[1],
                ways_out: cause.ways_out(self.target),
            }
        });
        let open = self.run.stuck.last_mut().filter(|stuck| stuck.to.is_none());
        match (open, now) {
            (Some(open), Some(now)) if (open.cause, open.ready) == (now.cause, now.ready) => {}
            (open, now) => {
                if let Some(open) = open {
                    open.to = Some(self.now);
                }
                self.run.stuck.extend(now);
            }
        }
    }

    /// Why nothing moves.
    pub(super) fn cause(&self, moment: &Moment) -> StuckCause {
        if self.is_scaling_event() {
            return StuckCause::ScaledUnderRecreate;
        }
        if self.room.waiting().any(|id| self.pods[id].version == self.target) {
            let replaced = other(self.target);
            let holder = if moment.exist[index(replaced)] > 0 {
                replaced
            } else {
                self.target
            };
            return StuckCause::NoRoom { holder };
        }
        match (self.holder.blocks(self.target), self.rollout.claim) {
            (Some(holder), Claim::OnePod { .. }) => StuckCause::ClaimInUse { holder },
            (Some(holder), _) => StuckCause::AttachedElsewhere { holder },
            (None, _) => match self.lock.blocks(self.target) {
                Some(holder) => StuckCause::LockHeld { holder },
                None => StuckCause::NeverReady,
            },
        }
    }

    pub(super) fn finish(self) -> Run {
        let mut run = self.run;
        let (windows, endpoints, peak_pods, min_ready) = self.gatherer.finish();
        (run.windows, run.endpoints, run.peak_pods, run.min_ready) = (windows, endpoints, peak_pods, min_ready);
        let replaced = other(self.target);
        run.last_old_gone = self
            .pods
            .iter()
            .filter(|life| life.version == replaced)
            .try_fold(0, |last, life| life.gone.map(|gone| gone.max(last)));
        let timeout = Some(self.rollout.helm_timeout);
        let vacuous = wait::helm3_wants(self.strategy, self.replicas) == 0;
        run.waits = Waits {
            helm3: Wait::until(self.helm3, timeout, None).vacuously(vacuous),
            helm4: Wait::until(run.complete, timeout, run.deadline_exceeded),
            rollout_status: Wait::until(run.complete, None, run.deadline_exceeded),
        };
        run.pods = self
            .pods
            .into_iter()
            .filter(|_| self.detailed)
            .map(|life| Pod {
                name: match life.version {
                    Version::Old => format!("old {}", life.number),
                    Version::New => format!("new {}", life.number),
                },
                version: life.version,
                states: life.states,
            })
            .collect();
        run
    }
}
