use rollcast_chart::Rendered;
use rollcast_core::{Failure, Outcome, Request, evaluate_without_fixes};
use serde::Serialize;
use tsify::Tsify;

/// What Helm prints.
#[derive(Debug, Serialize, Tsify)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub(crate) enum Rendering {
    /// Helm renders.
    Rendered(Box<Rendered>),
    /// Helm refuses, or the request cannot be read.
    Refused(Failure),
}

impl Rendering {
    pub(crate) fn of(request: &Request) -> Self {
        match evaluate_without_fixes(request).outcome {
            Outcome::Rendered(answer) => Self::Rendered(Box::new(answer.rendered)),
            Outcome::Refused(failure) => Self::Refused(failure),
        }
    }
}
