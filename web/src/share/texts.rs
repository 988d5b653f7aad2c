//! What can be taken away as a text.

use rollcast_core::{Report, markdown};
use rollcast_share::{Reduced, set_flags};

use crate::state::Draft;

/// What differs from the chart's defaults, as a values file to lay over them.
pub(crate) fn overlay(reduced: &Reduced) -> String {
    let (mut text, flags) = reduced.overlay();
    if !flags.is_empty() {
        text.push_str("# Numbers that a file would print with an exponent are flags:\n");
        for flag in flags {
            text.push_str(&format!("#   {flag}\n"));
        }
    }
    if text.is_empty() {
        text.push_str("# Nothing differs from the chart's defaults.\n");
    }
    text
}

/// The same as flags, for a shell.
pub(crate) fn flags(reduced: &Reduced) -> String {
    set_flags(&reduced.kept).join(" \\\n  ")
}

/// The report, for people who decide about the change.
pub(crate) fn report(draft: &Draft, report: &Report) -> String {
    markdown(&draft.request(), report)
}

/// The report, for programs.
pub(crate) fn json(report: &Report) -> String {
    // A report has only texts for keys and finite numbers, so it can be written.
    serde_json::to_string_pretty(report).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rollcast_values::{Map, Origin, read};

    use super::*;

    fn reduced(text: &str) -> Reduced {
        let map = read(text.as_bytes(), Origin::Default).unwrap().map;
        rollcast_share::reduce(&map, &Map::new(), &|_| true)
    }

    #[test]
    fn an_overlay_is_values_and_flags_are_a_shells() {
        let some = reduced("app: {replicaCount: 2, env: {A: b c}}");
        assert_eq!(overlay(&some), "app:\n  env:\n    A: b c\n  replicaCount: 2\n");
        assert_eq!(flags(&some), "--set 'app.env.A=b c' \\\n  --set app.replicaCount=2");
    }

    #[test]
    fn nothing_is_said_to_be_nothing() {
        assert!(overlay(&reduced("")).starts_with("# Nothing"));
        assert_eq!(flags(&reduced("")), "");
    }
}
