//! Kubernetes Deployment rollouts: strategy validation, rounding, probes, termination, and a simulation in integer
//! milliseconds. Knows nothing about Helm or Lobu.
#![forbid(unsafe_code)]

mod forecast;

pub use forecast::{Forecast, Pod, PodState, Range, Run, Scale, Version, Window, WindowKind};
