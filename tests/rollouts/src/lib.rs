//! Recorded rollouts: one JSON object per line with what is asked and what must come of it. docs/rollouts.md tells the
//! format and where the recordings come from.
#![forbid(unsafe_code)]

mod configurations;

pub use configurations::{Configuration, Input as WitnessInput};

use rollcast_rollout::{IntOrPercent, PodTimes, Rollout, Run, Strategy, Version, WindowKind, simulate};
use serde::{Deserialize, Serialize};

/// One recorded rollout.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// Its name.
    pub id: String,
    /// What is asked.
    pub input: Input,
    /// What must come of it.
    pub expect: Outcome,
}

/// A template change at second 0. Whole seconds.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Input {
    /// `spec.replicas` after the change.
    pub replicas: u32,
    /// `spec.replicas` before the change.
    pub old_replicas: u32,
    /// `RollingUpdate` or `Recreate`.
    pub strategy: StrategyType,
    /// 25% where it is left out.
    pub max_surge: Option<Amount>,
    /// 25% where it is left out.
    pub max_unavailable: Option<Amount>,
    /// From a pod's creation to its readiness.
    pub startup_seconds: u32,
    /// From a pod's deletion until it is gone.
    pub stop_seconds: u32,
    /// `spec.minReadySeconds`.
    pub min_ready_seconds: u32,
    /// How many old pods are unready from the start.
    pub old_unready: u32,
    /// Whether new pods never become ready.
    pub new_never_ready: bool,
}

/// The strategies there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum StrategyType {
    /// Step by step.
    RollingUpdate,
    /// All at once.
    Recreate,
}

/// Pods, or percent as text.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Amount {
    /// Pods.
    Pods(u32),
    /// Percent: `25%`.
    Percent(String),
}

/// What comes of a rollout. Whole seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outcome {
    /// ReplicaSet changes: second, `old` or `new`, from, to.
    pub sequence: Vec<(u64, Version, u32, u32)>,
    /// An old pod, terminating ones included, and a new one exist.
    pub overlap: Vec<(u64, Option<u64>)>,
    /// Both versions have ready pods.
    pub both_ready: Vec<(u64, Option<u64>)>,
    /// No pod is ready.
    pub no_ready_endpoint: Vec<(u64, Option<u64>)>,
    /// The most pods at once.
    pub peak_pods: u32,
    /// The fewest ready pods at once.
    pub min_ready: u32,
    /// When the Deployment is complete.
    pub complete: Option<u64>,
    /// When the last old pod is gone; none where the rollout never completes.
    pub last_old_gone: Option<u64>,
}

impl Amount {
    fn resolve(this: Option<&Self>) -> Result<IntOrPercent, String> {
        match this {
            None => Ok(IntOrPercent::Percent(25)),
            Some(Self::Pods(pods)) => Ok(IntOrPercent::Int(*pods)),
            Some(Self::Percent(text)) => text
                .strip_suffix('%')
                .and_then(|digits| digits.parse().ok())
                .map(IntOrPercent::Percent)
                .ok_or_else(|| format!("{text:?} is neither a number nor a percentage")),
        }
    }
}

impl Input {
    /// The rollout to simulate.
    ///
    /// # Errors
    ///
    /// A sentence about an amount that is none.
    pub fn rollout(&self) -> Result<Rollout, String> {
        let strategy = match self.strategy {
            StrategyType::Recreate => Strategy::Recreate,
            StrategyType::RollingUpdate => Strategy::RollingUpdate {
                max_surge: Amount::resolve(self.max_surge.as_ref())?,
                max_unavailable: Amount::resolve(self.max_unavailable.as_ref())?,
            },
        };
        let stop = u64::from(self.stop_seconds) * 1_000;
        let pods = PodTimes {
            scheduling: 0,
            ready: u64::from(self.startup_seconds) * 1_000,
            grace: stop.max(1_000),
            pre_stop: 0,
            shutdown: stop,
            accepts: stop,
            unready: None,
        };
        Ok(Rollout {
            old_replicas: self.old_replicas,
            old_unready: self.old_unready,
            min_ready_seconds: self.min_ready_seconds,
            new_never_ready: self.new_never_ready,
            ..Rollout::new(self.replicas, strategy, pods, 0)
        })
    }
}

impl Outcome {
    /// A run in the recording's terms.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let seconds = |milliseconds: u64| milliseconds / 1_000;
        let windows = |kind| {
            run.windows
                .iter()
                .filter(|window| window.kind == kind)
                .map(|window| (seconds(window.from), window.to.map(seconds)))
                .collect()
        };
        Self {
            sequence: run
                .scales
                .iter()
                .map(|scale| (seconds(scale.at), scale.version, scale.from, scale.to))
                .collect(),
            overlap: windows(WindowKind::Overlap),
            both_ready: windows(WindowKind::BothReady),
            no_ready_endpoint: windows(WindowKind::NoReadyEndpoint),
            peak_pods: run.peak_pods,
            min_ready: run.min_ready,
            complete: run.complete.map(seconds),
            last_old_gone: run.complete.and(run.last_old_gone).map(seconds),
        }
    }
}

impl Recording {
    /// What our simulation makes of it.
    ///
    /// # Errors
    ///
    /// A sentence where the rollout cannot be simulated.
    pub fn outcome(&self) -> Result<Outcome, String> {
        let rollout = self.input.rollout()?;
        simulate(&rollout)
            .map(|run| Outcome::of(&run))
            .map_err(|error| error.to_string())
    }

    /// Every figure that differs, as `field: expected …, got …`.
    #[must_use]
    pub fn disagreements(&self) -> Vec<String> {
        let outcome = match self.outcome() {
            Ok(outcome) => outcome,
            Err(error) => return vec![error],
        };
        let (Ok(serde_json::Value::Object(expected)), Ok(got)) =
            (serde_json::to_value(&self.expect), serde_json::to_value(&outcome))
        else {
            return vec!["the outcome cannot be written as JSON".to_owned()];
        };
        expected
            .iter()
            .filter(|(field, value)| got.get(field) != Some(value))
            .map(|(field, value)| {
                let got = got.get(field).unwrap_or(&serde_json::Value::Null);
                format!("{field}: expected {value}, got {got}")
            })
            .collect()
    }
}

/// How many recordings agree, and what the others disagree about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Recordings that agree in every figure.
    pub agree: usize,
    /// All recordings.
    pub total: usize,
    /// One line per figure that differs.
    pub disagreements: Vec<String>,
}

impl Comparison {
    /// Compares every line of a recording; empty lines do not count.
    pub fn add(&mut self, text: &str) {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            self.total += 1;
            let found: Vec<String> = match serde_json::from_str::<Recording>(line) {
                Ok(recording) => recording
                    .disagreements()
                    .into_iter()
                    .map(|each| format!("{}: {each}", recording.id))
                    .collect(),
                Err(error) => vec![format!("line {}: {error}", number + 1)],
            };
            if found.is_empty() {
                self.agree += 1;
            }
            self.disagreements.extend(found);
        }
    }

    /// Whether every recording agrees.
    #[must_use]
    pub const fn is_unanimous(&self) -> bool {
        self.agree == self.total
    }
}
