//! The one-screen conclusion.

use rollcast_rollout::{Strategy, WindowKind};

use crate::findings::{Situation, unsafe_by};
use crate::outlooks::length;
use crate::words::{self, count, during, likely};
use crate::{Finding, Outlook, PrerequisiteState, Verdict, VerdictState};

pub(crate) fn verdict(situation: &Situation<'_>, findings: &[Finding]) -> Verdict {
    let state = state(situation, findings);
    Verdict {
        state,
        headline: headline(situation),
        consequence: consequence(situation),
    }
}

fn state(situation: &Situation<'_>, findings: &[Finding]) -> VerdictState {
    if let Some(state) = by_forecast(situation) {
        state
    } else if findings.iter().any(unsafe_by) {
        VerdictState::Unsafe
    } else if findings
        .iter()
        .any(|finding| finding.state == Some(PrerequisiteState::Confirm))
    {
        VerdictState::NeedsConfirmation
    } else {
        VerdictState::Safe
    }
}

/// The state where the rollout itself decides it, whatever else there is to say.
pub(crate) fn by_forecast(situation: &Situation<'_>) -> Option<VerdictState> {
    let occurs = |kind| situation.length(kind).is_some();
    if situation.strategy.is_none() {
        Some(VerdictState::Refused)
    } else if occurs(WindowKind::Deadlock) {
        Some(VerdictState::Deadlock)
    } else if occurs(WindowKind::NoReadyEndpoint) || situation.replicas() == 0 {
        Some(VerdictState::Outage)
    } else {
        None
    }
}

/// "RollingUpdate, maxSurge 1, maxUnavailable 0", with what percentages come to.
pub(crate) fn headline(situation: &Situation<'_>) -> String {
    let Some(strategy) = situation.strategy else {
        return "The API server refuses the Deployment".to_owned();
    };
    let Some(limits) = strategy.limits(situation.replicas()) else {
        return match situation.replicas() {
            1 => "Recreate".to_owned(),
            replicas => format!("Recreate, {}", count(replicas, "replica")),
        };
    };
    let unset = if situation.rendered.app.strategy.is_none() {
        " (Kubernetes' default, 25 % each)"
    } else {
        ""
    };
    format!(
        "RollingUpdate, maxSurge {}, maxUnavailable {}{unset}",
        limits.surge, limits.unavailable
    )
}

/// "2 pods overlap for 28–46 s; no gap."
pub(crate) fn consequence(situation: &Situation<'_>) -> String {
    let replicas = situation.replicas();
    if situation.strategy.is_none() {
        return situation
            .manifest
            .rejections
            .first()
            .map_or_else(String::new, |rejection| format!("The upgrade fails: {rejection}."));
    }
    if replicas == 0 {
        return "No pod runs.".to_owned();
    }
    match situation.outlooks {
        [] => match situation.strategy {
            Some(Strategy::Recreate) => "Every pod stops before the first new one starts.".to_owned(),
            _ => "Old and new pods overlap.".to_owned(),
        },
        [only] => sentence(only, replicas, ""),
        [worst, others @ ..] => {
            let mut text = sentence(worst, replicas, &format!("If {}: ", worst.title));
            for other in others {
                text.push(' ');
                text.push_str(&sentence(other, replicas, &format!("If {}: ", other.title)));
            }
            text
        }
    }
}

/// One outlook in one sentence.
fn sentence(outlook: &Outlook, replicas: u32, before: &str) -> String {
    let forecast = &outlook.forecast;
    let mut parts = Vec::new();
    let stuck = length(forecast, WindowKind::Deadlock).is_some();
    if stuck {
        parts.push("the rollout never finishes".to_owned());
    } else if let Some(overlap) = length(forecast, WindowKind::Overlap) {
        let who = if replicas == 1 {
            "2 pods overlap".to_owned()
        } else {
            format!("old and new pods overlap, up to {} at once,", forecast.peak_pods.latest)
        };
        parts.push(format!("{who} {}{}", during(overlap), likely(overlap)));
    }
    if length(forecast, WindowKind::TwoWriters).is_some() {
        parts.push("both versions can write to the workspaces".to_owned());
    }
    parts.push(match length(forecast, WindowKind::NoReadyEndpoint) {
        None if stuck => "the old version goes on serving".to_owned(),
        None => "no gap".to_owned(),
        Some(gap) => format!("no pod is ready {}{}", during(gap), likely(gap)),
    });
    let text = parts.join("; ");
    if before.is_empty() {
        words::sentence(&text)
    } else {
        format!("{before}{text}.")
    }
}
