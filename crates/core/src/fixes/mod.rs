//! Fixes and goals: the smallest change of the values that makes a finding go away, or gets the operator what they want.
//!
//! A change is a list of [`wish`]es about the effective values. [`offer`] finds the forms that bring exactly those about:
//! an edit of the operator's own text, one more file, or flags. Or it is a [`rewrite`] of a place in [`files`] or flags
//! ([`in_flags`]), which says better what Helm reads there or what was meant. Which wishes are tried for which finding says
//! [`proposals`]; what is searched for a goal, [`goals`]. Nothing is offered that was not tried on the request.

mod files;
mod goals;
mod in_flags;
pub(crate) mod offer;
mod offers;
mod proposals;
mod report;
mod rewrite;
pub(crate) mod wish;

pub use offers::{Offer, offers};
pub use report::{FileEdit, Fix, FixForm, FlagEdit, Goal, GoalState, TextChange, ValueChange};

use crate::findings;
use crate::side::Side;
use crate::steps::end_of_step;
use crate::{Finding, PrerequisiteState, Request, Severity, VerdictState, verdict};
use offer::offer;
use wish::Wish;

/// The most proposals that are tried on one request.
const MOST: usize = 40;

/// Gives every finding its fixes. What reaches the goal without a gap is the fix of an outage, whatever it costs.
pub(crate) async fn fix(request: &Request, side: &Side, findings: &mut [Finding], state: VerdictState, goals: &[Goal]) {
    let situation = side.situation(request);
    let open: Vec<Key> = findings.iter().filter(|finding| is_open(finding)).map(key).collect();
    let mut tried: Vec<(Vec<Wish>, Option<Trial>)> = Vec::new();
    let mut left = MOST;
    for finding in findings.iter_mut().filter(|finding| is_open(finding)) {
        if finding.id == "outage" {
            let no_gap = goals.iter().find(|goal| goal.id == "no-gap");
            finding.fixes.extend(no_gap.and_then(|goal| goal.fix.clone()));
            continue;
        }
        let (mine, meant) = (key(finding), proposals::is_meant(finding.id));
        if left > 0 {
            let in_files = files::rewrites(&situation, finding);
            for rewrite in in_files.into_iter().chain(in_flags::rewrites(&situation, finding)) {
                left = left.saturating_sub(1);
                end_of_step().await;
                let offer = rewrite.offer(side.release, &side.effective.values);
                let trial = offer.and_then(|offer| trial(offer, side.release, &open, state));
                finding
                    .fixes
                    .extend(trial.and_then(|trial| trial.fix_for(&mine, meant)));
            }
        }
        for wishes in proposals::proposals(&situation, finding) {
            if !tried.iter().any(|(known, _)| *known == wishes) && left > 0 {
                left -= 1;
                end_of_step().await;
                let offer = offer(request, side.release, &side.effective.values, &wishes);
                let trial = offer.and_then(|offer| trial(offer, side.release, &open, state));
                tried.push((wishes.clone(), trial));
            }
            let found = tried
                .iter()
                .find(|(known, _)| *known == wishes)
                .and_then(|(_, trial)| trial.as_ref());
            finding
                .fixes
                .extend(found.and_then(|trial| trial.fix_for(&mine, meant)));
        }
    }
}

/// A finding, told apart from others with the same id by what it is about.
type Key = (&'static str, Option<String>);

fn key(finding: &Finding) -> Key {
    (finding.id, subject(finding).map(str::to_owned))
}

/// The path that a finding is about.
fn subject(finding: &Finding) -> Option<&str> {
    finding.evidence.first().map(|evidence| evidence.path.as_str())
}

/// Whether there is something to fix.
fn is_open(finding: &Finding) -> bool {
    !matches!(
        finding.state,
        Some(PrerequisiteState::Met | PrerequisiteState::NotApplicable)
    )
}

/// A fix that was tried.
struct Trial {
    fix: Fix,
    /// What each of its forms does away with.
    gone: Vec<(FixForm, Vec<Key>)>,
    /// Whether it makes the rollout worse, or brings an error that was not there.
    worse: bool,
}

impl Trial {
    /// The fix in the forms that do away with a finding: they come to the same values, and a finding can be about where
    /// those come from. What makes the rollout worse is none, unless it is what the operator has plainly `meant`.
    fn fix_for(&self, finding: &Key, meant: bool) -> Option<Fix> {
        if self.worse && !meant {
            return None;
        }
        let forms = self.gone.iter().filter(|(_, gone)| gone.contains(finding));
        let forms: Vec<FixForm> = forms.map(|(form, _)| *form).collect();
        self.fix.clone().in_forms(&forms)
    }
}

/// Evaluates the edited request.
fn trial(
    offer: offer::Offer,
    release: &'static rollcast_chart::Release,
    open: &[Key],
    state: VerdictState,
) -> Option<Trial> {
    let offer::Offer { fix, forms } = offer;
    let mut forms = forms.into_iter();
    let first = forms.next()?;
    let mut edited = Side::new(&first.request, release, first.effective).ok()?;
    let situation = edited.situation(&first.request);
    let findings = findings::all(&situation);
    let error = |finding: &&Finding| finding.severity == Severity::Error && is_open(finding);
    let worse = badness(verdict::verdict(&situation, &findings).state) > badness(state)
        || findings
            .iter()
            .filter(error)
            .any(|finding| !open.contains(&key(finding)));
    let gone = |findings: &[Finding]| {
        let left: Vec<Key> = findings.iter().filter(|finding| is_open(finding)).map(key).collect();
        open.iter()
            .filter(|key| !left.contains(key))
            .cloned()
            .collect::<Vec<Key>>()
    };
    let mut all = vec![(first.form, gone(&findings))];
    for form in forms {
        edited.effective = form.effective;
        all.push((form.form, gone(&findings::all(&edited.situation(&form.request)))));
    }
    let mut resolves: Vec<&'static str> = all
        .iter()
        .take(1)
        .flat_map(|(_, gone)| gone)
        .map(|(id, _)| *id)
        .collect();
    resolves.dedup();
    Some(Trial {
        fix: Fix { resolves, ..fix },
        gone: all,
        worse,
    })
}

/// How bad a verdict is.
const fn badness(state: VerdictState) -> u8 {
    match state {
        VerdictState::Safe => 0,
        VerdictState::NeedsConfirmation => 1,
        VerdictState::Unsafe => 2,
        VerdictState::Outage => 3,
        VerdictState::Deadlock => 4,
        VerdictState::Refused => 5,
    }
}

/// The goals of a request that renders.
pub(crate) async fn reach(request: &Request, side: &Side) -> Vec<Goal> {
    goals::goals(request, side).await
}
