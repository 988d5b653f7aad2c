//! What holds for every rollout, tried on more than 100,000 random ones in each run of the tests.
//!
//! `random` draws rollouts, `audit` recomputes a run's figures from its pods alone, and each test states one thing that
//! must hold.

mod audit;
mod random;

use std::fmt::Debug;

use audit::Audit;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rollcast_rollout::{
    Change, Claim, Forecast, IntOrPercent, Limits, Obstacle, Pod, PodState, PodTimes, Range, Rollout, Run, Strategy,
    StuckCause, Version, WindowKind, forecast, simulate,
};

/// Runs `property` on `cases` random inputs.
fn check<S: proptest::strategy::Strategy>(
    cases: u32,
    inputs: S,
    property: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 10_000,
        ..Config::default()
    };
    if let Err(error) = TestRunner::new(config).run(&inputs, property) {
        panic!("{error}");
    }
}

fn run(rollout: &Rollout) -> Result<Run, TestCaseError> {
    simulate(rollout).map_err(|error| TestCaseError::fail(error.to_string()))
}

fn has(run: &Run, kind: WindowKind) -> bool {
    run.windows.iter().any(|window| window.kind == kind)
}

/// Pods are neither lost nor invented, their lives are in order, and every figure and window of the run is the one that
/// follows from them.
#[test]
fn pods_add_up_to_what_is_told() {
    check(40_000, random::rollout(), |rollout| {
        let run = run(&rollout)?;
        let audit = Audit::of(&rollout, &run)?;
        for (version, started_with) in [(Version::Old, rollout.old_replicas), (Version::New, 0)] {
            let (mut size, mut created, mut at) = (started_with, started_with, 0);
            for scale in run.scales.iter().filter(|scale| scale.version == version) {
                prop_assert_eq!(scale.from, size);
                prop_assert_ne!(scale.from, scale.to);
                prop_assert!(scale.at >= at);
                created += scale.to.saturating_sub(scale.from);
                (size, at) = (scale.to, scale.at);
            }
            prop_assert_eq!(audit.created(version), created);
            prop_assert_eq!(audit.left(version), size);
        }
        prop_assert_eq!(run.peak_pods, audit.peak());
        prop_assert_eq!(run.min_ready, audit.min_ready());
        for kind in [
            WindowKind::Overlap,
            WindowKind::BothReady,
            WindowKind::NoReadyEndpoint,
            WindowKind::NoUsableEndpoint,
            WindowKind::StaleEndpoint,
            WindowKind::ReducedCapacity,
        ] {
            let told: Vec<_> = run
                .windows
                .iter()
                .filter(|window| window.kind == kind)
                .map(|window| (window.from, window.to))
                .collect();
            prop_assert_eq!(told, audit.windows(kind), "{:?}", kind);
        }
        Ok(())
    });
}

/// Every rollout ends complete, or stands still and says why; and the same rollout always ends in the same way.
#[test]
fn a_rollout_completes_or_tells_what_stops_it() {
    check(20_000, random::rollout(), |rollout| {
        let run = run(&rollout)?;
        let open = run.stuck.iter().filter(|stuck| stuck.to.is_none()).count();
        prop_assert_eq!(open, usize::from(run.complete.is_none()));
        for stuck in &run.stuck {
            prop_assert!(!stuck.ways_out.is_empty());
            prop_assert!(stuck.to.is_none_or(|to| to > stuck.from));
            let starts = |pod: &Pod| matches!(pod.states.last(), Some(PodState::Starting { .. }));
            let never_ready = stuck.to.is_none() && stuck.cause == StuckCause::NeverReady;
            prop_assert!(!never_ready || run.pods.iter().any(starts), "nobody is not ready");
        }
        prop_assert_eq!(has(&run, WindowKind::Deadlock), !run.stuck.is_empty());
        prop_assert!(run.complete.is_none_or(|complete| complete <= run.end));
        prop_assert_eq!(&run, &self::run(&rollout)?);
        Ok(())
    });
}

/// A rolling rollout keeps within its limits: growth never goes above replicas + maxSurge, and what is ready never falls
/// below replicas − maxUnavailable where as much was ready before.
#[test]
fn limits_are_kept() {
    check(20_000, random::undisturbed(), |rollout| {
        let Some(limits) = rollout.strategy.limits(rollout.replicas) else {
            return Ok(());
        };
        let run = run(&rollout)?;
        let mut sizes = [rollout.old_replicas, 0];
        for scale in &run.scales {
            sizes[usize::from(scale.version == Version::New)] = scale.to;
            if scale.to > scale.from {
                prop_assert!(sizes[0] + sizes[1] <= rollout.replicas.saturating_add(limits.surge));
            }
        }
        let healthy = rollout.old_replicas.saturating_sub(rollout.old_unready);
        // Where old pods have no place from the start, as much was not ready before.
        if !matches!(rollout.claim, Claim::OnePod { .. }) && !matches!(rollout.obstacle, Obstacle::Room { .. }) {
            prop_assert!(run.min_ready >= healthy.min(rollout.replicas - limits.unavailable));
        }
        Ok(())
    });
}

/// Recreate never lets a new pod exist beside an old one, unless somebody intervenes.
#[test]
fn recreate_does_not_overlap() {
    check(10_000, random::undisturbed(), |rollout| {
        let run = run(&Rollout {
            strategy: Strategy::Recreate,
            ..rollout
        })?;
        prop_assert!(!has(&run, WindowKind::Overlap));
        prop_assert!(!has(&run, WindowKind::TwoWriters));
        Ok(())
    });
}

/// There is a moment without a ready endpoint exactly under Recreate, where all replicas may be unavailable, or where no
/// old pod is ready.
#[test]
fn gaps_have_three_reasons() {
    check(20_000, random::undisturbed(), |rollout| {
        let rollout = Rollout {
            claim: Claim::None,
            obstacle: Obstacle::None,
            template_changed: true,
            ..rollout
        };
        let at_once = |pods: &PodTimes| pods.scheduling + pods.ready == 0;
        if rollout.replicas == 0 || rollout.old_replicas == 0 || at_once(&rollout.old) || at_once(&rollout.new) {
            return Ok(());
        }
        let expected = rollout.old_unready >= rollout.old_replicas
            || rollout
                .strategy
                .limits(rollout.replicas)
                .is_none_or(|limits| limits.unavailable >= rollout.replicas);
        prop_assert_eq!(has(&run(&rollout)?, WindowKind::NoReadyEndpoint), expected);
        Ok(())
    });
}

/// How long a rollout of equal, healthy pods takes can be written down without simulating it.
#[test]
fn simple_rollouts_take_what_arithmetic_says() {
    let inputs = (1..30_u32, random::pods(), 0..100_u32);
    check(5_000, inputs, |(replicas, pods, min_ready_seconds)| {
        let up = pods.scheduling + pods.ready + u64::from(min_ready_seconds) * 1_000;
        let down = rollcast_rollout::Stop::of(pods.grace, pods.pre_stop, pods.shutdown).gone;
        let rolling = |surge, unavailable| Strategy::RollingUpdate {
            max_surge: IntOrPercent::Int(surge),
            max_unavailable: IntOrPercent::Int(unavailable),
        };
        for (strategy, expected) in [
            (rolling(1, 0), u64::from(replicas) * up),
            (rolling(0, 1), u64::from(replicas) * up),
            (rolling(replicas, 0), up),
            (Strategy::Recreate, down + up),
        ] {
            let rollout = Rollout {
                min_ready_seconds,
                ..Rollout::new(replicas, strategy, pods.clone(), 0)
            };
            prop_assert_eq!(run(&rollout)?.complete, Some(expected), "{:?}", strategy);
        }
        Ok(())
    });
}

/// A percentage does what the pods it comes to do, as long as the replicas stay.
#[test]
fn percentages_do_what_their_pods_do() {
    check(5_000, random::rollout(), |mut rollout| {
        rollout
            .interventions
            .retain(|each| !matches!(each.change, Change::Replicas(_)));
        let Some(Limits { surge, unavailable }) = rollout.strategy.limits(rollout.replicas) else {
            return Ok(());
        };
        let in_pods = Rollout {
            strategy: Strategy::RollingUpdate {
                max_surge: IntOrPercent::Int(surge),
                max_unavailable: IntOrPercent::Int(unavailable),
            },
            ..rollout.clone()
        };
        prop_assert_eq!(run(&rollout)?, run(&in_pods)?);
        Ok(())
    });
}

/// Every range contains the runs that a forecast shows.
#[test]
fn ranges_contain_their_runs() {
    check(500, random::ranged(), |rollout| {
        let forecast = forecast(&rollout).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for run in [&forecast.earliest, &forecast.likely, &forecast.latest] {
            contains(&forecast, run)?;
        }
        prop_assert_eq!(forecast.complete.likely, forecast.likely.complete);
        prop_assert_eq!(forecast.last_old_gone.likely, forecast.likely.last_old_gone);
        prop_assert_eq!(forecast.peak_pods.likely, forecast.likely.peak_pods);
        prop_assert_eq!(forecast.min_ready.likely, forecast.likely.min_ready);
        Ok(())
    });
}

/// Where nobody intervenes, nothing is scaled and there is no lock, every range contains what comes of any durations
/// between the earliest and the latest.
#[test]
fn ranges_contain_whatever_lies_between() {
    let hundredths = || 0..=100_u64;
    let inputs = (
        random::ranged(),
        [hundredths(), hundredths(), hundredths(), hundredths()],
    );
    check(1_500, inputs, |(rollout, hundredths)| {
        let rollout = Rollout {
            old_replicas: rollout.replicas,
            obstacle: match rollout.obstacle {
                Obstacle::Lock => Obstacle::None,
                other => other,
            },
            interventions: Vec::new(),
            ..rollout
        };
        let forecast = forecast(&rollout).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let at = |range: Range<u64>, of: usize| range.earliest + (range.latest - range.earliest) * hundredths[of] / 100;
        contains(&forecast, &run(&random::within(&rollout, at))?)
    });
}

/// Whatever happens in a rollout, every range contains what comes of earliest, likely and latest durations in any mixture.
#[test]
fn ranges_contain_every_mixture() {
    let which = || 0..3_usize;
    let inputs = (random::ranged(), [which(), which(), which(), which()]);
    check(1_000, inputs, |(rollout, which)| {
        let rollout = Rollout {
            obstacle: match rollout.obstacle {
                Obstacle::None => Obstacle::Lock,
                other => other,
            },
            ..rollout
        };
        let forecast = forecast(&rollout).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let one = |range: Range<u64>, of: usize| [range.earliest, range.likely, range.latest][which[of]];
        contains(&forecast, &run(&random::within(&rollout, one))?)
    });
}

fn contains(forecast: &Forecast, run: &Run) -> Result<(), TestCaseError> {
    for kind in WindowKind::ALL {
        let length = run.length(kind);
        match forecast.lengths.iter().find(|length| length.kind == kind) {
            Some(found) => between(found.milliseconds, length, kind)?,
            None => prop_assert_eq!(length, Some(0), "{:?}", kind),
        }
    }
    between(forecast.complete, run.complete, "complete")?;
    between(forecast.last_old_gone, run.last_old_gone, "last old pod gone")?;
    between(forecast.peak_pods, run.peak_pods, "peak")?;
    between(forecast.min_ready, run.min_ready, "fewest ready")
}

fn between<T: Figure>(range: Range<T>, figure: T, name: impl Debug) -> Result<(), TestCaseError> {
    let (earliest, figure, latest) = (range.earliest.key(), figure.key(), range.latest.key());
    prop_assert!(
        (earliest..=latest).contains(&figure),
        "{:?}: {} is outside of {}..={}",
        name,
        figure,
        earliest,
        latest
    );
    Ok(())
}

trait Figure {
    fn key(&self) -> u64;
}

impl Figure for u32 {
    fn key(&self) -> u64 {
        u64::from(*self)
    }
}

impl Figure for Option<u64> {
    /// Never is later than any time.
    fn key(&self) -> u64 {
        self.unwrap_or(u64::MAX)
    }
}
