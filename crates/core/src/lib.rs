//! Rollcast's core: [`evaluate`] turns a [`Request`] into a [`Report`]. It is the only crate that joins Helm's, Lobu's
//! and Kubernetes' worlds; page, module and command line all call this one function. What it can say at all is its
//! [`catalogue`].
#![forbid(unsafe_code)]

mod app;
mod assumptions;
mod evaluate;
mod failure;
mod findings;
mod manifest;
mod markdown;
mod outlooks;
mod plan;
mod report;
mod request;
mod source;
mod verdict;
mod words;

pub use evaluate::evaluate;
pub use findings::{CatalogueEntry, CatalogueExample, catalogue};
pub use markdown::markdown;
pub use report::{
    Answer, Check, Evidence, Failure, Finding, FlagLocation, Location, Outcome, Outlook, PrerequisiteState,
    ReleaseInfo, Report, Severity, Stage, Verdict, VerdictState, When,
};
pub use request::{Cluster, Flag, Placement, Request, Seconds, ValuesFile};
pub use rollcast_values::{FlagKind, HelmLine};
