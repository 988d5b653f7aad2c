//! The Lobu Helm chart, release by release: defaults, the strategy rule, the fields Helm prints, and render errors.
//!
//! A [`Release`] is a folder of [`mod@releases`]: its defaults and what it changed. What releases share, the templates in
//! the order Helm executes them, is told once and asks the release where they differ.
#![forbid(unsafe_code)]

mod blame;
mod changes;
mod decision;
mod error;
mod find;
mod keys;
mod names;
mod objects;
mod page;
mod release;
mod releases;
mod rendered;
mod reparse;
mod strategy;
mod templates;

pub use changes::DefaultChange;
pub use decision::{Condition, Decision, Rule, Rung, Source};
pub use error::RenderError;
pub use find::FindError;
pub use keys::{Key, UnknownKey, ValueType};
pub use objects::Object;
pub use release::Release;
pub use rendered::{App, Probe, Rendered, Workload};
