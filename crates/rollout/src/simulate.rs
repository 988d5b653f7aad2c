//! The discrete-event loop: pods' events in order of time, and after each moment the controller's rules until nothing
//! changes any more.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use crate::claims::{Holder, PodId};
use crate::rolling::{self, Counts};
use crate::room::Room;
use crate::scaling::{self, Share};
use crate::wait::{self, Wait};
use crate::windows::{Gatherer, Known, Moment};
use crate::{
    Change, Claim, Obstacle, Pod, PodState, PodTimes, Rollout, Run, Scale, Stop, Strategy, Stuck, StuckCause, TooLarge,
    Version, Waits,
};

/// The controller looks at the deadline again one second after it has passed (pkg/controller/deployment/progress.go).
const DEADLINE_SLACK: u64 = 1_000;

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
    Ok(World::new(rollout).run())
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

/// How far a pod has come; the controller deletes the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Progress {
    Pending,
    Running,
    Ready,
}

/// The order in which a ReplicaSet's pods are deleted: pending ones, unready ones, then those that became ready last,
/// then the youngest (ActivePodsWithRanks, pkg/controller/controller_utils.go).
type Rank = (Progress, Reverse<u64>, Reverse<PodId>);

#[derive(Debug)]
struct Life {
    version: Version,
    number: u32,
    never_ready: bool,
    progress: Progress,
    /// 0 for pods that were ready before the rollout, else the time plus 1.
    ready_order: u64,
    available: bool,
    /// For a place or its claim.
    waiting: bool,
    /// Was deleted while it waited for a place.
    homeless: bool,
    /// Holds the lock, if there is one.
    lock: bool,
    deleted: bool,
    /// One of its starting events is on its way.
    coming: bool,
    /// Proxies count it among the ready endpoints.
    joined: bool,
    /// Proxies count it among the terminating ones that serve.
    fallback: bool,
    /// Accepts connections.
    accepting: bool,
    killed: bool,
    gone: Option<u64>,
    states: Vec<PodState>,
}

impl Life {
    fn rank(&self, id: PodId) -> Rank {
        (self.progress, Reverse(self.ready_order), Reverse(id))
    }
}

#[derive(Debug, Default)]
struct ReplicaSet {
    exists: bool,
    created: u32,
    ready: u32,
    available: u32,
    /// Terminating pods included.
    exist: u32,
    mounted: u32,
    /// Pods that are not being deleted; as many as `spec.replicas`.
    live: BTreeSet<Rank>,
    /// The Deployment's replicas, and those with surge, when this set was last scaled: its annotations
    /// `desired-replicas` and `max-replicas`.
    scaled_for: (u32, u32),
}

impl ReplicaSet {
    fn size(&self) -> u32 {
        u32::try_from(self.live.len()).unwrap_or(u32::MAX)
    }
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
    run: Run,
}

const fn index(version: Version) -> usize {
    match version {
        Version::Old => 0,
        Version::New => 1,
    }
}

const fn other(version: Version) -> Version {
    match version {
        Version::Old => Version::New,
        Version::New => Version::Old,
    }
}

impl<'a> World<'a> {
    fn new(rollout: &'a Rollout) -> Self {
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

    fn is_complete(&self) -> bool {
        let target = &self.sets[index(self.target)];
        target.exists
            && target.size() == self.replicas
            && target.available == self.replicas
            && self.sets[index(other(self.target))].size() == 0
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
                self.pods[id].states.push(PodState::Stopping { at: self.now });
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

    fn times(&self, version: Version) -> &'a PodTimes {
        match version {
            Version::Old => &self.rollout.old,
            Version::New => &self.rollout.new,
        }
    }

    /// The container has all it needs to boot.
    fn boot(&mut self, id: PodId) {
        self.pods[id].lock = true;
        let ready = self.times(self.pods[id].version).ready;
        self.expect(id, ready, Event::Ready(id));
    }

    /// Creates a pod, and tells from when on it has a place and its claim, unless it must wait for one of them.
    fn create(&mut self, version: Version, never_ready: bool) -> (PodId, Option<u64>) {
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
            states: vec![state],
        };
        set.live.insert(life.rank(id));
        self.pods.push(life);
        (id, admitted)
    }

    /// The pod's container starts when its claim is attached and everything else is done.
    fn schedule(&mut self, id: PodId, attached: u64) {
        let scheduling = self.times(self.pods[id].version).scheduling;
        self.expect(id, (attached - self.now).saturating_add(scheduling), Event::Start(id));
    }

    fn advance(&mut self, id: PodId, progress: Progress, ready_order: u64) {
        let life = &mut self.pods[id];
        let live = &mut self.sets[index(life.version)].live;
        live.remove(&life.rank(id));
        life.progress = progress;
        life.ready_order = ready_order;
        live.insert(life.rank(id));
    }

    fn start(&mut self, id: PodId) {
        self.advance(id, Progress::Running, 0);
        if self.rollout.claim != Claim::None {
            self.sets[index(self.pods[id].version)].mounted += 1;
        }
    }

    fn become_ready(&mut self, id: PodId, order: u64) {
        self.advance(id, Progress::Ready, order);
        let life = &mut self.pods[id];
        life.accepting = true;
        life.states.push(PodState::Ready { at: self.now });
        self.sets[index(life.version)].ready += 1;
        self.progressed = self.now;
    }

    fn become_available(&mut self, id: PodId) {
        self.pods[id].available = true;
        self.sets[index(self.pods[id].version)].available += 1;
        self.progressed = self.now;
    }

    fn join(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        life.joined = true;
        self.known.ready[index(life.version)] += 1;
        self.known.ready_accepting += u32::from(life.accepting);
    }

    fn leave(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        if !life.joined {
            return;
        }
        life.joined = false;
        self.known.ready[index(life.version)] -= 1;
        self.known.ready_accepting -= u32::from(life.accepting);
        life.fallback = true;
        self.known.fallback += 1;
        self.known.fallback_accepting += u32::from(life.accepting);
    }

    fn close(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        if !life.accepting {
            return;
        }
        life.accepting = false;
        self.known.ready_accepting -= u32::from(life.joined);
        self.known.fallback_accepting -= u32::from(life.fallback);
    }

    fn forget(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        if !life.fallback {
            return;
        }
        life.fallback = false;
        self.known.fallback -= 1;
        self.known.fallback_accepting -= u32::from(life.accepting);
    }

    /// Deletes a pod. One whose container has not started is gone at once.
    fn delete(&mut self, id: PodId) {
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
            self.pods[id].states.push(PodState::Draining { at: self.now });
        }
        self.push(sigterm, Event::Sigterm(id));
        if progress == Progress::Ready {
            self.push(leave, Event::Leave(id));
            self.push(close, Event::Close(id));
            self.push(forget, Event::Forget(id));
        }
        self.push(gone, Event::Gone(id));
    }

    fn remove(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        life.gone = Some(self.now);
        life.states.push(PodState::Gone {
            at: self.now,
            killed: life.killed,
        });
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
    fn admit(&mut self, id: PodId, attached: u64) {
        let life = &mut self.pods[id];
        life.waiting = false;
        life.states.push(PodState::Starting { at: self.now });
        self.schedule(id, attached);
    }

    fn intervene(&mut self, number: usize) {
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
    fn scale_annotations(&self, replicas: u32) -> (u32, u32) {
        let surge = self.strategy.limits(replicas).map_or(0, |limits| limits.surge);
        (replicas, replicas.saturating_add(surge))
    }

    /// One sync of the Deployment controller; whether it changed anything.
    fn sync(&mut self) -> bool {
        let replicas = self.replicas;
        if self
            .sets
            .iter()
            .any(|set| set.size() > 0 && set.scaled_for.0 != replicas)
        {
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

    /// A scaling event: `replicas` is not what an active ReplicaSet was scaled for. It comes before everything else, so
    /// a single active set follows whatever its template.
    fn scale_all(&mut self) -> bool {
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

    fn counts(&self, version: Version) -> Counts {
        let set = &self.sets[index(version)];
        Counts {
            spec: set.size(),
            available: set.available,
        }
    }

    /// Sets a ReplicaSet's size; its pods follow at once.
    fn scale(&mut self, version: Version, to: u32) -> bool {
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

    fn observe(&mut self) {
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

    fn tell_stuck(&mut self, moment: &Moment) {
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
    fn cause(&self, moment: &Moment) -> StuckCause {
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

    /// Whether the deadline passes before the next event.
    fn watch_deadline(&mut self, next: Option<u64>) {
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

    fn finish(self) -> Run {
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
