use rollcast_core::{PrerequisiteState, Severity, VerdictState};
use yew::prelude::*;

/// The shapes that carry a state beside its word and its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Check,
    Question,
    Warning,
    Cross,
    Pause,
    Lock,
    Forbidden,
    Unreadable,
    Info,
    Dash,
    Play,
    Previous,
    Next,
}

impl Icon {
    pub(crate) const fn verdict(state: VerdictState) -> Self {
        match state {
            VerdictState::Safe => Self::Check,
            VerdictState::NeedsConfirmation => Self::Question,
            VerdictState::Unsafe => Self::Warning,
            VerdictState::Outage => Self::Pause,
            VerdictState::Deadlock => Self::Lock,
            VerdictState::Refused => Self::Forbidden,
        }
    }

    pub(crate) const fn prerequisite(state: PrerequisiteState) -> Self {
        match state {
            PrerequisiteState::Met => Self::Check,
            PrerequisiteState::Unmet => Self::Cross,
            PrerequisiteState::Confirm => Self::Question,
            PrerequisiteState::NotApplicable => Self::Dash,
        }
    }

    pub(crate) const fn severity(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Cross,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }

    /// Whether a circle is drawn around it.
    const fn round(self) -> bool {
        !matches!(
            self,
            Self::Warning | Self::Lock | Self::Unreadable | Self::Play | Self::Previous | Self::Next
        )
    }

    /// Its strokes in a square of 24.
    const fn path(self) -> &'static str {
        match self {
            Self::Check => "M7.5 12.5l3 3 6-6.5",
            Self::Question => "M9.3 9.6a2.8 2.8 0 1 1 3.9 2.6c-.8.4-1.2 1-1.2 1.8M12 17v.01",
            Self::Warning => "M12 3.5L22 20.5H2zM12 10v4.5M12 17.3v.01",
            Self::Cross => "M8.5 8.5l7 7m0-7l-7 7",
            Self::Pause => "M9.5 8.5v7m5-7v7",
            Self::Lock => "M5.5 10.5h13v10h-13zM8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2.5",
            Self::Forbidden => "M5.3 5.3l13.4 13.4",
            Self::Unreadable => "M13.5 3H6v18h12V7.5zM13.5 3v4.5H18M9.5 12l5 5m0-5l-5 5",
            Self::Info => "M12 11v5.5M12 7.7v.01",
            Self::Dash => "M8 12h8",
            Self::Play => "M7 4.5l12 7.5-12 7.5z",
            Self::Previous => "M18 5l-9 7 9 7zM6 5v14",
            Self::Next => "M6 5l9 7-9 7zM18 5v14",
        }
    }

    /// The picture; the word beside it says the same, so it is hidden from assistive technology.
    pub(crate) fn html(self) -> Html {
        html! {
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                if self.round() {
                    <circle cx="12" cy="12" r="9.5" />
                }
                <path d={self.path()} />
            </svg>
        }
    }
}
