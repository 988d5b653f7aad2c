use rollcast_core::{
    Change, ChangeOutcome, Failure, Finding, Outcome, PrerequisiteState, Report, Request, Severity, Stage, VerdictState,
};

use crate::place::Place;
use crate::statement::{Given, Statement};

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
    pub(crate) fn problems(&self) -> impl Iterator<Item = Statement<'a>> {
        let proposed = self.proposed();
        let findings = self
            .findings()
            .filter(|finding| is_problem(finding) && !finding.caveat)
            .map(move |finding| Statement::of_finding(finding, proposed));
        // What Helm refuses is told as a failure already.
        let answered = self.failure().is_none();
        let changes = self
            .changes()
            .filter(move |change| answered && change.severity != Severity::Info);
        findings.chain(changes)
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

    /// Everything the upgrade from the baseline does.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Statement<'a>> {
        let (today, proposed) = (self.today(), self.proposed());
        let items = self.change().map_or(&[][..], |change| change.items.as_slice());
        items
            .iter()
            .map(move |item| Statement::of_change(item, today, proposed))
    }

    /// The upgrade from the baseline, where there is one and its values can be read.
    pub(crate) fn change(&self) -> Option<&'a Change> {
        match self.report.change.as_ref()? {
            ChangeOutcome::Compared(change) => Some(change),
            ChangeOutcome::Refused(_) => None,
        }
    }

    /// Why there is no answer, if there is none: about the values, or else about today's.
    pub(crate) fn failure(&self) -> Option<(&'a Failure, Given<'a>)> {
        match (&self.report.outcome, &self.report.change) {
            (Outcome::Refused(failure), _) => Some((failure, self.proposed())),
            (_, Some(ChangeOutcome::Refused(failure))) => Some((failure, self.today())),
            _ => None,
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts {
            errors: usize::from(self.failure().is_some()),
            ..Counts::default()
        };
        for problem in self.problems() {
            match problem.severity {
                _ if problem.open => counts.open += 1,
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Info => {}
            }
        }
        counts
    }

    /// The worst severity among the problems.
    pub(crate) fn worst(&self) -> Option<Severity> {
        match self.failure() {
            Some(_) => Some(Severity::Error),
            None => self.problems().map(|problem| problem.severity).min(),
        }
    }

    /// Where the failure is, for people: a place in a file, a flag, or the subject as a whole.
    pub(crate) fn where_failed(&self, failure: &Failure, given: Given<'_>) -> String {
        let place = failure
            .location
            .as_ref()
            .and_then(|location| Place::of(location, given.files));
        match (place, failure.flag) {
            (Some(place), _) => place.to_string(),
            (None, Some(flag)) => given.typed(flag.flag).unwrap_or_else(|| self.name()),
            (None, None) => self.name(),
        }
    }

    fn proposed(&self) -> Given<'a> {
        Given {
            files: &self.request.values,
            flags: &self.request.set,
        }
    }

    /// What runs today, whose files and flags are those of the request where the baseline names none.
    fn today(&self) -> Given<'a> {
        match &self.request.baseline {
            Some(baseline) if baseline.values.is_some() || baseline.set.is_some() => Given {
                files: baseline.values.as_deref().unwrap_or_default(),
                flags: baseline.set.as_deref().unwrap_or_default(),
            },
            _ => self.proposed(),
        }
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

/// One side of a comparison: "unsafe: RollingUpdate, maxSurge 1, maxUnavailable 0".
pub(crate) fn side(state: VerdictState, headline: &str) -> String {
    format!("{}: {headline}", state.word().to_lowercase())
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
