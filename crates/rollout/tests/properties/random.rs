//! Random rollouts. Figures come from short lists rather than whole ranges, so that things happen at the same moment as
//! often as they do in practice.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use rollcast_rollout::{
    Change, Claim, IntOrPercent, Intervention, Obstacle, PodTimes, Range, Rollout, Strategy as FieldRule,
};

/// Milliseconds.
fn duration() -> impl Strategy<Value = u64> {
    prop_oneof![
        8 => select(vec![0, 1, 500, 1_000, 2_000, 5_000, 8_000, 10_000, 20_000, 30_000, 60_000]),
        2 => 0..120_000_u64,
    ]
}

fn replicas() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0..8_u32, 3 => 8..30_u32]
}

fn amount() -> impl Strategy<Value = IntOrPercent> {
    prop_oneof![
        (0..6_u32).prop_map(IntOrPercent::Int),
        select(vec![0, 1, 10, 25, 33, 50, 100, 250]).prop_map(IntOrPercent::Percent),
    ]
}

fn rule() -> impl Strategy<Value = FieldRule> {
    prop_oneof![
        1 => Just(FieldRule::Recreate),
        4 => (amount(), amount()).prop_map(|(max_surge, max_unavailable)| FieldRule::RollingUpdate {
            max_surge,
            max_unavailable,
        }),
    ]
}

/// Times of pods that may take any time for anything.
pub(crate) fn pods() -> impl Strategy<Value = PodTimes> {
    (
        duration(),
        duration(),
        duration(),
        duration(),
        duration(),
        duration(),
        option::of(duration()),
    )
        .prop_map(
            |(scheduling, ready, grace, pre_stop, shutdown, accepts, unready)| PodTimes {
                scheduling,
                ready,
                grace: grace / 1_000 * 1_000,
                pre_stop,
                shutdown,
                accepts,
                unready,
            },
        )
}

fn claim() -> impl Strategy<Value = Claim> {
    prop_oneof![
        4 => Just(Claim::None),
        1 => Just(Claim::ManyNodes),
        1 => Just(Claim::SameNode),
        1 => duration().prop_map(|reattach| Claim::OtherNode { reattach }),
        1 => duration().prop_map(|reattach| Claim::OnePod { reattach }),
    ]
}

fn obstacle() -> impl Strategy<Value = Obstacle> {
    prop_oneof![
        8 => Just(Obstacle::None),
        1 => replicas().prop_map(|pods| Obstacle::Room { pods }),
        1 => Just(Obstacle::Lock),
    ]
}

fn interventions() -> impl Strategy<Value = Vec<Intervention>> {
    let change = prop_oneof![
        rule().prop_map(Change::Strategy),
        Just(Change::Undo),
        replicas().prop_map(Change::Replicas),
    ];
    vec(
        (duration(), change).prop_map(|(at, change)| Intervention { at, change }),
        0..4,
    )
}

/// Rollouts in which nobody intervenes and proxies learn at once.
pub(crate) fn undisturbed() -> impl Strategy<Value = Rollout> {
    let sizes = (
        replicas(),
        prop_oneof![2 => Just(None), 1 => replicas().prop_map(Some)],
        prop_oneof![3 => Just(0), 1 => replicas()],
    );
    let flags = (
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.1),
        select(vec![0, 0, 0, 5, 30]),
    );
    (sizes, flags, rule(), pods(), pods(), claim(), obstacle()).prop_map(
        |(
            (replicas, old, unready),
            (template_changed, new_never_ready, min_ready_seconds),
            rule,
            old_pods,
            new,
            claim,
            obstacle,
        )| {
            Rollout {
                old_replicas: old.unwrap_or(replicas),
                old_unready: unready,
                template_changed,
                min_ready_seconds,
                old: old_pods,
                new_never_ready,
                claim,
                obstacle,
                ..Rollout::new(replicas, rule, new, 0)
            }
        },
    )
}

/// Any rollouts.
pub(crate) fn rollout() -> impl Strategy<Value = Rollout> {
    (
        undisturbed(),
        interventions(),
        duration(),
        select(vec![0, 30, 600, i32::MAX.unsigned_abs()]),
    )
        .prop_map(
            |(rollout, interventions, propagation, progress_deadline_seconds)| Rollout {
                interventions,
                propagation,
                progress_deadline_seconds,
                ..rollout
            },
        )
}

/// A range of durations around one of them.
fn range(likely: u64) -> impl Strategy<Value = Range<u64>> {
    (duration(), duration()).prop_map(move |(before, after)| Range {
        earliest: likely.saturating_sub(before),
        likely,
        latest: likely + after,
    })
}

fn ranged_pods() -> impl Strategy<Value = PodTimes<Range<u64>>> {
    pods().prop_flat_map(|pods| {
        let unready = match pods.unready {
            Some(unready) => range(unready).prop_map(Some).boxed(),
            None => Just(None).boxed(),
        };
        (
            range(pods.scheduling),
            range(pods.ready),
            range(pods.shutdown),
            range(pods.accepts),
            unready,
        )
            .prop_map(move |(scheduling, ready, shutdown, accepts, unready)| PodTimes {
                scheduling,
                ready,
                grace: pods.grace,
                pre_stop: pods.pre_stop,
                shutdown,
                accepts,
                unready,
            })
    })
}

/// Any rollouts, with assumptions that are ranges.
pub(crate) fn ranged() -> impl Strategy<Value = Rollout<Range<u64>>> {
    (rollout(), ranged_pods(), ranged_pods(), duration().prop_flat_map(range)).prop_map(
        |(rollout, old, new, propagation)| {
            let exactly = |milliseconds| Range {
                earliest: milliseconds,
                likely: milliseconds,
                latest: milliseconds,
            };
            Rollout {
                replicas: rollout.replicas,
                old_replicas: rollout.old_replicas,
                old_unready: rollout.old_unready,
                template_changed: rollout.template_changed,
                strategy: rollout.strategy,
                min_ready_seconds: rollout.min_ready_seconds,
                progress_deadline_seconds: rollout.progress_deadline_seconds,
                old,
                new,
                new_never_ready: rollout.new_never_ready,
                propagation,
                claim: match rollout.claim {
                    Claim::None => Claim::None,
                    Claim::ManyNodes => Claim::ManyNodes,
                    Claim::SameNode => Claim::SameNode,
                    Claim::OtherNode { reattach } => Claim::OtherNode {
                        reattach: exactly(reattach),
                    },
                    Claim::OnePod { reattach } => Claim::OnePod {
                        reattach: exactly(reattach),
                    },
                },
                obstacle: rollout.obstacle,
                interventions: rollout.interventions,
                helm_timeout: rollout.helm_timeout,
            }
        },
    )
}

/// One rollout that the assumptions of `rollout` allow: `pick` takes a figure of each range, told what it is of: 0
/// starting, 1 stopping, 2 closing, 3 propagation.
pub(crate) fn within(rollout: &Rollout<Range<u64>>, pick: impl Fn(Range<u64>, usize) -> u64) -> Rollout {
    let pods = |pods: &PodTimes<Range<u64>>| PodTimes {
        scheduling: pick(pods.scheduling, 0),
        ready: pick(pods.ready, 0),
        grace: pods.grace,
        pre_stop: pods.pre_stop,
        shutdown: pick(pods.shutdown, 1),
        accepts: pick(pods.accepts, 2),
        unready: pods.unready.map(|unready| pick(unready, 2)),
    };
    Rollout {
        replicas: rollout.replicas,
        old_replicas: rollout.old_replicas,
        old_unready: rollout.old_unready,
        template_changed: rollout.template_changed,
        strategy: rollout.strategy,
        min_ready_seconds: rollout.min_ready_seconds,
        progress_deadline_seconds: rollout.progress_deadline_seconds,
        old: pods(&rollout.old),
        new: pods(&rollout.new),
        new_never_ready: rollout.new_never_ready,
        propagation: pick(rollout.propagation, 3),
        claim: match rollout.claim {
            Claim::None => Claim::None,
            Claim::ManyNodes => Claim::ManyNodes,
            Claim::SameNode => Claim::SameNode,
            Claim::OtherNode { reattach } => Claim::OtherNode {
                reattach: pick(reattach, 0),
            },
            Claim::OnePod { reattach } => Claim::OnePod {
                reattach: pick(reattach, 0),
            },
        },
        obstacle: rollout.obstacle,
        interventions: rollout.interventions.clone(),
        helm_timeout: rollout.helm_timeout,
    }
}
