//! From a container's start to its pod's readiness, and back (pkg/kubelet/prober/worker.go, prober_manager.go).

use crate::Range;

/// From a successful probe to the pod's Ready condition, at worst: the kubelet's next status update. Milliseconds.
const STATUS_UPDATE: u64 = 1_000;

/// A probe's numbers. Seconds and counts, as in the pod's spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Before the first probe, from the container's start.
    pub initial_delay_seconds: u32,
    /// Between probes; 0 means 10.
    pub period_seconds: u32,
    /// For one probe; 0 means 1.
    pub timeout_seconds: u32,
    /// Successes in a row that count; 0 means 1.
    pub success_threshold: u32,
    /// Failures in a row that count; 0 means 3.
    pub failure_threshold: u32,
}

impl Default for Probe {
    /// What the API server fills in (pkg/apis/core/v1/defaults.go).
    fn default() -> Self {
        Self {
            initial_delay_seconds: 0,
            period_seconds: 10,
            timeout_seconds: 1,
            success_threshold: 1,
            failure_threshold: 3,
        }
    }
}

impl Probe {
    const fn initial_delay(&self) -> u64 {
        self.initial_delay_seconds as u64 * 1_000
    }

    const fn period(&self) -> u64 {
        let seconds = if self.period_seconds == 0 {
            10
        } else {
            self.period_seconds
        };
        seconds as u64 * 1_000
    }

    /// From the first success to the last one that is needed.
    const fn confirmation(&self) -> u64 {
        (self.success_threshold as u64)
            .saturating_sub(1)
            .saturating_mul(self.period())
    }

    const fn failures(&self) -> u64 {
        if self.failure_threshold == 0 {
            3
        } else {
            self.failure_threshold as u64
        }
    }

    /// When the probe has succeeded, for an app that answers `answers` milliseconds after its container's start.
    /// Milliseconds from the same moment.
    ///
    /// Earliest: a probe meets the app's first good moment. Likely: probes run at whole periods, the first at the first
    /// whole period that is not before the initial delay. Latest: a probe has just missed it.
    #[must_use]
    pub const fn success(&self, answers: u64) -> Range<u64> {
        let period = self.period();
        let first = self.initial_delay().div_ceil(period) * period;
        let missed = answers.saturating_sub(first).div_ceil(period).saturating_mul(period);
        let soonest = if self.initial_delay() > answers {
            self.initial_delay()
        } else {
            answers
        };
        Range {
            earliest: soonest.saturating_add(self.confirmation()),
            likely: first.saturating_add(missed).saturating_add(self.confirmation()),
            latest: soonest.saturating_add(period).saturating_add(self.confirmation()),
        }
    }

    /// When the probe gives up on an app that never answers, in milliseconds from the container's start: for a startup
    /// or liveness probe the container is restarted then.
    #[must_use]
    pub const fn gives_up(&self) -> u64 {
        self.initial_delay()
            .saturating_add(self.failures().saturating_mul(self.period()))
    }
}

/// Whether the kubelet restarts an app that answers `boot` milliseconds after its container's start before it ever does:
/// its startup probe gives up, or, where it has none, its liveness probe, which runs from the start. Such a pod never
/// becomes ready.
#[must_use]
pub fn restarts_while_booting(boot: u64, startup: Option<&Probe>, liveness: Option<&Probe>) -> bool {
    startup.or(liveness).is_some_and(|probe| boot > probe.gives_up())
}

/// From the container's start to the pod's readiness, for an app that answers its readiness path `boot` milliseconds
/// after that start.
///
/// Without a readiness probe the pod is ready as soon as the container runs, or as its startup probe has succeeded. A
/// startup probe holds the readiness probe back until it succeeds; the readiness probe's own initial delay counts from
/// the container's start all the same, and once it is over the kubelet probes at that success without waiting for the
/// next period.
#[must_use]
pub fn time_to_ready(boot: Range<u64>, startup: Option<&Probe>, readiness: Option<&Probe>) -> Range<u64> {
    let started = startup.map(|probe| spread(boot, probe));
    let ready = match (started, readiness) {
        (None, None) => {
            return Range {
                earliest: 0,
                likely: 0,
                latest: 0,
            };
        }
        (Some(started), None) => started,
        (None, Some(probe)) => spread(boot, probe),
        (Some(started), Some(probe)) => Range {
            likely: if probe.initial_delay() <= started.likely {
                started.likely.saturating_add(probe.confirmation())
            } else {
                probe.success(started.likely).likely
            },
            ..spread(started, probe)
        },
    };
    Range {
        latest: ready.latest.saturating_add(STATUS_UPDATE),
        ..ready
    }
}

fn spread(answers: Range<u64>, probe: &Probe) -> Range<u64> {
    Range {
        earliest: probe.success(answers.earliest).earliest,
        likely: probe.success(answers.likely).likely,
        latest: probe.success(answers.latest).latest,
    }
}

/// From the moment an app begins to answer its readiness path with an error until the pod is unready: failureThreshold
/// probes must fail, and the first may come at once or a period later. Milliseconds.
#[must_use]
pub const fn time_to_unready(readiness: &Probe) -> Range<u64> {
    let period = readiness.period();
    let most = readiness.failures().saturating_mul(period);
    Range {
        earliest: most.saturating_sub(period),
        likely: most.saturating_sub(period / 2),
        latest: most.saturating_add(STATUS_UPDATE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn probe(initial_delay_seconds: u32, period_seconds: u32, success_threshold: u32) -> Probe {
        Probe {
            initial_delay_seconds,
            period_seconds,
            timeout_seconds: 1,
            success_threshold,
            failure_threshold: 3,
        }
    }

    #[test]
    fn first_success() {
        let table = [
            (probe(10, 10, 1), 7, (10, 10, 20)),
            (probe(0, 10, 1), 7, (7, 10, 17)),
            (probe(5, 10, 1), 3, (5, 10, 15)),
            (probe(10, 10, 1), 25, (25, 30, 35)),
            (probe(0, 1, 3), 4, (6, 6, 7)),
        ];
        for (probe, answers, (earliest, likely, latest)) in table {
            let expected = Range {
                earliest: earliest * 1_000,
                likely: likely * 1_000,
                latest: latest * 1_000,
            };
            assert_eq!(probe.success(answers * 1_000), expected, "{probe:?}, {answers} s");
        }
    }

    const BOOT: Range<u64> = Range {
        earliest: 5_000,
        likely: 8_000,
        latest: 20_000,
    };

    #[test]
    fn without_probes_a_running_container_is_ready() {
        assert_eq!(time_to_ready(BOOT, None, None).latest, 0);
    }

    #[test]
    fn one_probe_over_a_spread_of_boot_times() {
        let ready = time_to_ready(BOOT, None, Some(&probe(10, 10, 1)));
        assert_eq!((ready.earliest, ready.likely, ready.latest), (10_000, 10_000, 31_000));
    }

    #[test]
    fn a_startup_probe_holds_readiness_back() {
        let ready = time_to_ready(BOOT, Some(&probe(0, 5, 1)), Some(&probe(3, 10, 1)));
        assert_eq!((ready.earliest, ready.likely, ready.latest), (5_000, 10_000, 36_000));
        let late = time_to_ready(BOOT, Some(&probe(0, 5, 1)), Some(&probe(30, 10, 1)));
        assert_eq!((late.earliest, late.likely, late.latest), (30_000, 30_000, 41_000));
        let alone = time_to_ready(BOOT, Some(&probe(0, 5, 1)), None);
        assert_eq!((alone.earliest, alone.likely, alone.latest), (5_000, 10_000, 26_000));
    }

    #[test]
    fn three_failures_make_a_pod_unready() {
        let unready = time_to_unready(&probe(10, 10, 1));
        assert_eq!(
            (unready.earliest, unready.likely, unready.latest),
            (20_000, 25_000, 31_000)
        );
    }

    #[test]
    fn probes_give_up() {
        assert_eq!(probe(10, 10, 1).gives_up(), 40_000);
        assert_eq!(Probe::default().gives_up(), 30_000);
    }

    #[test]
    fn a_startup_probe_shields_from_the_liveness_probe() {
        let (short, long) = (probe(0, 10, 1), probe(60, 10, 1));
        assert!(restarts_while_booting(31_000, None, Some(&short)));
        assert!(!restarts_while_booting(30_000, None, Some(&short)));
        assert!(!restarts_while_booting(31_000, Some(&long), Some(&short)));
        assert!(restarts_while_booting(91_000, Some(&long), None));
        assert!(!restarts_while_booting(u64::MAX, None, None));
    }

    #[test]
    fn ranges_are_ordered_and_nothing_overflows() {
        for period in [0, 1, 7, u32::MAX] {
            for initial in [0, 1, 10, u32::MAX] {
                for answers in [0, 1, 999, 30_000, u64::MAX] {
                    let range = probe(initial, period, u32::MAX).success(answers);
                    assert!(
                        range.earliest <= range.likely && range.likely <= range.latest,
                        "{range:?}"
                    );
                }
            }
        }
    }
}
