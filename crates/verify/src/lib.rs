//! Asks a Helm of the user's own whether a chart still is the release Rollcast takes it for, and whether Rollcast's
//! answer is right for it.
//!
//! [`verify()`] renders cases with that Helm and that chart, reads the fields out of what it prints, and compares them with
//! Rollcast's. A [`Case`] is values files and flags; those that come with recorded answers are compared with the
//! recording by the same [`differences`].
#![forbid(unsafe_code)]

mod answer;
mod case;
mod chart;
mod differences;
mod error;
mod extract;
mod helm;
mod verify;

pub use answer::{Answer, answer, effective_values};
pub use case::{Case, CaseFlag, built_in_cases};
pub use chart::{Chart, Drift};
pub use differences::{Difference, differences};
pub use error::Error;
pub use extract::{Field, extract};
pub use helm::Helm;
pub use verify::{Disagreement, DisagreementKind, Verification, verify};
