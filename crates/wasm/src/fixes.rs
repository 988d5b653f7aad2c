use rollcast_core::{Failure, Offer, Outcome, Request, evaluate, offers};
use serde::Serialize;
use tsify::Tsify;

/// What there is to change.
#[derive(Debug, Serialize, Tsify)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub(crate) enum Fixes {
    /// Helm renders.
    Rendered {
        /// What is offered, for findings, for what an upgrade does and for goals.
        offers: Vec<Offer>,
    },
    /// Helm refuses, or the request cannot be read.
    Refused(Failure),
}

impl Fixes {
    pub(crate) fn of(request: &Request) -> Self {
        let report = evaluate(request);
        let offers = offers(&report);
        match report.outcome {
            Outcome::Rendered(_) => Self::Rendered { offers },
            Outcome::Refused(failure) => Self::Refused(failure),
        }
    }
}
