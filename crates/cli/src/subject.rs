use rollcast_chart::Source;
use rollcast_core::{Failure, Finding, Outcome, PrerequisiteState, Report, Request, Severity, Stage, VerdictState};

use crate::place::Place;

/// One request, its answer, and what people call it.
pub(crate) struct Subject<'a> {
    pub(crate) request: &'a Request,
    pub(crate) report: &'a Report,
}

/// How many statements of which kind there are about a subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    /// Prerequisites that only the operator can confirm.
    pub(crate) open: usize,
}

impl<'a> Subject<'a> {
    /// What it is called: the last values file, which is the one that makes the difference; without any, the release.
    pub(crate) fn name(&self) -> String {
        match self.request.values.last() {
            Some(file) => shown(&file.name).to_owned(),
            None => format!("chart release {}", self.request.chart),
        }
    }

    /// What asks for attention: neither prerequisites that are met or do not matter, nor mere information, nor caveats.
    pub(crate) fn problems(&self) -> impl Iterator<Item = &'a Finding> {
        self.findings().filter(|finding| is_problem(finding) && !finding.caveat)
    }

    /// Caveats of the app, which no values remove.
    pub(crate) fn caveats(&self) -> impl Iterator<Item = &'a Finding> {
        self.findings().filter(|finding| is_problem(finding) && finding.caveat)
    }

    fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        let findings = match &self.report.outcome {
            Outcome::Rendered(answer) => answer.findings.as_slice(),
            Outcome::Refused(_) => &[],
        };
        findings.iter()
    }

    /// Why there is no answer, if there is none.
    pub(crate) fn failure(&self) -> Option<&'a Failure> {
        match &self.report.outcome {
            Outcome::Refused(failure) => Some(failure),
            Outcome::Rendered(_) => None,
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts {
            errors: usize::from(self.failure().is_some()),
            ..Counts::default()
        };
        for finding in self.problems() {
            match (finding.state, finding.severity) {
                (Some(PrerequisiteState::Confirm), _) => counts.open += 1,
                (_, Severity::Error) => counts.errors += 1,
                (_, Severity::Warning) => counts.warnings += 1,
                (_, Severity::Info) => {}
            }
        }
        counts
    }

    /// The worst severity among the problems.
    pub(crate) fn worst(&self) -> Option<Severity> {
        match self.failure() {
            Some(_) => Some(Severity::Error),
            None => self.problems().map(|finding| finding.severity).min(),
        }
    }

    /// Where the failure is, for people: a place in a file, a flag, or the subject as a whole.
    pub(crate) fn where_failed(&self, failure: &Failure) -> String {
        let place = failure
            .location
            .as_ref()
            .and_then(|location| Place::of(location, &self.request.values));
        match (place, failure.flag) {
            (Some(place), _) => place.to_string(),
            (None, Some(flag)) => self.typed(flag.flag).unwrap_or_else(|| self.name()),
            (None, None) => self.name(),
        }
    }

    /// Where a finding is, for people.
    pub(crate) fn where_found(&self, finding: &Finding) -> String {
        let flag = || {
            self.sources(finding).find_map(|source| match *source {
                Source::Flag { flag } => self.typed(flag),
                Source::Default { .. } | Source::File { .. } => None,
            })
        };
        self.place(finding)
            .map(|place| place.to_string())
            .or_else(flag)
            .unwrap_or_else(|| self.name())
    }

    /// A flag as one types it.
    fn typed(&self, flag: usize) -> Option<String> {
        let flag = self.request.set.get(flag)?;
        Some(format!("{} {}", flag.kind.name(), flag.arg))
    }

    /// Where a finding's first value stands in a values file.
    pub(crate) fn place(&self, finding: &Finding) -> Option<Place<'a>> {
        self.sources(finding)
            .find_map(|source| Place::of_source(source, &self.request.values))
    }

    fn sources<'f>(&self, finding: &'f Finding) -> impl Iterator<Item = &'f Source> + use<'f> {
        finding.evidence.iter().filter_map(|evidence| evidence.origin.as_ref())
    }
}

fn is_problem(finding: &Finding) -> bool {
    let settled = matches!(
        finding.state,
        Some(PrerequisiteState::Met | PrerequisiteState::NotApplicable)
    );
    !settled && finding.severity != Severity::Info
}

/// A file's name for people: standard input has none of its own.
pub(crate) fn shown(name: &str) -> &str {
    match name {
        "-" => "<stdin>",
        name => name,
    }
}

pub(crate) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

pub(crate) const fn verdict(state: VerdictState) -> &'static str {
    match state {
        VerdictState::Safe => "safe",
        VerdictState::NeedsConfirmation => "needs confirmation",
        VerdictState::Unsafe => "unsafe",
        VerdictState::Outage => "outage",
        VerdictState::Deadlock => "deadlock",
        VerdictState::Refused => "refused",
    }
}

pub(crate) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Request => "request",
        Stage::Read => "read",
        Stage::Flag => "flag",
        Stage::Render => "render",
        Stage::Reparse => "reparse",
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.open += other.open;
    }
}
