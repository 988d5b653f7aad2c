//! What a rule of change is made of.

use rollcast_values::Value;

use super::report::{ChangeItem, ChangeKind, Step};
use super::upgrade::Upgrade;
use crate::fixes::wish::Wish;
use crate::{Applier, Evidence, Severity};

/// A rule: everything about it that does not depend on a request, and the check that does.
pub(super) struct Rule {
    /// Kebab-case, stable; the file's name.
    pub(super) id: &'static str,
    pub(super) kind: ChangeKind,
    pub(super) severity: Severity,
    pub(super) title: &'static str,
    pub(super) why: &'static str,
    pub(super) source: &'static str,
    pub(super) check: fn(&Upgrade<'_>) -> Vec<Found>,
    /// Upgrades that show it, and such that narrowly do not.
    pub(super) examples: &'static [Example],
}

/// What a check has found.
#[derive(Default)]
pub(super) struct Found {
    what: String,
    kind: Option<ChangeKind>,
    severity: Option<Severity>,
    title: Option<String>,
    why: Option<String>,
    before: Vec<Evidence>,
    after: Vec<Evidence>,
    message: Option<String>,
    pub(super) ways: Vec<Way>,
}

/// A way out, before its change of the values has been tried.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Way {
    pub(super) title: String,
    pub(super) steps: Vec<Step>,
    /// What it wants of the values.
    pub(super) sets: Vec<Wish>,
}

impl Way {
    pub(super) fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    pub(super) fn step(mut self, what: impl Into<String>) -> Self {
        self.steps.push(Step {
            what: what.into(),
            command: None,
        });
        self
    }

    pub(super) fn run(mut self, what: impl Into<String>, command: impl Into<String>) -> Self {
        self.steps.push(Step {
            what: what.into(),
            command: Some(command.into()),
        });
        self
    }

    pub(super) fn set(mut self, path: &str, value: Value) -> Self {
        self.sets.push(Wish::set(path, value));
        self
    }

    pub(super) fn unset(mut self, path: &str) -> Self {
        self.sets.push(Wish::unset(path));
        self
    }
}

impl Found {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..Self::default()
        }
    }

    pub(super) fn what(self, what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..self
        }
    }

    pub(super) fn one(self) -> Vec<Self> {
        vec![self]
    }

    pub(super) fn kind(self, kind: ChangeKind) -> Self {
        Self {
            kind: Some(kind),
            ..self
        }
    }

    pub(super) fn severity(self, severity: Severity) -> Self {
        Self {
            severity: Some(severity),
            ..self
        }
    }

    pub(super) fn title(self, title: impl Into<String>) -> Self {
        Self {
            title: Some(title.into()),
            ..self
        }
    }

    pub(super) fn why(self, why: impl Into<String>) -> Self {
        Self {
            why: Some(why.into()),
            ..self
        }
    }

    pub(super) fn was(mut self, evidence: Evidence) -> Self {
        self.before.push(evidence);
        self
    }

    pub(super) fn is(mut self, evidence: Evidence) -> Self {
        self.after.push(evidence);
        self
    }

    /// A value on both sides.
    pub(super) fn on(self, upgrade: &Upgrade<'_>, path: &str) -> Self {
        self.was(upgrade.was(path)).is(upgrade.is(path))
    }

    pub(super) fn message(self, message: impl Into<String>) -> Self {
        Self {
            message: Some(message.into()),
            ..self
        }
    }

    pub(super) fn way(mut self, way: Way) -> Self {
        self.ways.push(way);
        self
    }
}

impl Rule {
    /// What there is to say about one upgrade, and the ways out of each, still untried.
    pub(super) fn find(&self, upgrade: &Upgrade<'_>) -> Vec<(ChangeItem, Vec<Way>)> {
        let found = (self.check)(upgrade).into_iter();
        found
            .map(|found| {
                let item = ChangeItem {
                    id: self.id,
                    kind: found.kind.unwrap_or(self.kind),
                    severity: found.severity.unwrap_or(self.severity),
                    title: found.title.unwrap_or_else(|| self.title.to_owned()),
                    what: found.what,
                    why: found.why.unwrap_or_else(|| self.why.to_owned()),
                    before: found.before,
                    after: found.after,
                    message: found.message,
                    ways: Vec::new(),
                    source: self.source,
                };
                (item, found.ways)
            })
            .collect()
    }
}

/// An upgrade that shows a rule, or narrowly does not.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) name: &'static str,
    /// Today's chart release.
    pub(super) from: &'static str,
    /// The proposed one.
    pub(super) to: &'static str,
    /// Today's values.
    pub(super) values: &'static str,
    /// The proposed ones; `None` for the same.
    pub(super) then: Option<&'static str>,
    /// Who applies it; `None` for Helm 3.
    pub(super) applier: Option<Applier>,
    /// How often the item must appear.
    pub(super) expected: usize,
}

impl Example {
    /// An example to complete: 7.1.0 upgraded to itself with the same values.
    pub(super) const BASE: Self = Self {
        name: "",
        from: "7.1.0",
        to: "7.1.0",
        values: "",
        then: None,
        applier: None,
        expected: 1,
    };
}
