//! Recorded answers of the real Helm, and how Rollcast compares. docs/parity.md tells the format and where the
//! recordings come from.
#![forbid(unsafe_code)]

mod comparison;
mod recording;

pub use comparison::{Comparison, Tally};
pub use recording::{Expectation, Recording};

/// The recordings kept here, made with Helm 3.17.3.
pub const KEPT: &str = include_str!("../data/helm-3.17.3.jsonl");
