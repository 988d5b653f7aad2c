//! The page of a finding.

use maud::{Markup, html};
use rollcast_core::{CatalogueEntry, Finding, PrerequisiteState};

use crate::entry::Entry;
use crate::example::Shown;
use crate::figure::{self, Figure};
use crate::layout::{Place, code, document};
use crate::{concepts, icon, prose};

pub(crate) fn html(entry: &CatalogueEntry, entries: &[Entry]) -> String {
    let (severity, word) = (entry.severity.name(), entry.severity.word());
    let examples: Vec<Shown> = entry.examples.iter().map(Shown::of).collect();
    let main = html! {
        article data-severity=(severity) {
            header class="page-head" {
                p class="kind" {
                    span class="severity" { (icon::severity(entry.severity)) " " (word) }
                    @if entry.prerequisite { span { "Prerequisite of a rolling deploy" } }
                }
                h1 { (entry.title) }
                p class="lead" { (prose::sentence(entry.explanation)) }
            }
            @if let Some(figure) = Figure::of(entry.id) { (figure.html()) }
            h2 { "Why it matters" }
            p { (prose::sentence(entry.why)) }
            h2 { "What to do" }
            p { (prose::sentence(entry.action)) }
            @if !entry.verify.is_empty() {
                h2 { "How to check on a live system" }
                @for check in &entry.verify {
                    p { (prose::sentence(&check.how)) }
                    (code(&check.command, "Command"))
                }
            }
            h2 { "Where it applies" }
            dl class="facts" {
                dt { "Charts" } dd { (capital(&entry.releases)) }
                dt { "App" } dd { @if let Some(app) = &entry.app { (capital(app)) } @else { "Every version" } }
                @if !entry.bites.is_empty() {
                    dt { "When it bites" }
                    dd { (capital(&entry.bites.iter().map(|when| when.words()).collect::<Vec<_>>().join("; "))) }
                }
                dt { "Source" } dd { (entry.source) }
                dt { "Id" } dd { code { (entry.id) } }
            }
            h2 { "Examples" }
            @for (at, shown) in examples.iter().enumerate() {
                (shown.html(at + 1, &said(entry, shown)))
            }
            @if let Some(shown) = examples.iter().find(|shown| shows(entry, shown)) {
                (figure::outlook(shown))
            }
            (concepts::related(entry.id, entries))
        }
    };
    document(
        Place::Below,
        entry.title,
        prose::first_sentence(entry.explanation),
        &main,
    )
}

/// Whether an example's rollout is worth drawing: the finding bites in a window of it.
fn shows(entry: &CatalogueEntry, shown: &Shown) -> bool {
    entry.bites.iter().any(|when| when.window().is_some()) && shown.findings(entry.id).next().is_some()
}

/// What the finding says of an example.
fn said(entry: &CatalogueEntry, shown: &Shown) -> Markup {
    let mut findings = shown.findings(entry.id).peekable();
    html! {
        @if findings.peek().is_none() {
            p class="said none" { "This finding does not appear here." }
        }
        @for finding in findings { (statement(finding)) }
    }
}

fn statement(finding: &Finding) -> Markup {
    let (severity, severity_word) = (finding.severity.name(), finding.severity.word());
    html! {
        div class="said" data-severity=(severity) data-state=[finding.state.map(PrerequisiteState::name)] {
            p class="said-word" {
                @match finding.state {
                    Some(state) => { (icon::prerequisite(state)) " " (state.word()) }
                    None => { (icon::severity(finding.severity)) " " (severity_word) }
                }
            }
            p { (prose::sentence(&finding.what)) }
        }
    }
}

/// With a capital at the beginning.
fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    format!(
        "{}{}",
        first.map_or_else(String::new, String::from),
        characters.as_str()
    )
}
