//! The same values on every chart release, and the way from one release to another.

use rollcast_chart::{Decision, Release};
use serde::Serialize;

use super::{Change, ChangeItem, ChangeKind, ChangeOutcome, change};
use crate::evaluate::Search;
use crate::side::{Side, check, effective, release};
use crate::steps::at_once;
use crate::{Baseline, Failure, PrerequisiteState, ReleaseInfo, Request, Severity, Verdict, findings, verdict};

/// The same values on one release.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct AcrossRow {
    /// The release.
    pub release: ReleaseInfo,
    /// What it makes of the values.
    pub outcome: AcrossOutcome,
}

/// What one release makes of the values.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum AcrossOutcome {
    /// Helm renders.
    Rendered(Box<AcrossAnswer>),
    /// Helm refuses, or the values cannot be read.
    Refused(Failure),
}

/// What can be compared across releases.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct AcrossAnswer {
    /// The verdict, the strategy with its numbers in its headline.
    pub verdict: Verdict,
    /// Which rule of the release resolves the strategy.
    pub decision: Decision,
    /// The access modes of the workspaces claim that the pods mount; `None` without one, or where the API server refuses it.
    pub claim_modes: Option<Vec<String>>,
    /// The size of that claim.
    pub claim_size: Option<String>,
    /// The grace period of the app's pods in seconds, with Kubernetes' default.
    pub grace_seconds: u64,
    /// How long the preStop hook sleeps, in seconds; 0 without one.
    pub pre_stop_seconds: u64,
    /// Ids of the findings that are open, errors first.
    pub findings: Vec<&'static str>,
}

/// The same values on every release, the oldest first. What the request says about its own release does not matter.
#[must_use]
pub fn across(request: &Request) -> Vec<AcrossRow> {
    let request = &request.with_last_release();
    Release::all()
        .iter()
        .map(|release| AcrossRow {
            release: ReleaseInfo::of(release),
            outcome: match answer(request, release) {
                Ok(answer) => AcrossOutcome::Rendered(Box::new(answer)),
                Err(failure) => AcrossOutcome::Refused(failure),
            },
        })
        .collect()
}

fn answer(request: &Request, release: &'static Release) -> Result<AcrossAnswer, Failure> {
    let request = on(request, release);
    check(&request)?;
    let side = Side::new(&request, release, effective(&request, release.defaults())?)?;
    let situation = side.situation(&request);
    let found = findings::all(&situation);
    let verdict = verdict::verdict(&situation, &found);
    let open = found.iter().filter(|finding| {
        !matches!(
            finding.state,
            Some(PrerequisiteState::Met | PrerequisiteState::NotApplicable)
        )
    });
    let mut ids: Vec<&'static str> = open.map(|finding| finding.id).collect();
    ids.dedup();
    let claim = side.manifest.claim.as_ref();
    Ok(AcrossAnswer {
        verdict,
        claim_modes: claim.map(|claim| claim.access_modes.iter().map(|mode| format!("{mode:?}")).collect()),
        claim_size: claim.map(|claim| claim.size.text().to_owned()),
        grace_seconds: side.manifest.spec.grace_seconds,
        pre_stop_seconds: side.manifest.pre_stop.milliseconds() / 1_000,
        findings: ids,
        decision: side.decision,
    })
}

/// The request about another release.
fn on(request: &Request, release: &'static Release) -> Request {
    Request {
        chart: release.id.to_owned(),
        // It is compared with nothing, but values may be taken over from it.
        baseline: request.reuse.and(request.baseline.clone()),
        ..request.clone()
    }
}

/// The way from one release to another with unchanged values.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct UpgradePath {
    /// The upgrade in one step.
    pub direct: Stop,
    /// Every published release on the way, each reached from the one before.
    pub stops: Vec<Stop>,
}

/// [`upgrade_path`]'s answer as one value that can be written.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum UpgradePathOutcome {
    /// There is a way.
    Planned(Box<UpgradePath>),
    /// There is none.
    Refused(Failure),
}

impl From<Result<UpgradePath, Failure>> for UpgradePathOutcome {
    fn from(found: Result<UpgradePath, Failure>) -> Self {
        match found {
            Ok(path) => Self::Planned(Box::new(path)),
            Err(failure) => Self::Refused(failure),
        }
    }
}

/// One upgrade on the way.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Stop {
    /// The release it starts from.
    pub from: ReleaseInfo,
    /// The release it leads to.
    pub to: ReleaseInfo,
    /// Whether something must be done before it: it would be refused, or lose something for good.
    pub first: bool,
    /// What must be done first, or will change silently, the worst first, each with its ways out.
    pub items: Vec<ChangeItem>,
}

/// What stands on the way from one release, or published chart version, to another, with the values of the request.
///
/// # Errors
/// A release is unknown, the second does not come after the first, today's values cannot be read, or the request takes over
/// values of its baseline.
pub fn upgrade_path(request: &Request, from: &str, to: &str) -> Result<UpgradePath, Failure> {
    let place = |chart: &str| -> Result<usize, Failure> {
        let found = release(chart)?;
        let at = Release::all().iter().position(|each| each.id == found.id);
        at.ok_or_else(|| Failure::request(format!("There is no release {chart}."), "Name a chart release."))
    };
    let (start, end) = (place(from)?, place(to)?);
    if end <= start {
        return Err(Failure::request(
            format!("{to} does not come after {from}."),
            "Name the release that runs first, and a later one second.",
        ));
    }
    let all = Release::all();
    let between = all.iter().enumerate().filter(|(at, release)| {
        *at == start || *at == end || (start < *at && *at < end && !release.published.is_empty())
    });
    let way: Vec<&'static Release> = between.map(|(_, release)| release).collect();
    let (Some(first), Some(last)) = (way.first(), way.last()) else {
        return Err(Failure::request("There is nothing between.", "Name two releases."));
    };
    if request.takes_over().is_some() {
        return Err(Failure::request(
            "An upgrade that takes over the last release's values leads from that release to one other.",
            "Give all values to plan a way, without --reuse-values and --reset-then-reuse-values.",
        ));
    }
    let stops = way
        .iter()
        .zip(way.iter().skip(1))
        .map(|(from, to)| stop(request, from, to));
    Ok(UpgradePath {
        direct: stop(request, first, last)?,
        stops: stops.collect::<Result<_, _>>()?,
    })
}

fn stop(request: &Request, from: &'static Release, to: &'static Release) -> Result<Stop, Failure> {
    let request = Request {
        baseline: Some(Baseline {
            chart: Some(from.id.to_owned()),
            claim: request
                .baseline
                .as_ref()
                .map(|baseline| baseline.claim.clone())
                .unwrap_or_default(),
            ..Baseline::default()
        }),
        ..on(request, to)
    };
    let proposed = effective(&request, to.defaults()).and_then(|values| Side::new(&request, to, values));
    let search = Search::Whole.within(&request, proposed.as_ref().ok());
    let items = match at_once(change(&request, to, &proposed, search)).0 {
        Some(ChangeOutcome::Compared(change)) => told(*change),
        Some(ChangeOutcome::Refused(failure)) => return Err(failure),
        None => Vec::new(),
    };
    let must = |item: &ChangeItem| {
        item.severity == Severity::Error
            && matches!(
                item.kind,
                ChangeKind::Refused | ChangeKind::Deleted | ChangeKind::Silent
            )
    };
    Ok(Stop {
        from: ReleaseInfo::of(from),
        to: ReleaseInfo::of(to),
        first: items.iter().any(must),
        items,
    })
}

/// What is not merely asked for or worth knowing.
fn told(change: Change) -> Vec<ChangeItem> {
    let items = change.items.into_iter();
    items
        .filter(|item| {
            item.severity != Severity::Info
                && matches!(
                    item.kind,
                    ChangeKind::Refused | ChangeKind::Deleted | ChangeKind::Silent
                )
        })
        .collect()
}
