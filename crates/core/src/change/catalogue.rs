//! The rules of change as they are taught.

use serde::Serialize;

use super::ChangeKind;
use super::rule::Example;
use super::rules::REGISTRY;
use crate::{Baseline, CatalogueExample, Request, Severity, ValuesFile};

/// A rule of change as it is taught: everything about it that does not depend on a request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ChangeEntry {
    /// Its id, kebab-case, stable.
    pub id: &'static str,
    /// A short title.
    pub title: &'static str,
    /// What kind of thing it usually is.
    pub kind: ChangeKind,
    /// How bad it usually is.
    pub severity: Severity,
    /// Why it matters.
    pub why: &'static str,
    /// Where the fact comes from.
    pub source: &'static str,
    /// Upgrades that show it, and such that narrowly do not: each a request with a baseline.
    pub examples: Vec<CatalogueExample>,
}

/// Every rule of change there is.
#[must_use]
pub fn change_catalogue() -> Vec<ChangeEntry> {
    REGISTRY
        .iter()
        .map(|rule| ChangeEntry {
            id: rule.id,
            title: rule.title,
            kind: rule.kind,
            severity: rule.severity,
            why: rule.why,
            source: rule.source,
            examples: rule
                .examples
                .iter()
                .map(|example| CatalogueExample {
                    name: example.name,
                    request: example.request(),
                    expected: example.expected,
                })
                .collect(),
        })
        .collect()
}

impl Example {
    /// The request it stands for.
    pub(super) fn request(&self) -> Request {
        let file = |name: &str, text: &str| {
            vec![ValuesFile {
                name: name.to_owned(),
                text: text.to_owned(),
            }]
        };
        Request {
            chart: self.to.to_owned(),
            values: file("values.yaml", self.then.unwrap_or(self.values)),
            applier: self.applier,
            baseline: Some(Baseline {
                chart: Some(self.from.to_owned()),
                values: Some(file("today.yaml", self.values)),
                ..Baseline::default()
            }),
            ..Request::default()
        }
    }
}
