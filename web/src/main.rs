//! The Rollcast page.
#![forbid(unsafe_code)]
fn main() {}
