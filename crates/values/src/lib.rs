//! Helm's values: how Helm types, merges, flags, compares and prints them, with the origin of every value.
//!
//! The steps are those of Helm: [`read`] each file, merge files, apply flags, coalesce the chart's defaults underneath.
#![forbid(unsafe_code)]

mod value;

pub use rollcast_yaml::{Mark, Span};
pub use value::{Map, Node, Origin, Value};
