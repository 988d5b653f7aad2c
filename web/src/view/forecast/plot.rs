//! The geometry of the timeline, without drawing anything.

use std::collections::BTreeSet;

use rollcast_rollout::{Pod, PodState, Run, Version};

/// More pods than this are drawn with identical rows in one.
const MANY_PODS: usize = 40;

/// The least time the playhead moves by, in milliseconds.
pub(crate) const STEP: u64 = 100;

/// The whole axis, in thousandths of a percent.
pub(crate) const FULL: u64 = 100_000;

/// A length or place on the axis as SVG takes it.
pub(crate) fn percent(share: u64) -> String {
    format!("{}.{:03}%", share / 1_000, share % 1_000)
}

/// The time axis: from the change to a little behind its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Axis {
    /// Milliseconds.
    pub(crate) end: u64,
}

impl Axis {
    pub(crate) fn of(run: &Run) -> Self {
        let end = run.end.max(1_000);
        Self {
            end: (end + end / 16).next_multiple_of(STEP),
        }
    }

    /// A time in thousandths of a percent of the axis.
    pub(crate) const fn share(self, at: u64) -> u64 {
        let at = if at < self.end { at } else { self.end };
        at.saturating_mul(FULL) / self.end
    }

    /// Where the axis is labelled: at most eight steps of 1, 2 or 5 times a power of ten, or of whole minutes.
    pub(crate) fn ticks(self) -> Vec<u64> {
        const STEPS: [u64; 15] = [
            500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000, 3_600_000,
            7_200_000, 21_600_000,
        ];
        let step = STEPS
            .into_iter()
            .find(|step| self.end / step <= 8)
            .unwrap_or_else(|| (self.end / 8).max(1));
        (0..=self.end / step).map(|count| count * step).collect()
    }
}

/// A stretch of a pod's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) state: PodState,
    pub(crate) from: u64,
    pub(crate) to: u64,
}

/// One row: a pod, or many that live alike.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) version: Version,
    pub(crate) count: usize,
    pub(crate) segments: Vec<Segment>,
    /// When it is gone, and whether that took SIGKILL.
    pub(crate) gone: Option<(u64, bool)>,
}

/// The rows of a run, old pods first.
pub(crate) fn rows(run: &Run, axis: Axis) -> Vec<Row> {
    let mut rows: Vec<(&[PodState], Row)> = Vec::new();
    let collapse = run.pods.len() > MANY_PODS;
    for pod in &run.pods {
        let alike = rows
            .iter_mut()
            .find(|(states, row)| collapse && *states == pod.states && row.version == pod.version);
        match alike {
            Some((_, row)) => row.count += 1,
            None => rows.push((&pod.states, row(pod, axis))),
        }
    }
    rows.into_iter()
        .map(|(_, mut row)| {
            if row.count > 1 {
                row.name = format!("{} × {}", row.name, row.count);
            }
            row
        })
        .collect()
}

fn row(pod: &Pod, axis: Axis) -> Row {
    let ends = pod.states.iter().skip(1).map(|state| state.at()).chain([axis.end]);
    let segments = pod
        .states
        .iter()
        .zip(ends)
        .filter(|(state, _)| !matches!(state, PodState::Gone { .. }));
    Row {
        name: pod.name.clone(),
        version: pod.version,
        count: 1,
        segments: segments
            .map(|(&state, to)| Segment {
                state,
                from: state.at(),
                to,
            })
            .filter(|segment| segment.to > segment.from)
            .collect(),
        gone: pod.states.iter().find_map(|state| match *state {
            PodState::Gone { at, killed } => Some((at, killed)),
            _ => None,
        }),
    }
}

/// The state of a pod at a time; `None` before it exists.
pub(crate) fn state_at(pod: &Pod, time: u64) -> Option<PodState> {
    pod.states.iter().copied().take_while(|state| state.at() <= time).last()
}

/// Every moment at which something changes, in order.
pub(crate) fn moments(run: &Run) -> Vec<u64> {
    let pods = run.pods.iter().flat_map(|pod| &pod.states).map(|state| state.at());
    let endpoints = run.endpoints.iter().map(|endpoints| endpoints.at);
    let windows = run.windows.iter().flat_map(|window| [Some(window.from), window.to]);
    let mut moments = BTreeSet::new();
    moments.extend(pods.chain(endpoints).chain(windows.flatten()));
    moments.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod(name: &str, states: Vec<PodState>) -> Pod {
        Pod {
            name: name.to_owned(),
            version: Version::Old,
            states,
        }
    }

    fn life(ready: u64, stopping: u64, gone: u64) -> Vec<PodState> {
        vec![
            PodState::Starting { at: 0 },
            PodState::Ready { at: ready },
            PodState::Stopping { at: stopping },
            PodState::Gone { at: gone, killed: true },
        ]
    }

    #[test]
    fn times_become_shares_of_the_axis() {
        let axis = Axis { end: 3_000 };
        assert_eq!(percent(axis.share(1_000)), "33.333%");
        assert_eq!(percent(axis.share(9_000)), "100.000%");
        assert_eq!(percent(axis.share(0)), "0.000%");
    }

    #[test]
    fn ticks_are_round_and_few() {
        let ticks = |end| Axis { end }.ticks();
        assert_eq!(ticks(45_000), [0, 10_000, 20_000, 30_000, 40_000]);
        assert_eq!(ticks(1_000), [0, 500, 1_000]);
        for end in [1, 1_062, 8_000, 95_000, 700_000, 86_400_000 * 9] {
            assert!((1..=9).contains(&ticks(end).len()), "{end}");
        }
    }

    #[test]
    fn a_row_has_a_segment_for_every_state_that_lasts() {
        let run = Run {
            pods: vec![
                pod("old 1", life(10_000, 20_000, 20_000)),
                pod("old 2", vec![PodState::Ready { at: 0 }]),
            ],
            end: 30_000,
            ..Run::default()
        };
        let rows = rows(&run, Axis { end: 40_000 });
        let spans = |row: &Row| {
            row.segments
                .iter()
                .map(|segment| (segment.from, segment.to))
                .collect::<Vec<_>>()
        };
        assert_eq!(spans(&rows[0]), [(0, 10_000), (10_000, 20_000)]);
        assert_eq!(rows[0].gone, Some((20_000, true)));
        assert_eq!(spans(&rows[1]), [(0, 40_000)]);
        assert_eq!(rows[1].gone, None);
    }

    #[test]
    fn only_many_pods_share_rows() {
        let run = |pods| Run {
            pods: (0..pods)
                .map(|number| pod(&format!("old {number}"), life(1, 2, 3)))
                .collect(),
            ..Run::default()
        };
        assert_eq!(rows(&run(MANY_PODS), Axis { end: 9 }).len(), MANY_PODS);
        let shared = rows(&run(MANY_PODS + 1), Axis { end: 9 });
        assert_eq!(shared.len(), 1);
        assert_eq!(shared[0].name, "old 0 × 41");
    }

    #[test]
    fn moments_are_sorted_and_distinct() {
        let run = Run {
            pods: vec![pod("a", life(5, 9, 9)), pod("b", life(5, 7, 9))],
            ..Run::default()
        };
        assert_eq!(moments(&run), [0, 5, 7, 9]);
        assert_eq!(state_at(&run.pods[0], 8), Some(PodState::Ready { at: 5 }));
        assert_eq!(state_at(&pod("late", vec![PodState::Ready { at: 3 }]), 2), None);
    }
}
