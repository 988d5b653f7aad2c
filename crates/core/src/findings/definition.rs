//! What a finding is made of.

use serde::Serialize;

use super::{LESSONS, REGISTRY, Situation, WORDS, position};
use crate::app::Fact;
use crate::{
    Check, Cluster, Evidence, Finding, Flag, FlagKind, Placement, PrerequisiteState, Request, Severity, ValuesFile,
    When,
};

/// A finding: what decides whether a request has it.
#[derive(Debug)]
pub(crate) struct Definition {
    /// Kebab-case, stable; the file's name.
    pub(crate) id: &'static str,
    /// How bad it is where the check says nothing else.
    pub(crate) severity: Severity,
    /// Whether it is a prerequisite: then it always appears, with a state.
    pub(crate) prerequisite: bool,
    /// Whether it is a caveat of the app that no values remove: it is told, and does not count against the rollout.
    pub(crate) caveat: bool,
    /// The windows in which it can bite. Where it names some and none of them occurs, a finding without state is not
    /// made.
    pub(crate) bites: &'static [When],
    /// The chart releases it is about.
    pub(crate) releases: Releases,
    /// What brought it to the app, where it was not always there.
    pub(crate) since: Option<&'static Fact>,
    /// What ended it in the app.
    pub(crate) fixed: Option<&'static Fact>,
    /// Looks for it.
    pub(crate) check: fn(&Situation<'_>) -> Vec<Found>,
}

/// What a report says of a finding that does not depend on the request.
#[derive(Debug)]
pub(crate) struct Words {
    /// A short title.
    pub(crate) title: &'static str,
    /// Why it matters in a rollout.
    pub(crate) why: &'static str,
    /// What to do.
    pub(crate) action: &'static str,
    /// How to check it on a live system: what to look for, and the command.
    pub(crate) verify: &'static [(&'static str, &'static str)],
    /// Where the fact comes from.
    pub(crate) source: &'static str,
}

/// What teaches a finding to somebody who has no request at hand.
#[derive(Debug)]
pub(crate) struct Lesson {
    /// What it is.
    pub(crate) about: &'static str,
    /// Requests that show it, and such that narrowly do not.
    pub(crate) examples: &'static [Example],
}

impl Definition {
    /// A definition to complete: nothing found, about every release and app version.
    pub(crate) const BASE: Self = Self {
        id: "",
        severity: Severity::Warning,
        prerequisite: false,
        caveat: false,
        bites: &[],
        releases: Releases::ALL,
        since: None,
        fixed: None,
        check: |_| Vec::new(),
    };

    /// What there is to say about one request.
    pub(crate) fn find(&self, situation: &Situation<'_>, words: &Words) -> Vec<Finding> {
        let bites: Vec<When> = self
            .bites
            .iter()
            .copied()
            .filter(|when| situation.occurs(*when))
            .collect();
        let spared = !self.prerequisite && bites.is_empty() && !self.bites.is_empty();
        if spared || !self.releases.contains(situation.release.id) || !self.concerns_app(situation) {
            return Vec::new();
        }
        (self.check)(situation)
            .into_iter()
            .map(|found| self.finding(found, &bites, words))
            .collect()
    }

    /// Whether the app has it: a prerequisite says itself that its reason is gone.
    fn concerns_app(&self, situation: &Situation<'_>) -> bool {
        self.prerequisite
            || (self.since.is_none_or(|fact| situation.app_has(fact))
                && self.fixed.is_none_or(|fact| !situation.app_has(fact)))
    }

    fn finding(&self, found: Found, bites: &[When], words: &Words) -> Finding {
        let mut action = found.action.unwrap_or_else(|| words.action.to_owned());
        let settled = matches!(
            found.state,
            Some(PrerequisiteState::Met | PrerequisiteState::NotApplicable)
        );
        if let (Some(fixed), false) = (self.fixed, settled) {
            action.push_str(&format!(" App version {} and later do not have this.", fixed.version));
        }
        Finding {
            id: self.id,
            severity: found.severity.unwrap_or(self.severity),
            state: found.state,
            caveat: self.caveat,
            title: words.title.to_owned(),
            what: found.what,
            why: found.why.unwrap_or_else(|| words.why.to_owned()),
            action,
            verify: checks(words.verify),
            evidence: found.evidence,
            bites: if settled { Vec::new() } else { bites.to_vec() },
            fixes: Vec::new(),
            source: words.source,
        }
    }
}

fn checks(verify: &[(&str, &str)]) -> Vec<Check> {
    verify
        .iter()
        .map(|(how, command)| Check {
            how: (*how).to_owned(),
            command: (*command).to_owned(),
        })
        .collect()
}

/// A stretch of chart releases, both ends included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Releases {
    from: Option<&'static str>,
    to: Option<&'static str>,
}

impl Releases {
    /// Every release.
    pub(crate) const ALL: Self = Self { from: None, to: None };

    /// From one release to another.
    pub(crate) const fn between(from: &'static str, to: &'static str) -> Self {
        Self {
            from: Some(from),
            to: Some(to),
        }
    }

    /// From a release on.
    pub(crate) const fn from(from: &'static str) -> Self {
        Self {
            from: Some(from),
            to: None,
        }
    }

    /// Up to a release.
    pub(crate) const fn to(to: &'static str) -> Self {
        Self {
            from: None,
            to: Some(to),
        }
    }

    pub(crate) fn contains(self, release: &str) -> bool {
        let at = position(release);
        self.from.is_none_or(|from| position(from) <= at) && self.to.is_none_or(|to| at <= position(to))
    }

    fn words(self) -> String {
        match (self.from, self.to) {
            (None, None) => "every chart release".to_owned(),
            (Some(from), None) => format!("chart release {from} and later"),
            (None, Some(to)) => format!("chart releases up to {to}"),
            (Some(from), Some(to)) if from == to => format!("chart release {from}"),
            (Some(from), Some(to)) => format!("chart releases {from} to {to}"),
        }
    }
}

/// What a check has found, where it differs from the definition.
#[derive(Debug, Default)]
pub(crate) struct Found {
    what: String,
    severity: Option<Severity>,
    state: Option<PrerequisiteState>,
    why: Option<String>,
    action: Option<String>,
    evidence: Vec<Evidence>,
}

impl Found {
    /// What is the case.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..Self::default()
        }
    }

    /// The same as a list of one.
    pub(crate) fn one(self) -> Vec<Self> {
        vec![self]
    }

    pub(crate) fn state(self, state: PrerequisiteState) -> Self {
        Self {
            state: Some(state),
            ..self
        }
    }

    pub(crate) fn severity(self, severity: Severity) -> Self {
        Self {
            severity: Some(severity),
            ..self
        }
    }

    pub(crate) fn why(self, why: impl Into<String>) -> Self {
        Self {
            why: Some(why.into()),
            ..self
        }
    }

    pub(crate) fn action(self, action: impl Into<String>) -> Self {
        Self {
            action: Some(action.into()),
            ..self
        }
    }

    pub(crate) fn on(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }
}

/// A request that shows a finding, or narrowly does not.
#[derive(Debug)]
pub(crate) struct Example {
    /// What it shows.
    pub(crate) name: &'static str,
    /// The chart release.
    pub(crate) chart: &'static str,
    /// The app version.
    pub(crate) app: Option<&'static str>,
    /// The values file.
    pub(crate) values: &'static str,
    /// Flags.
    pub(crate) set: &'static [(FlagKind, &'static str)],
    /// Where the new pod lands.
    pub(crate) placement: Placement,
    /// How often the finding must appear; a prerequisite that is met or not applicable does not count.
    pub(crate) expected: usize,
}

impl Example {
    /// An example to complete: the defaults of chart release 7.1.0, which show the finding once.
    pub(crate) const BASE: Self = Self {
        name: "",
        chart: "7.1.0",
        app: None,
        values: "",
        set: &[],
        placement: Placement::Unknown,
        expected: 1,
    };

    /// The request it stands for.
    pub(crate) fn request(&self) -> Request {
        Request {
            chart: self.chart.to_owned(),
            app: self.app.map(str::to_owned),
            values: vec![ValuesFile {
                name: "values.yaml".to_owned(),
                text: self.values.to_owned(),
            }],
            set: self
                .set
                .iter()
                .map(|(kind, arg)| Flag {
                    kind: *kind,
                    arg: (*arg).to_owned(),
                    content: None,
                })
                .collect(),
            cluster: Cluster {
                placement: self.placement,
                ..Cluster::default()
            },
            ..Request::default()
        }
    }
}

/// A finding as it is taught: everything about it that does not depend on a request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct CatalogueEntry {
    /// Its id, kebab-case, stable.
    pub id: &'static str,
    /// A short title.
    pub title: &'static str,
    /// How bad it usually is.
    pub severity: Severity,
    /// Whether it is one of the checklist's prerequisites, which always appear, with a state.
    pub prerequisite: bool,
    /// What it is.
    pub explanation: &'static str,
    /// Why it matters in a rollout.
    pub why: &'static str,
    /// What to do.
    pub action: &'static str,
    /// How to check it on a live system.
    pub verify: Vec<Check>,
    /// The windows in which it can bite; empty where it does not depend on one.
    pub bites: Vec<When>,
    /// The chart releases it is about, in words.
    pub releases: String,
    /// The app versions it is about, in words; `None` where it does not depend on the app.
    pub app: Option<String>,
    /// Where the fact comes from.
    pub source: &'static str,
    /// Requests that show it, and such that narrowly do not.
    pub examples: Vec<CatalogueExample>,
}

/// A request that teaches a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct CatalogueExample {
    /// What it shows.
    pub name: &'static str,
    /// The request.
    pub request: Request,
    /// How often the finding appears in the report; a prerequisite that is met or not applicable is not counted.
    pub expected: usize,
}

/// Every finding there is: the prerequisites in the checklist's order, then the others. Pages that teach, the command
/// line's explanations and the schema of ids are made from it.
#[must_use]
pub fn catalogue() -> Vec<CatalogueEntry> {
    REGISTRY
        .iter()
        .zip(WORDS)
        .zip(LESSONS)
        .map(|((definition, words), lesson)| entry(definition, words, lesson))
        .collect()
}

fn entry(definition: &Definition, words: &Words, lesson: &Lesson) -> CatalogueEntry {
    let brought = |verb: &str, fact: &Fact| format!("{verb} app version {} (pull request {})", fact.version, fact.pull);
    let app = match (definition.since, definition.fixed) {
        (None, None) => None,
        (Some(since), None) => Some(brought("since", since)),
        (None, Some(fixed)) => Some(brought("until", fixed)),
        (Some(since), Some(fixed)) => Some(format!("{}, {}", brought("since", since), brought("until", fixed))),
    };
    CatalogueEntry {
        id: definition.id,
        title: words.title,
        severity: definition.severity,
        prerequisite: definition.prerequisite,
        explanation: lesson.about,
        why: words.why,
        action: words.action,
        verify: checks(words.verify),
        bites: definition.bites.to_vec(),
        releases: definition.releases.words(),
        app,
        source: words.source,
        examples: lesson
            .examples
            .iter()
            .map(|example| CatalogueExample {
                name: example.name,
                request: example.request(),
                expected: example.expected,
            })
            .collect(),
    }
}
