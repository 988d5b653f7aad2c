//! Compares the simulation with recorded rollouts.
#![forbid(unsafe_code)]
fn main() {}
