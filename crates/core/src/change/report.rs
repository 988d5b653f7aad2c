use serde::Serialize;

use crate::{Evidence, Failure, Fix, Outlook, ReleaseInfo, Severity, Verdict};

/// What the change from today's values to the proposed ones brings about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum ChangeOutcome {
    /// Both sides were read.
    Compared(Box<Change>),
    /// Today's side cannot be: its values, or Helm's answer to them, are wrong. Places are those of its own files.
    Refused(Failure),
}

/// The difference between two sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The chart release that runs today.
    pub from: ReleaseInfo,
    /// The verdict about today's values in today's release.
    pub before: Verdict,
    /// Everything this upgrade does, the worst first.
    pub items: Vec<ChangeItem>,
    /// What this upgrade does to the app's pods, and what the first new image after it will.
    pub upcoming: Vec<Upcoming>,
}

/// One thing the upgrade does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ChangeItem {
    /// Its id, kebab-case, stable.
    pub id: &'static str,
    /// What kind of thing it is.
    pub kind: ChangeKind,
    /// How bad it is.
    pub severity: Severity,
    /// A short title.
    pub title: String,
    /// What happens.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What it rests on today; places are those of the baseline's files.
    pub before: Vec<Evidence>,
    /// What it rests on after the change.
    pub after: Vec<Evidence>,
    /// The words the operator will read, where something is refused.
    pub message: Option<String>,
    /// What to do, the first choice first.
    pub ways: Vec<Procedure>,
    /// Where the fact comes from.
    pub source: &'static str,
}

/// The kinds of things an upgrade does, in the order they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Helm or the API server refuses it.
    Refused,
    /// Something goes, perhaps with its data.
    Deleted,
    /// The release changes what the same values mean.
    Silent,
    /// Pods restart.
    Restart,
    /// Nothing restarts; it waits for something else.
    Waits,
    /// The values ask for it.
    Asked,
}

/// A way out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Procedure {
    /// What it achieves, and what it costs.
    pub title: String,
    /// The steps, in this order.
    pub steps: Vec<Step>,
    /// The change of the values, where that is the way or its first step.
    pub fix: Option<Fix>,
}

/// A step of a way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What to do.
    pub what: String,
    /// The command, where there is one.
    pub command: Option<String>,
}

/// A rollout to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Upcoming {
    /// Which: "This upgrade", "The next new image".
    pub title: String,
    /// Whether pods are replaced.
    pub rolls_out: bool,
    /// The strategy that governs it; empty where it is refused.
    pub strategy: String,
    /// What happens, in sentences.
    pub story: Vec<String>,
    /// The simulation, as in the answer: one for each case, the worst first; empty where nothing rolls.
    pub outlooks: Vec<Outlook>,
}
