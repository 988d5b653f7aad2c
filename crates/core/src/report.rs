use rollcast_chart::{Decision, Rendered, Source};
use rollcast_rollout::{Forecast, Range, WindowKind};
use serde::Serialize;

use crate::{ChangeOutcome, Fix, Goal, Placement};

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The chart release the answer is about; `None` when the request names none that exists.
    pub release: Option<ReleaseInfo>,
    /// What came of it.
    pub outcome: Outcome,
    /// Helm's warnings, in its words.
    pub warnings: Vec<String>,
    /// What the change from the baseline brings about; `None` without a baseline.
    pub change: Option<ChangeOutcome>,
}

/// What Helm makes of the request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Outcome {
    /// Helm renders.
    Rendered(Box<Answer>),
    /// Helm refuses, or the request cannot be read.
    Refused(Failure),
}

/// What follows from values that Helm renders.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The one-screen conclusion.
    pub verdict: Verdict,
    /// The fields Helm prints.
    pub rendered: Rendered,
    /// The strategy and why.
    pub decision: Decision,
    /// Every statement about this request: errors first, then warnings, then information; prerequisites (those with a
    /// state) in the checklist's order.
    pub findings: Vec<Finding>,
    /// The simulated rollout of the app Deployment: one outlook where the outcome does not depend on what only the
    /// operator knows, and one for each case where it does, the worst first. Empty when the API server would refuse
    /// the Deployment.
    pub outlooks: Vec<Outlook>,
    /// The rollouts of worker and embeddings, where they are rendered.
    pub workloads: Vec<WorkloadForecast>,
    /// The Jobs that Helm runs around the upgrade, in their order.
    pub hooks: Vec<Hook>,
    /// What the forecast assumes, in sentences.
    pub assumptions: Vec<String>,
    /// What an operator may want of a rollout, and the smallest change of the values that brings it in this release.
    pub goals: Vec<Goal>,
}

/// The rollout of a Deployment beside the app's.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct WorkloadForecast {
    /// Which one.
    pub component: Component,
    /// The strategy with its numbers.
    pub headline: String,
    /// One sentence of consequence.
    pub consequence: String,
    /// As [`Answer::outlooks`]: empty when the API server refuses it, or it is too large to simulate. The worker serves
    /// no requests; a window without a ready endpoint means that none runs.
    pub outlooks: Vec<Outlook>,
}

/// The Deployments beside the app's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Component {
    /// Feeds connectors in.
    Worker,
    /// Computes embeddings.
    Embeddings,
}

/// A Job that Helm runs before or behind the upgrade.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Hook {
    /// Its name.
    pub name: &'static str,
    /// When it runs.
    pub phase: HookPhase,
    /// When it can pass at the earliest, in milliseconds from the moment the API server accepts the upgrade, if helm is
    /// not told to wait for the rollout first; `None` inside where nobody ever answers it. `None` for a hook that runs
    /// before that moment, and where there is no forecast.
    #[cfg_attr(feature = "typescript", tsify(type = "Range<number | null> | null"))]
    pub passes: Option<Range<Option<u64>>>,
    /// Milliseconds after its start at which it is given up; `None` if only helm's time-out ends it.
    pub deadline: Option<u64>,
    /// What it does.
    pub does: String,
    /// What its success proves.
    pub proves: String,
    /// What its success says nothing about.
    pub leaves_open: String,
}

/// When a hook runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum HookPhase {
    /// Helm waits for it before it changes anything else.
    PreUpgrade,
    /// Helm starts it when everything else is applied.
    PostUpgrade,
}

/// The simulated rollout in one case.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Outlook {
    /// Where the new pod lands in this case; `None` where that does not matter.
    pub placement: Option<Placement>,
    /// The case in a few words: "the new pod lands on another node". Empty where there is only one.
    pub title: String,
    /// The simulation.
    pub forecast: Forecast,
    /// What happens, in sentences, with its seconds as ranges.
    pub story: Vec<String>,
}

/// The conclusion.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// The state.
    pub state: VerdictState,
    /// The strategy with its numbers: "RollingUpdate, maxSurge 1, maxUnavailable 0".
    pub headline: String,
    /// One sentence of consequence: "2 pods overlap for 28–46 s; no gap."
    pub consequence: String,
}

/// What a page says first: of a [`Verdict`] what the rollout of the app tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Conclusion {
    /// [`Verdict::state`]; `None` where it takes the findings to tell.
    pub state: Option<VerdictState>,
    /// [`Verdict::headline`].
    pub headline: String,
    /// [`Verdict::consequence`].
    pub consequence: String,
    /// The worst of the simulated rollouts, that of [`Answer::outlooks`]' first; `None` where that is empty.
    pub forecast: Option<Forecast>,
}

/// What the rollout will be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum VerdictState {
    /// No gap, nothing unmet.
    Safe,
    /// No gap, but something only the operator knows is open.
    NeedsConfirmation,
    /// No gap, but a prerequisite is unmet or a warning applies.
    Unsafe,
    /// A stretch without a ready endpoint.
    Outage,
    /// The rollout cannot finish.
    Deadlock,
    /// The API server refuses the Deployment.
    Refused,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The step that failed.
    pub stage: Stage,
    /// What is wrong, in our words.
    pub what: String,
    /// What to change.
    pub action: String,
    /// Where, when it is in a text.
    pub location: Option<Location>,
    /// Where, when it is in a flag.
    pub flag: Option<FlagLocation>,
    /// Helm's own words, when it is Helm that refuses.
    pub helm: Option<String>,
}

/// The steps that can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The request itself: an unknown release, a duration out of range.
    Request,
    /// Reading a values file.
    Read,
    /// Reading a flag.
    Flag,
    /// Executing the chart's templates.
    Render,
    /// Helm's second reading, of the text it rendered.
    Reparse,
}

/// A stretch of a values file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// Index among the files, from 0.
    pub file: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Byte offset of the start.
    pub offset: usize,
    /// Byte offset behind the end.
    pub end: usize,
}

/// A place in a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FlagLocation {
    /// Index among the flags as they were given, from 0.
    pub flag: usize,
    /// Byte offset in its argument.
    pub offset: usize,
}

/// The chart release an answer is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ReleaseInfo {
    /// Its id: "7.1.0", "main-776".
    pub id: String,
    /// What it is, in a sentence, with the published versions it stands for.
    pub summary: String,
}

/// One statement about a request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Its id, kebab-case, stable.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// For prerequisites: their state. Other findings have none.
    pub state: Option<PrerequisiteState>,
    /// Whether it is a caveat of the app that no values remove: it is told, and does not count against the rollout.
    pub caveat: bool,
    /// A short title.
    pub title: String,
    /// What is the case.
    pub what: String,
    /// Why it matters in this rollout.
    pub why: String,
    /// What to do.
    pub action: String,
    /// How to check it on a live system.
    pub verify: Vec<Check>,
    /// The values it rests on.
    pub evidence: Vec<Evidence>,
    /// The windows in which it bites.
    pub bites: Vec<When>,
    /// Changes of the values that make it go away, the smallest first; each was tried and found to do so.
    pub fixes: Vec<Fix>,
    /// Where the fact comes from: a Lobu pull request or commit, a Kubernetes or Helm file.
    pub source: &'static str,
}

/// When a finding bites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// While old and new pods exist together.
    Overlap,
    /// While there is no ready endpoint.
    Gap,
    /// All the time, with more than one replica.
    Replicas,
    /// At every restart of a pod, under any strategy.
    Restart,
}

impl When {
    /// The forecast's window it falls into, if it is one.
    #[must_use]
    pub const fn window(self) -> Option<WindowKind> {
        match self {
            Self::Overlap => Some(WindowKind::Overlap),
            Self::Gap => Some(WindowKind::NoReadyEndpoint),
            Self::Replicas | Self::Restart => None,
        }
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It will be refused, deadlock or lose data.
    Error,
    /// It will hurt somebody.
    Warning,
    /// Worth knowing.
    Info,
}

/// The state of a prerequisite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum PrerequisiteState {
    /// It holds.
    Met,
    /// It does not.
    Unmet,
    /// Only the operator knows.
    Confirm,
    /// It does not matter for this request.
    NotApplicable,
}

/// A way to check something on a live system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// What the command shows and what to look for.
    pub how: String,
    /// A command, SQL statement or request.
    pub command: String,
}

/// A value a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// Its path, in dots.
    pub path: String,
    /// The value as compact JSON; `None` when the key is missing.
    pub value: Option<String>,
    /// Where it came from; `None` when the key is missing.
    pub origin: Option<Source>,
}
