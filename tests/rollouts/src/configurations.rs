//! Random rollouts for the outside witness, each with the sequence that our simulation gives.

use rollcast_rollout::{Change, IntOrPercent, Intervention, PodTimes, Rollout, Strategy, Version, simulate};
use serde::Serialize;
use serde_json::Value;

/// From a pod's creation to its readiness, in seconds.
const STARTUP: u64 = 20;
/// From a pod's deletion until it is gone, in seconds. Not a part of [`STARTUP`], so that waves stay apart.
const STOP: u64 = 8;
/// When an intervention comes, in seconds: between two waves.
const INTERVENTION: u64 = 73;

/// One rollout and what comes of it.
#[derive(Clone, Debug, Serialize)]
pub struct Configuration {
    /// Its number.
    pub id: String,
    /// What the witness shall do.
    pub input: Input,
    /// ReplicaSet changes: second, `old` or `new`, from, to.
    pub sequence: Vec<(u64, Version, u32, u32)>,
}

/// A template change at second 0, in the terms of Kubernetes. Whole seconds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    replicas: u32,
    old_replicas: u32,
    strategy: Value,
    startup_seconds: u64,
    stop_seconds: u64,
    min_ready_seconds: u32,
    old_unready: u32,
    new_never_ready: bool,
    interventions: Vec<Edit>,
    lasts_seconds: u64,
}

/// An edit of the Deployment while it rolls out.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Edit {
    at_seconds: u64,
    change: Fields,
}

/// The fields it sets.
#[derive(Clone, Debug, Default, Serialize)]
struct Fields {
    #[serde(skip_serializing_if = "Option::is_none")]
    strategy: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replicas: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
}

/// SplitMix64: the same seed gives the same rollouts, on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`, which is above 0.
    fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end)).unwrap_or(0)
    }

    fn one_in(&mut self, chances: u32) -> bool {
        self.below(chances) == 0
    }

    fn amount(&mut self) -> IntOrPercent {
        const PERCENT: [u32; 6] = [0, 10, 25, 34, 50, 100];
        if self.one_in(2) {
            IntOrPercent::Int(self.below(4))
        } else {
            IntOrPercent::Percent(PERCENT[self.below(6) as usize])
        }
    }

    /// A strategy that the API server accepts.
    fn strategy(&mut self) -> Strategy {
        if self.one_in(5) {
            return Strategy::Recreate;
        }
        let zero = |amount| matches!(amount, IntOrPercent::Int(0) | IntOrPercent::Percent(0));
        loop {
            let (max_surge, max_unavailable) = (self.amount(), self.amount());
            if !zero(max_surge) || !zero(max_unavailable) {
                return Strategy::RollingUpdate {
                    max_surge,
                    max_unavailable,
                };
            }
        }
    }

    fn change(&mut self) -> Change {
        match self.below(3) {
            0 => Change::Strategy(self.strategy()),
            1 => Change::Undo,
            _ => Change::Replicas(1 + self.below(10)),
        }
    }

    fn rollout(&mut self) -> Rollout {
        let seconds = |seconds: u64| seconds * 1_000;
        let pods = PodTimes {
            scheduling: 0,
            ready: seconds(STARTUP),
            grace: seconds(60),
            pre_stop: 0,
            shutdown: seconds(STOP),
            accepts: seconds(STOP),
            unready: None,
        };
        let replicas = 1 + self.below(8);
        let mut rollout = Rollout::new(replicas, self.strategy(), pods, 0);
        if self.one_in(4) {
            rollout.old_replicas = 1 + self.below(8);
        }
        if self.one_in(5) {
            rollout.old_unready = 1 + self.below(rollout.old_replicas);
        }
        if self.one_in(6) {
            rollout.min_ready_seconds = 30;
        }
        rollout.new_never_ready = self.one_in(4);
        if self.one_in(3) {
            rollout.interventions.push(Intervention {
                at: seconds(INTERVENTION),
                change: self.change(),
            });
        }
        rollout
    }
}

impl Input {
    fn of(rollout: &Rollout, lasts: u64) -> Self {
        let edit = |intervention: &Intervention| Edit {
            at_seconds: intervention.at / 1_000,
            change: match intervention.change {
                Change::Strategy(strategy) => Fields {
                    strategy: Some(strategy.live()),
                    ..Fields::default()
                },
                Change::Undo => Fields {
                    version: Some(Version::Old),
                    ..Fields::default()
                },
                Change::Replicas(replicas) => Fields {
                    replicas: Some(replicas),
                    ..Fields::default()
                },
            },
        };
        Self {
            replicas: rollout.replicas,
            old_replicas: rollout.old_replicas,
            strategy: rollout.strategy.live(),
            startup_seconds: STARTUP,
            stop_seconds: STOP,
            min_ready_seconds: rollout.min_ready_seconds,
            old_unready: rollout.old_unready,
            new_never_ready: rollout.new_never_ready,
            interventions: rollout.interventions.iter().map(edit).collect(),
            lasts_seconds: lasts / 1_000,
        }
    }
}

impl Configuration {
    /// As many rollouts as are asked for; the same seed gives the same ones.
    ///
    /// # Errors
    ///
    /// A sentence where one cannot be simulated.
    pub fn random(seed: u64, count: usize) -> Result<Vec<Self>, String> {
        let mut random = Random(seed);
        (0..count)
            .map(|number| {
                let rollout = random.rollout();
                let run = simulate(&rollout).map_err(|error| error.to_string())?;
                Ok(Self {
                    id: format!("{seed}-{number}"),
                    input: Input::of(&rollout, run.end),
                    sequence: run
                        .scales
                        .iter()
                        .map(|scale| (scale.at / 1_000, scale.version, scale.from, scale.to))
                        .collect(),
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_rollouts_everywhere() {
        let rollouts = Configuration::random(1, 40).expect("small rollouts");
        let again = Configuration::random(1, 40).expect("small rollouts");
        assert_eq!(
            serde_json::to_string(&rollouts).ok(),
            serde_json::to_string(&again).ok()
        );
        let distinct = |figure: fn(&Configuration) -> bool| rollouts.iter().filter(|each| figure(each)).count();
        assert!(distinct(|each| each.input.strategy == Strategy::Recreate.live()) > 2);
        assert!(distinct(|each| !each.input.interventions.is_empty()) > 5);
        assert!(distinct(|each| each.input.new_never_ready) > 5);
    }
}
