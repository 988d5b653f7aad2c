//! Rollcast's core: [`evaluate`] turns a [`Request`] into a [`Report`]. It is the only crate that joins Helm's, Lobu's
//! and Kubernetes' worlds; page, module and command line all call this one function.
#![forbid(unsafe_code)]

mod evaluate;
mod report;
mod request;

pub use evaluate::evaluate;
pub use report::{
    Answer, Check, Evidence, Failure, Finding, Location, Outcome, Outlook, PrerequisiteState, ReleaseInfo, Report,
    Severity, Stage, Verdict, VerdictState, When,
};
pub use request::{Cluster, Flag, Placement, Request, Seconds, ValuesFile};
pub use rollcast_values::{FlagKind, HelmLine};
