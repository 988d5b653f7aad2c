//! The Lobu Helm chart, release by release: defaults, the strategy rule, the fields Helm prints, and render errors.
#![forbid(unsafe_code)]

mod decision;
mod release;
mod rendered;

pub use decision::{Condition, Decision, Rule, Rung, Source};
pub use release::{Release, RenderError};
pub use rendered::{App, Probe, Rendered, Workload};
