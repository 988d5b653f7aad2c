//! The page of a rule of change.

use maud::{Markup, html};
use rollcast_core::{ChangeEntry, ChangeItem, Procedure};

use crate::entry::Entry;
use crate::example::Shown;
use crate::layout::{Place, code, document};
use crate::{concepts, icon, prose, words};

pub(crate) fn html(entry: &ChangeEntry, entries: &[Entry]) -> String {
    let (severity, word) = (entry.severity.name(), entry.severity.word());
    let examples: Vec<Shown> = entry.examples.iter().map(Shown::of).collect();
    let ways = examples
        .iter()
        .flat_map(|shown| shown.items(entry.id))
        .map(|item| item.ways.as_slice())
        .find(|ways| !ways.is_empty());
    let main = html! {
        article data-severity=(severity) {
            header class="page-head" {
                p class="kind" {
                    span class="severity" { (icon::severity(entry.severity)) " " (word) }
                    span { (words::change(entry.kind)) }
                }
                h1 { (entry.title) }
                p class="lead" { (prose::sentence(entry.why)) }
            }
            @if let Some(ways) = ways { (ways_out(ways)) }
            h2 { "Where it applies" }
            dl class="facts" {
                dt { "Source" } dd { (entry.source) }
                dt { "Id" } dd { code { (entry.id) } }
            }
            h2 { "Examples" }
            @for (at, shown) in examples.iter().enumerate() {
                (shown.html(at + 1, &said(entry.id, shown)))
            }
            (concepts::related(entry.id, entries))
        }
    };
    document(Place::Below, entry.title, prose::first_sentence(entry.why), &main)
}

fn ways_out(ways: &[Procedure]) -> Markup {
    html! {
        h2 { "Ways out" }
        ul class="ways" {
            @for way in ways {
                li {
                    h3 { (prose::sentence(&way.title)) }
                    @if let Some(line) = way.fix.as_ref().and_then(|fix| fix.flag_line.as_ref()) { (code(line, "Flags")) }
                    ol {
                        @for step in &way.steps {
                            li {
                                (prose::sentence(&step.what))
                                @if let Some(command) = &step.command { (code(command, "Command")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What the rule says of an example.
fn said(id: &str, shown: &Shown) -> Markup {
    let mut items = shown.items(id).peekable();
    html! {
        @if items.peek().is_none() {
            p class="said none" { "This does not happen here." }
        }
        @for item in items { (statement(item)) }
    }
}

fn statement(item: &ChangeItem) -> Markup {
    let (severity, word) = (item.severity.name(), item.severity.word());
    html! {
        div class="said" data-severity=(severity) {
            p class="said-word" { (icon::severity(item.severity)) " " (word) ": " (prose::sentence(&item.title)) }
            p { (prose::sentence(&item.what)) }
            @if let Some(message) = &item.message {
                pre tabindex="0" role="group" aria-label="The message" { code { (message) } }
            }
        }
    }
}
