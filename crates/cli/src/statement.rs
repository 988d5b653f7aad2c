use rollcast_chart::Source;
use rollcast_core::{ChangeItem, Check, Evidence, Finding, Flag, PrerequisiteState, Procedure, Severity, ValuesFile};

use crate::place::Place;

/// Something a report says about a request: a finding, or what an upgrade does.
pub(crate) struct Statement<'a> {
    pub(crate) id: &'static str,
    pub(crate) severity: Severity,
    /// Only the operator can confirm it.
    pub(crate) open: bool,
    pub(crate) title: &'a str,
    pub(crate) what: &'a str,
    pub(crate) why: &'a str,
    /// The words the operator will read, where something is refused.
    pub(crate) message: Option<&'a str>,
    pub(crate) action: &'a str,
    pub(crate) verify: &'a [Check],
    pub(crate) ways: &'a [Procedure],
    /// The first value it rests on that stands in a file.
    pub(crate) place: Option<Place<'a>>,
    /// The first value it rests on that a flag sets, as one types the flag.
    pub(crate) flag: Option<String>,
}

/// What places are about.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a> {
    pub(crate) files: &'a [ValuesFile],
    pub(crate) flags: &'a [Flag],
}

impl<'a> Statement<'a> {
    pub(crate) fn of_finding(finding: &'a Finding, given: Given<'a>) -> Self {
        Self {
            id: finding.id,
            severity: finding.severity,
            open: finding.state == Some(PrerequisiteState::Confirm),
            title: &finding.title,
            what: &finding.what,
            why: &finding.why,
            message: None,
            action: &finding.action,
            verify: &finding.verify,
            ways: &[],
            place: given.place(&finding.evidence),
            flag: given.flag(&finding.evidence),
        }
    }

    /// A change rests on both sides; what is proposed is where one would mend it.
    pub(crate) fn of_change(item: &'a ChangeItem, today: Given<'a>, proposed: Given<'a>) -> Self {
        Self {
            id: item.id,
            severity: item.severity,
            open: false,
            title: &item.title,
            what: &item.what,
            why: &item.why,
            message: item.message.as_deref(),
            action: "",
            verify: &[],
            ways: &item.ways,
            place: proposed.place(&item.after).or_else(|| today.place(&item.before)),
            flag: proposed.flag(&item.after).or_else(|| today.flag(&item.before)),
        }
    }

    /// Where it is, for people; `name` is what the subject is called.
    pub(crate) fn whereabouts(&self, name: &str) -> String {
        match (&self.place, &self.flag) {
            (Some(place), _) => place.to_string(),
            (None, Some(flag)) => flag.clone(),
            (None, None) => name.to_owned(),
        }
    }

    /// All that is said, in paragraphs.
    pub(crate) fn paragraphs(&self) -> Vec<String> {
        let ways = self.ways.iter().map(|way| {
            let steps: Vec<&str> = way.steps.iter().map(|step| step.what.as_str()).collect();
            format!("{}: {}", way.title, steps.join(" "))
        });
        [self.what, self.message.unwrap_or_default(), self.why, self.action]
            .into_iter()
            .map(str::to_owned)
            .chain(ways)
            .filter(|text| !text.is_empty())
            .collect()
    }
}

impl<'a> Given<'a> {
    fn place(self, evidence: &[Evidence]) -> Option<Place<'a>> {
        sources(evidence).find_map(|source| Place::of_source(source, self.files))
    }

    fn flag(self, evidence: &[Evidence]) -> Option<String> {
        sources(evidence).find_map(|source| match *source {
            Source::Flag { flag } => self.typed(flag),
            Source::Default { .. } | Source::File { .. } | Source::LastRelease => None,
        })
    }

    /// A flag as one types it.
    pub(crate) fn typed(self, flag: usize) -> Option<String> {
        let flag = self.flags.get(flag)?;
        Some(format!("{} {}", flag.kind.name(), flag.arg))
    }
}

fn sources(evidence: &[Evidence]) -> impl Iterator<Item = &Source> {
    evidence.iter().filter_map(|evidence| evidence.origin.as_ref())
}
