//! Texts: code in sentences, first sentences, the words of a search.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html::push_html};

/// The tables at the top of the chart's values: a word that begins with one of them and a dot is a key.
const TABLES: [&str; 12] = [
    "app",
    "database",
    "embeddings",
    "image",
    "ingress",
    "migrations",
    "pdb",
    "releaseGates",
    "secrets",
    "service",
    "smokeTest",
    "worker",
];

/// A sentence of the engine: what stands in backticks, and keys of the values, as code.
pub(crate) fn sentence(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 {
                code { (part) }
            } @else {
                @for word in part.split_inclusive(' ') {
                    @let (key, rest) = key(word);
                    @if key.is_empty() { (rest) } @else { code { (key) } (rest) }
                }
            }
        }
    }
}

/// Splits a word into the key it is, if it is one, and the rest.
fn key(word: &str) -> (&str, &str) {
    let end = word
        .find(|character: char| !(character.is_ascii_alphanumeric() || "._[]".contains(character)))
        .unwrap_or(word.len());
    let path = word[..end].trim_end_matches('.');
    let is_key = path
        .split_once('.')
        .is_some_and(|(table, key)| TABLES.contains(&table) && key != "yaml" && !key.is_empty());
    if is_key { word.split_at(path.len()) } else { ("", word) }
}

/// The text up to its first full stop.
pub(crate) fn first_sentence(text: &str) -> &str {
    text.match_indices(". ")
        .map(|(at, _)| at + 1)
        .find(|end| !text[..*end].ends_with("e.g.") && !text[..*end].ends_with("i.e."))
        .map_or(text, |end| &text[..end])
}

/// What there is to read in a piece of a page. Characters that are escaped stay so.
pub(crate) fn text(markup: &Markup) -> String {
    let tags = markup.0.split('<');
    tags.filter_map(|tag| Some(tag.split_once('>')?.1))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The different words of texts, in lower case.
pub(crate) fn words(texts: &[&str]) -> String {
    let words: BTreeSet<String> = texts
        .iter()
        .flat_map(|text| text.split(|character: char| !(character.is_alphanumeric() || "-_.".contains(character))))
        .map(|word| word.trim_matches(['-', '_', '.']).to_lowercase())
        .filter(|word| word.chars().count() > 2)
        .collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// A concept's text. A link whose target is a bare id leads to that page; where its text is the id, too, it shows the
/// page's title instead.
pub(crate) fn markdown<'a>(text: &'a str, title_of: impl Fn(&str) -> Option<&'a str>) -> Markup {
    let mut events: Vec<Event<'a>> = Parser::new_ext(text, Options::ENABLE_TABLES).collect();
    for at in 0..events.len() {
        let Event::Start(Tag::Link { dest_url, .. }) = &mut events[at] else {
            continue;
        };
        let id = std::mem::replace(dest_url, target(dest_url));
        if let Some(Event::Text(shown)) = events.get_mut(at + 1)
            && *shown == id
            && let Some(title) = title_of(&id)
        {
            *shown = title.into();
        }
    }
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    PreEscaped(html)
}

fn target(link: &str) -> CowStr<'static> {
    if link.contains(['/', ':', '#']) {
        link.to_owned().into()
    } else {
        format!("../{link}/").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_backticks_become_code() {
        assert_eq!(
            sentence("Set app.strategy, or `helm <x>`; values.yaml stays.").into_string(),
            "Set <code>app.strategy</code>, or <code>helm &lt;x&gt;</code>; values.yaml stays."
        );
        assert_eq!(
            sentence("Leave app.strategy.").into_string(),
            "Leave <code>app.strategy</code>."
        );
    }

    #[test]
    fn a_first_sentence_ends_with_its_full_stop() {
        assert_eq!(first_sentence("About app.env. More."), "About app.env.");
        assert_eq!(first_sentence("Only one."), "Only one.");
    }

    #[test]
    fn tags_are_nothing_to_read() {
        let markup = PreEscaped("<dt id=\"a\"><code>app.env</code></dt><dd>Variables.</dd>".to_owned());
        assert_eq!(words(&[&text(&markup)]), "app.env variables");
    }

    #[test]
    fn words_are_told_once() {
        assert_eq!(
            words(&["The pod, the POD:", "app.strategy (it)."]),
            "app.strategy pod the"
        );
    }

    #[test]
    fn bare_links_lead_to_pages() {
        let title = |id: &str| (id == "peak").then_some("More pods");
        for (text, link) in [
            ("[gap](recreate-gap)", "<a href=\"../recreate-gap/\">gap</a>"),
            ("[peak](peak)", "<a href=\"../peak/\">More pods</a>"),
            (
                "[there](https://example.org/)",
                "<a href=\"https://example.org/\">there</a>",
            ),
        ] {
            assert_eq!(markdown(text, title).into_string(), format!("<p>{link}</p>\n"));
        }
    }
}
