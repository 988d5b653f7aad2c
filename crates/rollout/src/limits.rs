use std::fmt;

use serde::Serialize;

use crate::{Change, Rollout};

/// The most replicas, before, after or during the change, that are simulated.
pub const MAX_REPLICAS: u32 = 2_000;
/// The most interventions in one rollout.
pub const MAX_INTERVENTIONS: usize = 16;

/// The rollout is beyond what is simulated. Everything else about it can still be told: rounding, validation, waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "tooLarge", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum TooLarge {
    /// More than [`MAX_REPLICAS`], before, after or during the change.
    Replicas {
        /// How many.
        replicas: u32,
    },
    /// More than [`MAX_INTERVENTIONS`].
    Interventions {
        /// How many.
        interventions: usize,
    },
}

impl TooLarge {
    pub(crate) fn check<D>(rollout: &Rollout<D>) -> Result<(), Self> {
        let scaled = rollout.interventions.iter().map(|each| match each.change {
            Change::Replicas(replicas) => replicas,
            Change::Strategy(_) | Change::Undo => 0,
        });
        let replicas = scaled.fold(rollout.replicas.max(rollout.old_replicas), u32::max);
        let interventions = rollout.interventions.len();
        if replicas > MAX_REPLICAS {
            return Err(Self::Replicas { replicas });
        }
        if interventions > MAX_INTERVENTIONS {
            return Err(Self::Interventions { interventions });
        }
        Ok(())
    }
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replicas { replicas } => write!(
                f,
                "a rollout of {replicas} replicas is too large to simulate; at most {MAX_REPLICAS} are"
            ),
            Self::Interventions { interventions } => write!(
                f,
                "{interventions} interventions are too many to simulate; at most {MAX_INTERVENTIONS} are"
            ),
        }
    }
}

impl std::error::Error for TooLarge {}
