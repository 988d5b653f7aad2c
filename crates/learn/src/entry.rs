//! What there is to learn, as the index and other pages point to it.

use rollcast_core::{CatalogueEntry, ChangeEntry, Severity};

use crate::concepts::Concept;
use crate::prose::{self, first_sentence};

/// Something that has a page.
pub(crate) struct Entry {
    /// Its folder.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// What it is, in a sentence.
    pub(crate) lead: String,
    pub(crate) group: Group,
    /// How bad it is; concepts are neither good nor bad.
    pub(crate) severity: Option<Severity>,
    /// The words it is found by beside those that the index shows.
    pub(crate) words: String,
}

/// The sections of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Concepts,
    Prerequisites,
    Rollout,
    Values,
    Upgrades,
}

impl Group {
    pub(crate) const ALL: [Self; 5] = [
        Self::Concepts,
        Self::Prerequisites,
        Self::Rollout,
        Self::Values,
        Self::Upgrades,
    ];

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Concepts => "Concepts",
            Self::Prerequisites => "Before a rolling deploy",
            Self::Rollout => "While it rolls and runs",
            Self::Values => "What values really say",
            Self::Upgrades => "What an upgrade does",
        }
    }

    pub(crate) const fn lead(self) -> &'static str {
        match self {
            Self::Concepts => "How it works, in a few minutes each.",
            Self::Prerequisites => "The checklist: what must hold, or be accepted, before two versions may overlap.",
            Self::Rollout => {
                "What can happen to users and data while pods are replaced, or with more than one replica."
            }
            Self::Values => {
                "Where Helm, the chart or the API server reads something else than what seems to be written."
            }
            Self::Upgrades => {
                "What goes from today's release and values to the next ones brings about beside what was asked for."
            }
        }
    }

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Concepts => "concepts",
            Self::Prerequisites => "prerequisites",
            Self::Rollout => "rollout",
            Self::Values => "values",
            Self::Upgrades => "upgrades",
        }
    }
}

impl Entry {
    pub(crate) fn of_concept(concept: &Concept) -> Self {
        Self {
            id: concept.id,
            title: concept.title,
            lead: concept.summary.to_owned(),
            group: Group::Concepts,
            severity: None,
            words: prose::words(&[concept.id, concept.text, &concept.table_text()]),
        }
    }

    pub(crate) fn of_finding(finding: &CatalogueEntry) -> Self {
        let group = if finding.prerequisite {
            Group::Prerequisites
        } else if finding.bites.is_empty() && finding.app.is_none() {
            Group::Values
        } else {
            Group::Rollout
        };
        Self {
            id: finding.id,
            title: finding.title,
            lead: first_sentence(finding.explanation).to_owned(),
            group,
            severity: Some(finding.severity),
            words: prose::words(&[finding.id, finding.explanation, finding.why, finding.action]),
        }
    }

    pub(crate) fn of_change(change: &ChangeEntry) -> Self {
        Self {
            id: change.id,
            title: change.title,
            lead: first_sentence(change.why).to_owned(),
            group: Group::Upgrades,
            severity: Some(change.severity),
            words: prose::words(&[change.id, change.why]),
        }
    }
}
