//! Kubernetes Deployment rollouts: strategy validation, rounding, probes, termination, and a simulation in integer
//! milliseconds. Knows nothing about Helm charts or Lobu.
#![forbid(unsafe_code)]

mod claims;
mod forecast;
mod input;
mod limits;
mod probe;
mod ranges;
mod rolling;
mod rounding;
mod simulate;
mod stuck;
mod termination;
mod wait;
mod windows;

pub use forecast::{Endpoints, Forecast, Pod, PodState, Range, Run, Scale, Version, Window, WindowKind, WindowLength};
pub use input::{Change, Claim, Intervention, PodTimes, Rollout, Strategy};
pub use limits::{MAX_INTERVENTIONS, MAX_REPLICAS, TooLarge};
pub use probe::{Probe, time_to_ready, time_to_unready};
pub use ranges::forecast;
pub use rounding::{IntOrPercent, Limits};
pub use simulate::simulate;
pub use stuck::{Stuck, StuckCause, WayOut};
pub use termination::Stop;
pub use wait::{Wait, Waits};
