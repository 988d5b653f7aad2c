//! The name of each state of a report, as its JSON has it, and the word that page, Learn and command line show for it.

use crate::{PrerequisiteState, Severity, VerdictState, When};

impl VerdictState {
    /// Its name, as in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::NeedsConfirmation => "needs-confirmation",
            Self::Unsafe => "unsafe",
            Self::Outage => "outage",
            Self::Deadlock => "deadlock",
            Self::Refused => "refused",
        }
    }

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Safe => "Safe",
            Self::NeedsConfirmation => "Needs confirmation",
            Self::Unsafe => "Unsafe",
            Self::Outage => "Outage",
            Self::Deadlock => "Deadlock",
            Self::Refused => "Refused",
        }
    }
}

impl PrerequisiteState {
    /// Its name, as in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Unmet => "unmet",
            Self::Confirm => "confirm",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "Met",
            Self::Unmet => "Not met",
            Self::Confirm => "Confirm",
            Self::NotApplicable => "Does not apply",
        }
    }
}

impl Severity {
    /// Its name, as in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "Error",
            Self::Warning => "Warning",
            Self::Info => "Note",
        }
    }
}

impl When {
    /// When it bites, to follow on a verb.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Overlap => "while old and new pods overlap",
            Self::Gap => "while no endpoint is ready",
            Self::Replicas => "all the time with more than one replica",
            Self::Restart => "at every restart of a pod",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_json() {
        let verdicts = [
            VerdictState::Safe,
            VerdictState::NeedsConfirmation,
            VerdictState::Unsafe,
            VerdictState::Outage,
            VerdictState::Deadlock,
            VerdictState::Refused,
        ];
        for state in verdicts {
            assert_eq!(serde_json::json!(state), state.name());
        }
        let prerequisites = [
            PrerequisiteState::Met,
            PrerequisiteState::Unmet,
            PrerequisiteState::Confirm,
            PrerequisiteState::NotApplicable,
        ];
        for state in prerequisites {
            assert_eq!(serde_json::json!(state), state.name());
        }
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            assert_eq!(serde_json::json!(severity), severity.name());
        }
    }
}
