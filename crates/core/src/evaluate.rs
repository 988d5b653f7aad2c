use std::fmt;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::Poll;

use rollcast_chart::Release;
use rollcast_values::Reuse;

use crate::side::{Side, check, effective, release};
use crate::steps::{at_once, step};
use crate::workloads::Workload;
use crate::{
    Answer, Conclusion, Failure, Flag, Goal, Outcome, Outlook, ReleaseInfo, Report, Request, ValuesFile, assumptions,
    change, findings, fixes, verdict, workloads,
};

/// Answers a request: what Helm makes of the values, which strategy the release resolves and why, what the rollout will
/// look like, every statement there is to make about it, and what the change from today's values brings about.
///
/// A pure function of the request. It never panics; whatever cannot be answered is an [`Outcome::Refused`] that says
/// what is wrong, where, and what to change.
#[must_use]
pub fn evaluate(request: &Request) -> Report {
    at_once(report(request, Search::Whole))
}

/// What [`evaluate`] answers, without fixes and goals: searching them tries the request in many variants, which takes
/// longer than everything else together. For whoever asks at every keystroke, and again when typing pauses.
#[must_use]
pub fn evaluate_without_fixes(request: &Request) -> Report {
    at_once(report(request, Search::None))
}

/// What [`evaluate`] answers, in steps, none of which takes much longer than [`evaluate_without_fixes`]: for whoever must not
/// be held up. Dropped, it ends.
pub struct Evaluation(Pin<Box<dyn Future<Output = Report>>>);

impl Evaluation {
    /// One that has not begun.
    #[must_use]
    pub fn new(request: Request) -> Self {
        Self(Box::pin(async move { report(&request, Search::Whole).await }))
    }

    /// Takes a step: `Break` with the report after the last one, else `Continue` with what is left.
    pub fn step(mut self) -> ControlFlow<Report, Self> {
        match step(self.0.as_mut()) {
            Poll::Ready(report) => ControlFlow::Break(report),
            Poll::Pending => ControlFlow::Continue(self),
        }
    }
}

impl fmt::Debug for Evaluation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Evaluation")
    }
}

/// What [`evaluate`] concludes of values files about the release that is asked about where none is named, and no more: for a
/// page whose first part knows the app's rollout, and no findings, flags, other releases, changes and fixes.
///
/// # Errors
/// The [`Failure`] of [`Outcome::Refused`].
pub fn conclude(values: Vec<ValuesFile>) -> Result<Conclusion, Failure> {
    let request = Request {
        values,
        ..Request::default()
    };
    let release = Release::by_default();
    let effective = request.effective_files(release.defaults());
    let side = Side::of_app(&request, release, effective.map_err(|error| Failure::file(&error))?)?;
    let situation = side.situation(&request);
    Ok(Conclusion {
        state: verdict::by_forecast(&situation),
        headline: verdict::headline(&situation),
        consequence: verdict::consequence(&situation),
        forecast: side.outlooks.into_iter().next().map(|outlook| outlook.forecast),
    })
}

/// Whether fixes and goals are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Search {
    None,
    Whole,
}

/// The most bytes of values and flags, of both sides together, for which fixes and goals are searched: each is tried by
/// reading everything again, dozens of times.
const MOST_BYTES: usize = 64 << 10;
/// The most simulated pods for which they are searched: each is tried by simulating the rollout again.
const MOST_PODS: usize = 1_000;
const NOT_SEARCHED: &str =
    "No fixes are searched: the values are longer than 64 KiB, or the rollout has more than 1,000 pods.";

impl Search {
    /// The search that a request allows, so that every answer comes at once.
    pub(crate) fn within(self, request: &Request, side: Option<&Side>) -> Self {
        let length = |files: &[ValuesFile], flags: &[Flag]| {
            let texts = files.iter().map(|file| file.text.len());
            let flag = |flag: &Flag| flag.arg.len() + flag.content.as_ref().map_or(0, String::len);
            texts.chain(flags.iter().map(flag)).sum::<usize>()
        };
        let today = request.baseline.as_ref().map_or(0, |today| {
            length(
                today.values.as_deref().unwrap_or_default(),
                today.set.as_deref().unwrap_or_default(),
            )
        });
        let pods = side.map_or(0, |side| {
            let outlooks = side.workloads.iter().flat_map(|workload| &workload.outlooks);
            let pods = |outlook: &Outlook| outlook.forecast.likely.pods.len();
            side.outlooks.iter().chain(outlooks).map(pods).sum()
        });
        if length(&request.values, &request.set) + today > MOST_BYTES || pods > MOST_PODS {
            Self::None
        } else {
            self
        }
    }
}

async fn report(request: &Request, search: Search) -> Report {
    let request = &*request.with_last_release();
    let release = match release(&request.chart) {
        Ok(release) => release,
        Err(failure) => {
            return Report {
                release: None,
                outcome: Outcome::Refused(failure),
                warnings: Vec::new(),
                change: None,
            };
        }
    };
    let mut warnings = Vec::new();
    let side = side(request, release, &mut warnings);
    let (wanted, search) = (search, search.within(request, side.as_ref().ok()));
    let (change, keep) = change::change(request, release, &side, search).await;
    Report {
        release: Some(ReleaseInfo::of(release)),
        outcome: match side {
            Ok(side) => {
                let mut answer = answer(request, side, keep, search).await;
                if search != wanted {
                    answer.assumptions.push(NOT_SEARCHED.to_owned());
                }
                Outcome::Rendered(Box::new(answer))
            }
            Err(failure) => Outcome::Refused(failure),
        },
        warnings,
        change,
    }
}

impl ReleaseInfo {
    pub(crate) fn of(release: &Release) -> Self {
        Self {
            id: release.id.to_owned(),
            summary: release.summary.to_owned(),
        }
    }
}

fn side(request: &Request, release: &'static Release, warnings: &mut Vec<String>) -> Result<Side, Failure> {
    check(request)?;
    let effective = effective(request, release.defaults())?;
    warnings.clone_from(&effective.warnings);
    Side::new(request, release, effective).map_err(|mut failure| {
        if request.takes_over() == Some(Reuse::ReuseValues) {
            failure.action += " Or use --reset-then-reuse-values, which reads the new chart's defaults.";
        }
        failure
    })
}

async fn answer(request: &Request, side: Side, keep: Option<Goal>, search: Search) -> Answer {
    let situation = side.situation(request);
    let mut findings = findings::all(&situation);
    let verdict = verdict::verdict(&situation, &findings);
    let mut assumptions = assumptions::assumptions(&situation, side.too_large);
    assumptions.extend(workloads::assumptions(&side.workloads));
    let mut goals = Vec::new();
    if search == Search::Whole {
        goals = fixes::reach(request, &side).await;
        fixes::fix(request, &side, &mut findings, verdict.state, &goals).await;
    }
    goals.extend(keep);
    Answer {
        goals,
        verdict,
        findings,
        assumptions,
        rendered: side.rendered,
        decision: side.decision,
        outlooks: side.outlooks,
        workloads: side.workloads.into_iter().map(Workload::forecast).collect(),
        hooks: side.hooks,
    }
}
