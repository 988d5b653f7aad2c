//! What must hold for inputs that nobody would write: one check for each fuzz target (docs/fuzzing.md). The inputs that
//! fuzzing has kept go through the same checks in the tests of this crate.
#![forbid(unsafe_code)]

pub mod evaluate;
pub mod fixes;
pub mod flags;
mod parts;
pub mod share;
pub mod values;
pub mod yaml;
