//! Learn: a page for every finding, rule of change and concept, with an address of its own.
//!
//! The pages are made when Rollcast is built and need neither WebAssembly nor a script. What they say of findings and
//! rules of change is what the engine says: [`rollcast_core::catalogue`] and [`rollcast_core::change_catalogue`] are their
//! source, and the verdict of every example is evaluated while its page is written. Only the concepts have texts of their
//! own, in `src/concepts/`.
#![forbid(unsafe_code)]

mod change;
mod concepts;
mod entry;
mod example;
mod figure;
mod finding;
mod icon;
mod index;
mod layout;
mod link;
mod prose;
mod words;

use entry::Entry;
use rollcast_core::{catalogue, change_catalogue};

/// A page, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it stands in the folder of all pages, with `/` between folders: `outage/index.html`.
    pub path: String,
    /// The whole document.
    pub html: String,
}

/// Every page: the index, then concepts, findings and rules of change in their own order.
#[must_use]
pub fn pages() -> Vec<Page> {
    let findings = catalogue();
    let changes = change_catalogue();
    let entries: Vec<Entry> = concepts::ALL
        .iter()
        .map(Entry::of_concept)
        .chain(findings.iter().map(Entry::of_finding))
        .chain(changes.iter().map(Entry::of_change))
        .collect();
    let page = |id: &str, html: String| Page {
        path: format!("{id}/index.html"),
        html,
    };
    let mut pages = vec![Page {
        path: "index.html".to_owned(),
        html: index::html(&entries),
    }];
    pages.extend(
        concepts::ALL
            .iter()
            .map(|concept| page(concept.id, concepts::html(concept, &entries))),
    );
    pages.extend(
        findings
            .iter()
            .map(|finding| page(finding.id, finding::html(finding, &entries))),
    );
    pages.extend(
        changes
            .iter()
            .map(|change| page(change.id, change::html(change, &entries))),
    );
    pages
}
