//! The index of everything there is to learn.

use maud::{Markup, html};
use rollcast_core::Severity;

use crate::entry::{Entry, Group};
use crate::layout::{Place, document};
use crate::{icon, prose};

const DESCRIPTION: &str = "Every finding and concept of Rollcast with its reasons, examples and ways out: rolling deploys of \
                           the Lobu Helm chart, Helm's reading of values, Kubernetes rollouts.";

pub(crate) fn html(entries: &[Entry]) -> String {
    let main = html! {
        header class="page-head" {
            h1 { "Learn" }
            p class="lead" {
                "What Rollcast can say, and what you need to know to judge it, on " (entries.len()) " pages. Their examples \
                 were evaluated when the pages were made, and open in Rollcast to be changed."
            }
        }
        search class="search" hidden {
            label for="search" { "Search these pages" }
            input id="search" type="search" autocomplete="off" spellcheck="false"
                placeholder="telegram, 503, Multi-Attach, preStop …";
            p id="search-status" role="status" {}
        }
        nav class="sections" aria-label="Sections" {
            ul { @for group in Group::ALL { li { a href={ "#" (group.key()) } { (group.title()) } } } }
        }
        @for group in Group::ALL {
            section class="group" aria-labelledby=(group.key()) {
                h2 id=(group.key()) tabindex="-1" { (group.title()) }
                p { (group.lead()) }
                ul class="entries" {
                    @for entry in entries.iter().filter(|entry| entry.group == group) { (item(entry)) }
                }
            }
        }
    };
    document(Place::Index, "Learn", DESCRIPTION, &main)
}

fn item(entry: &Entry) -> Markup {
    html! {
        li class="entry" data-severity=[entry.severity.map(Severity::name)] data-words=(entry.words) {
            @match entry.severity {
                Some(severity) => (icon::severity(severity)),
                None => (icon::concept()),
            }
            div {
                a href={ (entry.id) "/" } { (prose::sentence(entry.title)) }
                @if let Some(severity) = entry.severity { span class="entry-word" { (severity.word()) } }
                p { (prose::sentence(&entry.lead)) }
            }
        }
    }
}
