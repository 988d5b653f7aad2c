//! The discrete-event loop: pods' events in order of time, and after each moment the controller's rules until nothing
//! changes any more.

mod controller;
mod endpoints;
mod pods;
mod state;
mod tell;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::claims::{Holder, PodId};
use crate::room::Room;
use crate::wait;
use crate::windows::{Gatherer, Known};
use crate::{Claim, Obstacle, PodState, Rollout, Run, Strategy, TooLarge, Version};
use state::{Life, ReplicaSet, index};

/// Runs one case of a rollout.
///
/// Controllers take no time: whatever the rules say at one moment happens at that moment. Time is in milliseconds and
/// saturates; there is no clock and no randomness, so the same rollout always gives the same run. What is not
/// modelled: evictions, container restarts, failing nodes.
///
/// # Errors
///
/// [`TooLarge`] when the rollout is beyond what is simulated.
pub fn simulate(rollout: &Rollout) -> Result<Run, TooLarge> {
    TooLarge::check(rollout)?;
    Ok(World::new(rollout, true).run())
}

/// The same run without its pods' lives, for those that only bound ranges: most of a run's memory are the lives.
///
/// The caller has checked that the rollout is not [`TooLarge`].
pub(crate) fn outline(rollout: &Rollout) -> Run {
    World::new(rollout, false).run()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The container starts.
    Start(PodId),
    /// The pod becomes ready.
    Ready(PodId),
    /// It has been ready for minReadySeconds.
    Available(PodId),
    /// Proxies learn that it is ready.
    Join(PodId),
    /// Proxies learn that it terminates.
    Leave(PodId),
    /// SIGTERM is sent.
    Sigterm(PodId),
    /// It accepts no connection any more.
    Close(PodId),
    /// Its containers have stopped.
    Gone(PodId),
    /// Proxies learn that it no longer serves.
    Forget(PodId),
    /// The operator does something.
    Intervene(usize),
}

struct World<'a> {
    rollout: &'a Rollout,
    strategy: Strategy,
    replicas: u32,
    target: Version,
    now: u64,
    sequence: u64,
    queue: BinaryHeap<Reverse<(u64, u64, Event)>>,
    /// Events on their way that will change something.
    coming: usize,
    pods: Vec<Life>,
    sets: [ReplicaSet; 2],
    known: Known,
    holder: Holder,
    room: Room,
    lock: Holder,
    progressed: u64,
    helm3: Option<u64>,
    gatherer: Gatherer,
    /// Whether the run tells its pods' lives.
    detailed: bool,
    run: Run,
}

impl<'a> World<'a> {
    fn new(rollout: &'a Rollout, detailed: bool) -> Self {
        let mut world = Self {
            rollout,
            strategy: rollout.strategy,
            replicas: rollout.replicas,
            target: if rollout.template_changed {
                Version::New
            } else {
                Version::Old
            },
            now: 0,
            sequence: 0,
            queue: BinaryHeap::new(),
            coming: 0,
            pods: Vec::new(),
            sets: [ReplicaSet::default(), ReplicaSet::default()],
            known: Known::default(),
            holder: Holder::new(rollout.claim),
            room: Room::new(match rollout.obstacle {
                Obstacle::Room { pods } => Some(pods),
                Obstacle::None | Obstacle::Lock => None,
            }),
            // A lock passes from template to template like a volume that moves at once.
            lock: Holder::new(match rollout.obstacle {
                Obstacle::Lock => Claim::OtherNode { reattach: 0 },
                Obstacle::None | Obstacle::Room { .. } => Claim::None,
            }),
            progressed: 0,
            helm3: None,
            gatherer: Gatherer::new(),
            detailed,
            run: Run::default(),
        };
        world.settle_old_pods();
        for (number, intervention) in rollout.interventions.iter().enumerate() {
            world.push(intervention.at, Event::Intervene(number));
        }
        if !rollout.template_changed && rollout.old_replicas == rollout.replicas {
            world.run.complete = Some(0);
        }
        world
    }

    /// The pods that run before the change; the first ones are ready.
    fn settle_old_pods(&mut self) {
        self.sets[index(Version::Old)].scaled_for = self.scale_annotations(self.rollout.old_replicas);
        let healthy = self.rollout.old_replicas.saturating_sub(self.rollout.old_unready);
        for number in 0..self.rollout.old_replicas {
            let never_ready = number >= healthy;
            let (id, admitted) = self.create(Version::Old, never_ready);
            if admitted.is_none() {
                continue;
            }
            self.start(id);
            if !never_ready {
                self.pods[id].lock = self.lock.request(id, Version::Old, 0).is_some();
                self.pods[id].states.clear();
                self.become_ready(id, 0);
                self.become_available(id);
                self.join(id);
            }
        }
    }

    fn run(mut self) -> Run {
        loop {
            self.settle();
            self.observe();
            let next = self.queue.peek().map(|Reverse((at, ..))| *at);
            self.watch_deadline(next);
            match next {
                Some(at) => self.now = at,
                None => break,
            }
        }
        self.finish()
    }

    /// Everything that happens at this moment.
    fn settle(&mut self) {
        loop {
            while let Some(&Reverse((at, _, event))) = self.queue.peek() {
                if at > self.now {
                    break;
                }
                self.queue.pop();
                self.handle(event);
            }
            if !self.sync() {
                break;
            }
        }
        if self.run.complete.is_none() && self.is_complete() {
            self.run.complete = Some(self.now);
            self.run.end = self.now;
        }
        let target = &self.sets[index(self.target)];
        if self.helm3.is_none() && target.exists && target.ready >= wait::helm3_wants(self.strategy, self.replicas) {
            self.helm3 = Some(self.now);
        }
    }

    fn push(&mut self, at: u64, event: Event) {
        if !matches!(event, Event::Intervene(_)) {
            self.coming += 1;
        }
        self.queue.push(Reverse((at, self.sequence, event)));
        self.sequence += 1;
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Start(id) | Event::Ready(id) | Event::Available(id) => {
                if self.pods[id].deleted {
                    return;
                }
                self.pods[id].coming = false;
                self.arrive();
                match event {
                    Event::Start(_) => {
                        self.start(id);
                        let Life {
                            version, never_ready, ..
                        } = self.pods[id];
                        if !never_ready && self.lock.request(id, version, self.now).is_some() {
                            self.boot(id);
                        }
                    }
                    Event::Ready(_) => {
                        self.become_ready(id, self.now.saturating_add(1));
                        self.push(self.now.saturating_add(self.rollout.propagation), Event::Join(id));
                        let seconds = u64::from(self.rollout.min_ready_seconds);
                        if seconds == 0 {
                            self.become_available(id);
                        } else {
                            self.expect(id, seconds * 1_000, Event::Available(id));
                        }
                    }
                    _ => self.become_available(id),
                }
            }
            Event::Join(id) => {
                self.arrive();
                self.join(id);
            }
            Event::Leave(id) => {
                self.arrive();
                self.leave(id);
            }
            Event::Sigterm(id) => {
                self.arrive();
                self.enter(id, PodState::Stopping { at: self.now });
            }
            Event::Close(id) => {
                self.arrive();
                self.close(id);
            }
            Event::Gone(id) => {
                self.arrive();
                self.remove(id);
            }
            Event::Forget(id) => {
                self.arrive();
                self.forget(id);
            }
            Event::Intervene(number) => self.intervene(number),
        }
    }

    /// An event that counts has come.
    fn arrive(&mut self) {
        self.coming -= 1;
        self.run.end = self.now;
    }

    /// The pod's next starting event.
    fn expect(&mut self, id: PodId, after: u64, event: Event) {
        self.pods[id].coming = true;
        self.push(self.now.saturating_add(after), event);
    }
}
