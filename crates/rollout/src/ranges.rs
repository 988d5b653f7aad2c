//! A forecast from all runs that the assumptions allow.

use crate::input::{Case, Cases};
use crate::simulate::outline;
use crate::{Forecast, Obstacle, Range, Rollout, Run, TooLarge, WindowKind, WindowLength, simulate};

/// Simulates a rollout with its earliest, likely and latest assumptions.
///
/// Ranges are bounded by more than these three: a longer shutdown, for example, lengthens an overlap but can shorten a
/// gap, and so every combination of early and late start, shutdown, closing and propagation is run as well. Where nobody
/// intervenes and the number of replicas stays, no durations in between lead out of the ranges. An intervention at a
/// fixed moment, old pods that start during the rollout, or a lock can do that: there every combination with likely
/// durations is run too, so that every range contains all of them, and only durations in between remain untried.
///
/// # Errors
///
/// [`TooLarge`] when the rollout is beyond what is simulated.
pub fn forecast(rollout: &Rollout<Range<u64>>) -> Result<Forecast, TooLarge> {
    TooLarge::check(rollout)?;
    let run = |case| simulate(&rollout.at(Cases::all(case)));
    let (earliest, likely, latest) = (run(Case::Earliest)?, run(Case::Likely)?, run(Case::Latest)?);
    let mut others = vec![Figures::of(&earliest), Figures::of(&latest)];
    let steady = rollout.interventions.is_empty()
        && rollout.old_replicas == rollout.replicas
        && rollout.obstacle != Obstacle::Lock;
    let tried: &[Case] = if steady {
        &[Case::Earliest, Case::Latest]
    } else {
        &Case::ALL
    };
    others.extend(mixed(tried).map(|cases| Figures::of(&outline(&rollout.at(cases)))));
    let all = All {
        likely: Figures::of(&likely),
        others,
    };
    let lengths = WindowKind::ALL
        .into_iter()
        .enumerate()
        .map(|(position, kind)| WindowLength {
            kind,
            milliseconds: all.times(|figures| figures.lengths[position]),
        })
        .filter(|length| length.milliseconds.latest != Some(0))
        .collect();
    Ok(Forecast {
        lengths,
        limits: rollout.strategy.limits(rollout.replicas),
        complete: all.times(|figures| figures.complete),
        last_old_gone: all.times(|figures| figures.last_old_gone),
        peak_pods: all.range(|figures| figures.peak_pods, |pods| pods),
        min_ready: all.range(|figures| figures.min_ready, |pods| pods),
        likely,
        earliest,
        latest,
    })
}

/// Every combination of these cases that is not one case throughout.
fn mixed(tried: &[Case]) -> impl Iterator<Item = Cases> {
    let count = tried.len();
    (0..count.pow(4))
        .map(move |number| {
            let case = |place| tried[number / count.pow(place) % count];
            Cases {
                startup: case(0),
                shutdown: case(1),
                accepts: case(2),
                propagation: case(3),
            }
        })
        .filter(|cases| *cases != Cases::all(cases.startup))
}

/// What of a run is reported as a range.
struct Figures {
    /// In the order of [`WindowKind::ALL`].
    lengths: [Option<u64>; WindowKind::ALL.len()],
    complete: Option<u64>,
    last_old_gone: Option<u64>,
    peak_pods: u32,
    min_ready: u32,
}

impl Figures {
    fn of(run: &Run) -> Self {
        Self {
            lengths: WindowKind::ALL.map(|kind| run.length(kind)),
            complete: run.complete,
            last_old_gone: run.last_old_gone,
            peak_pods: run.peak_pods,
            min_ready: run.min_ready,
        }
    }
}

/// The figures of all runs.
struct All {
    likely: Figures,
    others: Vec<Figures>,
}

impl All {
    /// The range of a time; never is later than any time.
    fn times(&self, figure: impl Fn(&Figures) -> Option<u64>) -> Range<Option<u64>> {
        self.range(figure, |time| (time.is_none(), time))
    }

    fn range<T: Copy, K: Ord>(&self, figure: impl Fn(&Figures) -> T, key: impl Fn(T) -> K) -> Range<T> {
        let likely = figure(&self.likely);
        let mut range = Range {
            earliest: likely,
            likely,
            latest: likely,
        };
        for figures in &self.others {
            let each = figure(figures);
            if key(each) < key(range.earliest) {
                range.earliest = each;
            }
            if key(each) > key(range.latest) {
                range.latest = each;
            }
        }
        range
    }
}
