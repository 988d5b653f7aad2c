use serde::Serialize;

use super::Fix;
use crate::{ChangeOutcome, Outcome, Report};

/// Fixes, and what they are for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// The id of a finding, of a change item or of a goal.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// The first choice first; never empty.
    pub fixes: Vec<Fix>,
}

/// Everything a report offers: for findings, for what an upgrade does, for goals. Nothing where Helm refuses.
#[must_use]
pub fn offers(report: &Report) -> Vec<Offer> {
    let Outcome::Rendered(answer) = &report.outcome else {
        return Vec::new();
    };
    let mut offers: Vec<Offer> = answer
        .findings
        .iter()
        .map(|finding| Offer {
            id: finding.id,
            title: finding.title.clone(),
            fixes: finding.fixes.clone(),
        })
        .collect();
    if let Some(ChangeOutcome::Compared(change)) = &report.change {
        offers.extend(change.items.iter().map(|item| Offer {
            id: item.id,
            title: item.title.clone(),
            fixes: item.ways.iter().filter_map(|way| way.fix.clone()).collect(),
        }));
    }
    offers.extend(answer.goals.iter().map(|goal| Offer {
        id: goal.id,
        title: goal.title.to_owned(),
        fixes: goal.fix.iter().cloned().collect(),
    }));
    offers.retain(|offer| !offer.fixes.is_empty());
    offers
}
