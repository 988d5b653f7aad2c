//! Kubernetes Deployment rollouts: strategy validation, rounding, probes, termination, and a simulation in integer
//! milliseconds. Knows nothing about Helm charts or Lobu.
#![forbid(unsafe_code)]

pub mod change;
mod claims;
mod forecast;
mod go;
mod input;
mod limits;
mod lint;
mod probe;
mod quantity;
mod ranges;
mod rolling;
mod room;
mod rounding;
mod scaling;
mod simulate;
mod stuck;
mod termination;
pub mod validate;
mod wait;
mod windows;

pub use forecast::{Endpoints, Forecast, Pod, PodState, Range, Run, Scale, Version, Window, WindowKind, WindowLength};
pub use input::{Change, Claim, Intervention, Obstacle, PodTimes, Rollout, Strategy};
pub use limits::{MAX_INTERVENTIONS, MAX_REPLICAS, TooLarge};
pub use lint::{LimitField, Lint, Turn, lints};
pub use probe::{Probe, restarts_while_booting, time_to_ready, time_to_unready};
pub use quantity::{Quantity, QuantityError};
pub use ranges::forecast;
pub use rounding::{IntOrPercent, Limits};
pub use simulate::simulate;
pub use stuck::{Stuck, StuckCause, WayOut};
pub use termination::Stop;
pub use wait::{Wait, Waits};
