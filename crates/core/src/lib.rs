//! Rollcast's core: [`evaluate`] turns a [`Request`] into a [`Report`]. It is the only crate that joins Helm's, Lobu's
//! and Kubernetes' worlds; page, module and command line all call this one function. What it can say at all is its
//! [`catalogue`].
#![forbid(unsafe_code)]

mod app;
mod assumptions;
mod change;
mod evaluate;
mod failure;
mod findings;
mod fixes;
mod hooks;
mod manifest;
mod markdown;
mod outlooks;
mod plan;
mod report;
mod request;
mod schema;
mod shape;
mod side;
mod source;
mod steps;
mod story;
mod terms;
mod verdict;
mod words;
mod workloads;

pub use change::{
    AcrossAnswer, AcrossOutcome, AcrossRow, Change, ChangeEntry, ChangeItem, ChangeKind, ChangeOutcome, Procedure,
    Step, Stop, Upcoming, UpgradePath, UpgradePathOutcome, across, change_catalogue, upgrade_path,
};
pub use evaluate::{Evaluation, conclude, evaluate, evaluate_without_fixes};
pub use findings::{CatalogueEntry, CatalogueExample, catalogue};
pub use fixes::{FileEdit, Fix, FixForm, FlagEdit, Goal, GoalState, Offer, TextChange, ValueChange, offers};
pub use markdown::markdown;
pub use report::{
    Answer, Check, Component, Conclusion, Evidence, Failure, Finding, FlagLocation, Hook, HookPhase, Location, Outcome,
    Outlook, PrerequisiteState, ReleaseInfo, Report, Severity, Stage, Verdict, VerdictState, When, WorkloadForecast,
};
pub use request::{Baseline, Cluster, Flag, LiveClaim, Placement, Request, Seconds, ValuesFile};
pub use rollcast_rollout::change::{Applier, ArgoCdSync, Helm4ServerSide, InstalledBy, ReclaimPolicy};
pub use rollcast_values::{FlagKind, HelmLine, Reuse};
pub use schema::schema;

/// Runs the example of the repository's README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
