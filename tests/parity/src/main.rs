//! Compares Rollcast with recorded answers of the real Helm.
#![forbid(unsafe_code)]
fn main() {}
