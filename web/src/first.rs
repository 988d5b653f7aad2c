//! The first part of the WebAssembly: while the page itself is still on its way, strategy and rollout of what is typed already.
//!
//! It knows one file and nothing else, and writes into the page's first drawing ([`crate::opening`]) in place of the
//! verdict on an empty text.

use gloo::events::EventListener;
use rollcast_core::{Location, ValuesFile, VerdictState, conclude};
use web_sys::Element;

use crate::browser;
use crate::opening;
use crate::view::{Fact, facts};
use crate::words;

/// Follows the text of the first drawing, as long as it lives.
pub(crate) fn follow(page: &Element) -> Option<EventListener> {
    let field = opening::field(page)?;
    let tell = {
        let (page, field) = (page.clone(), field.clone());
        move || tell(&page, &Answer::about(field.value()))
    };
    if !field.value().is_empty() {
        tell();
    }
    Some(EventListener::new(&field, "input", move |_| tell()))
}

/// What is said of a text.
#[derive(Debug, PartialEq)]
struct Answer {
    /// A name; empty where it takes the whole answer to tell.
    state: &'static str,
    word: &'static str,
    headline: String,
    consequence: String,
    facts: Option<[Fact; 4]>,
}

impl Answer {
    fn about(text: String) -> Self {
        let file = ValuesFile {
            name: "values.yaml".to_owned(),
            text,
        };
        match conclude(vec![file]) {
            Ok(conclusion) => Self {
                state: conclusion.state.map_or("", VerdictState::name),
                word: conclusion.state.map_or("Not checked yet", VerdictState::word),
                headline: conclusion.headline,
                consequence: conclusion.consequence,
                facts: conclusion.forecast.as_ref().map(facts),
            },
            Err(failure) => Self {
                state: "unreadable",
                word: words::stage(failure.stage),
                consequence: match failure.location {
                    Some(Location { line, column, .. }) => format!("Line {line}, column {column}. {}", failure.action),
                    None => failure.action,
                },
                headline: failure.what,
                facts: None,
            },
        }
    }
}

fn tell(page: &Element, answer: &Answer) {
    let write = |selector: &str, text: &str| {
        if let Some(element) = browser::within(page, selector) {
            element.set_text_content(Some(text));
        }
    };
    write(".verdict-word span", answer.word);
    write(".verdict-headline", &answer.headline);
    write(".verdict-consequence", &answer.consequence.replace('`', ""));
    for (at, (_, value)) in answer.facts.iter().flatten().enumerate() {
        write(&format!(".facts > :nth-child({}) dd", at + 1), value);
    }
    // A sound name is never refused.
    let mark = |element: Option<Element>, name: &str, value: &str| {
        drop(element.map(|element| element.set_attribute(name, value)))
    };
    for part in [".bar", ".verdict"] {
        mark(browser::within(page, part), "data-state", answer.state);
    }
    mark(Some(page.clone()), "data-verdict", "");
    // What explains another verdict would contradict this one; it goes when the live page takes its place.
    mark(browser::within(page, "#place-behind > .place"), "data-outdated", "");
    if let Some(facts) = browser::within(page, ".facts") {
        let _ = facts.toggle_attribute_with_force("hidden", answer.facts.is_none());
    }
    // It is that of another state.
    if let Some(icon) = browser::within(page, ".verdict-word svg") {
        icon.remove();
    }
    if let Some(notice) = browser::host("opening") {
        notice.set_text_content(Some("The rest of the answer comes as soon as Rollcast has loaded."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_its_verdict() {
        let answer = Answer::about(
            "app: {replicaCount: 2, strategy: {type: RollingUpdate}, workspaces: {accessModes: [ReadWriteMany]}}\n"
                .to_owned(),
        );
        assert_eq!(answer.headline, "RollingUpdate, maxSurge 1, maxUnavailable 0");
        assert_eq!(
            answer.facts.map(|facts| facts[0].clone()),
            Some(("No ready endpoint", "none".to_owned()))
        );
    }

    #[test]
    fn what_helm_cannot_read_has_its_place() {
        let answer = Answer::about("app:\n  a: [\n".to_owned());
        assert_eq!(
            (answer.state, answer.word),
            ("unreadable", "Helm cannot read this file")
        );
        assert!(answer.consequence.starts_with("Line "), "{}", answer.consequence);
        assert_eq!(answer.facts, None);
    }
}
