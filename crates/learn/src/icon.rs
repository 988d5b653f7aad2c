//! The shapes that carry a state beside its word and its colour: the page's own.

use maud::{Markup, html};
use rollcast_core::{PrerequisiteState, Severity, VerdictState};

pub(crate) fn verdict(state: VerdictState) -> Markup {
    match state {
        VerdictState::Safe => round(CHECK),
        VerdictState::NeedsConfirmation => round(QUESTION),
        VerdictState::Unsafe => plain(WARNING),
        VerdictState::Outage => round("M9.5 8.5v7m5-7v7"),
        VerdictState::Deadlock => plain("M5.5 10.5h13v10h-13zM8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2.5"),
        VerdictState::Refused => round("M5.3 5.3l13.4 13.4"),
    }
}

pub(crate) fn prerequisite(state: PrerequisiteState) -> Markup {
    round(match state {
        PrerequisiteState::Met => CHECK,
        PrerequisiteState::Unmet => CROSS,
        PrerequisiteState::Confirm => QUESTION,
        PrerequisiteState::NotApplicable => "M8 12h8",
    })
}

pub(crate) fn severity(severity: Severity) -> Markup {
    match severity {
        Severity::Error => round(CROSS),
        Severity::Warning => plain(WARNING),
        Severity::Info => round("M12 11v5.5M12 7.7v.01"),
    }
}

/// What has no severity: an open book.
pub(crate) fn concept() -> Markup {
    plain("M12 6.5C9.5 4.7 6.5 4.5 3.5 5v13.5c3-.5 6-.3 8.5 1.5 2.5-1.8 5.5-2 8.5-1.5V5c-3-.5-6-.3-8.5 1.5zM12 6.5V20")
}

const CHECK: &str = "M7.5 12.5l3 3 6-6.5";
const QUESTION: &str = "M9.3 9.6a2.8 2.8 0 1 1 3.9 2.6c-.8.4-1.2 1-1.2 1.8M12 17v.01";
const WARNING: &str = "M12 3.5L22 20.5H2zM12 10v4.5M12 17.3v.01";
const CROSS: &str = "M8.5 8.5l7 7m0-7l-7 7";

/// Strokes in a square of 24 with a circle around them.
fn round(path: &str) -> Markup {
    icon(html! { circle cx="12" cy="12" r="9.5" {} path d=(path) {} })
}

fn plain(path: &str) -> Markup {
    icon(html! { path d=(path) {} })
}

/// The word beside it says the same, so it is hidden from assistive technology.
fn icon(content: Markup) -> Markup {
    html! { svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" { (content) } }
}
