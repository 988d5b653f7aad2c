//! What the simulation is told: times from the manifest, the app's habits and the operator's assumptions.

use rollcast_chart::Release;
use rollcast_rollout::{Claim, PodTimes, Range, Rollout, Strategy, time_to_ready, time_to_unready};

use crate::app::{self, App};
use crate::manifest::{Manifest, Sharing};
use crate::{Cluster, Placement, Seconds};

/// The longest duration that is accepted, in seconds: a day.
const LONGEST: f64 = 86_400.0;

impl Seconds {
    /// As whole milliseconds, or what is wrong with it.
    fn checked(&self) -> Result<Range<u64>, &'static str> {
        let all = [self.earliest, self.likely, self.latest];
        if !all.iter().all(|seconds| (0.0..=LONGEST).contains(seconds)) {
            return Err("must be between 0 and 86,400 seconds");
        }
        if self.earliest > self.likely || self.likely > self.latest {
            return Err("must not be later at its earliest than usually, or usually than at its latest");
        }
        Ok(self.milliseconds())
    }

    pub(crate) fn milliseconds(&self) -> Range<u64> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates, and `checked` has refused what is out of range"
        )]
        let [earliest, likely, latest] =
            [self.earliest, self.likely, self.latest].map(|seconds| (seconds * 1_000.0).round() as u64);
        Range {
            earliest,
            likely,
            latest,
        }
    }
}

impl Cluster {
    /// The name of the first duration that is out of range, and what is wrong with it.
    pub(crate) fn problem(&self) -> Option<(&'static str, &'static str)> {
        [
            ("scheduling", self.scheduling),
            ("boot", self.boot),
            ("shutdown", self.shutdown),
            ("propagation", self.propagation),
            ("reattach", self.reattach),
        ]
        .into_iter()
        .find_map(|(name, seconds)| seconds.checked().err().map(|problem| (name, problem)))
    }
}

/// How the app answers SIGTERM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Drain {
    /// How long it goes on serving, with its readiness red, before it begins to stop. Milliseconds.
    pub(crate) milliseconds: Range<u64>,
    /// Whether readiness turns red.
    pub(crate) red: bool,
}

impl Drain {
    /// Reads `SHUTDOWN_READINESS_DRAIN_MS`, which the app looks at from version 11.1.0 on and which is 0 without it.
    pub(crate) fn of(manifest: &Manifest, release: &Release, app: App) -> Self {
        let asked = manifest
            .variable("SHUTDOWN_READINESS_DRAIN_MS")
            .and_then(|text| rollcast_go::parse_float(text.trim()))
            .map_or(0, whole);
        let red = app.has(release, &app::READINESS_DRAIN);
        let sure = if red { asked } else { 0 };
        // An image of unknown version may be older than its chart and know nothing of the variable.
        let earliest = if matches!(app, App::Unknown) { 0 } else { sure };
        Self {
            milliseconds: Range {
                earliest,
                likely: sure,
                latest: sure,
            },
            red,
        }
    }
}

/// Milliseconds as JavaScript's timers take them: whole, and none where the number is negative or none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
const fn whole(milliseconds: f64) -> u64 {
    milliseconds as u64
}

fn sum(a: Range<u64>, b: Range<u64>) -> Range<u64> {
    Range {
        earliest: a.earliest.saturating_add(b.earliest),
        likely: a.likely.saturating_add(b.likely),
        latest: a.latest.saturating_add(b.latest),
    }
}

/// The times of the app's pods.
pub(crate) fn pod_times(manifest: &Manifest, drain: Drain, cluster: &Cluster) -> PodTimes<Range<u64>> {
    let probe = manifest.readiness();
    let shutdown = sum(drain.milliseconds, cluster.shutdown.milliseconds());
    PodTimes {
        scheduling: cluster.scheduling.milliseconds(),
        ready: time_to_ready(cluster.boot.milliseconds(), None, Some(&probe)),
        grace: manifest.spec.grace_seconds.saturating_mul(1_000),
        pre_stop: manifest.pre_stop.milliseconds(),
        shutdown,
        // Closing the HTTP server is the last thing the app does, in every version.
        accepts: shutdown,
        unready: drain.red.then(|| time_to_unready(&probe)),
    }
}

/// The cases that must be told apart: what the claim does depends on where the new pods land, and that may be unknown.
pub(crate) fn cases(
    sharing: Option<Sharing>,
    strategy: Strategy,
    cluster: &Cluster,
) -> Vec<(Option<Placement>, Claim<Range<u64>>)> {
    let reattach = cluster.reattach.milliseconds();
    let nearby = Range {
        earliest: 0,
        likely: 0,
        latest: 0,
    };
    let elsewhere = Claim::OtherNode { reattach };
    let Some(sharing) = sharing else {
        return vec![(None, Claim::None)];
    };
    match (sharing, cluster.placement, strategy) {
        (Sharing::ManyNodes, ..) => vec![(None, Claim::ManyNodes)],
        (Sharing::OneNode, Placement::SameNode, _) => vec![(Some(Placement::SameNode), Claim::SameNode)],
        (Sharing::OneNode, Placement::OtherNode, _) => vec![(Some(Placement::OtherNode), elsewhere)],
        (Sharing::OneNode, Placement::Unknown, Strategy::RollingUpdate { .. }) => vec![
            (Some(Placement::OtherNode), elsewhere),
            (Some(Placement::SameNode), Claim::SameNode),
        ],
        // Under Recreate the node only decides whether the volume has to move: one case, with a wider range.
        (Sharing::OneNode, Placement::Unknown, Strategy::Recreate) => vec![(
            None,
            Claim::OtherNode {
                reattach: Range {
                    earliest: 0,
                    ..reattach
                },
            },
        )],
        (Sharing::OnePod, Placement::SameNode, _) => {
            vec![(Some(Placement::SameNode), Claim::OnePod { reattach: nearby })]
        }
        (Sharing::OnePod, Placement::OtherNode, _) => vec![(Some(Placement::OtherNode), Claim::OnePod { reattach })],
        (Sharing::OnePod, Placement::Unknown, _) => vec![(
            None,
            Claim::OnePod {
                reattach: Range {
                    earliest: 0,
                    ..reattach
                },
            },
        )],
    }
}

/// The rollout of the app Deployment from the same values to a new image; its claim is a matter of cases.
pub(crate) fn rollout(manifest: &Manifest, strategy: Strategy, drain: Drain, cluster: &Cluster) -> Rollout<Range<u64>> {
    let times = pod_times(manifest, drain, cluster);
    Rollout::new(
        manifest.spec.replicas,
        strategy,
        times,
        cluster.propagation.milliseconds(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_out_of_range_are_named() {
        assert_eq!(Cluster::default().problem(), None);
        for bad in [
            Seconds::new(-0.1, 1.0, 2.0),
            Seconds::new(0.0, 1.0, 86_400.5),
            Seconds::new(0.0, f64::NAN, 1.0),
            Seconds::new(0.0, 1.0, f64::INFINITY),
            Seconds::new(2.0, 1.0, 3.0),
            Seconds::new(1.0, 4.0, 3.0),
        ] {
            let cluster = Cluster {
                boot: bad,
                ..Cluster::default()
            };
            assert_eq!(cluster.problem().map(|(name, _)| name), Some("boot"), "{bad:?}");
        }
        assert_eq!(
            Seconds::new(0.0, 1.2345, 86_400.0).checked().map(|range| range.likely),
            Ok(1_235)
        );
    }
}
