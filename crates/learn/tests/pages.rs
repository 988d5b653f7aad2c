//! The pages as a whole: all there, well-formed, linked, within the policy, and true.

mod html;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use html::{Element, elements, text};
use rollcast_chart::{Key, Release};
use rollcast_core::{
    Baseline, CatalogueExample, Flag, FlagKind, Outcome, Request, VerdictState, catalogue, change_catalogue, evaluate,
};
use rollcast_learn::Page;
use rollcast_share::{Fragment, Side};

/// Assets that stand beside the pages in the built site.
const ASSETS: [&str; 3] = ["learn/learn.css", "learn/learn.js", "learn/icon.svg"];

/// All pages, made once.
fn pages() -> &'static [Page] {
    static PAGES: LazyLock<Vec<Page>> = LazyLock::new(rollcast_learn::pages);
    &PAGES
}

fn by_id() -> BTreeMap<String, &'static Page> {
    pages()
        .iter()
        .map(|page| {
            (
                page.path
                    .trim_end_matches("index.html")
                    .trim_end_matches('/')
                    .to_owned(),
                page,
            )
        })
        .collect()
}

#[test]
fn every_finding_and_every_rule_of_change_has_a_page() {
    let ids: Vec<&str> = catalogue()
        .iter()
        .map(|entry| entry.id)
        .chain(change_catalogue().iter().map(|entry| entry.id))
        .collect();
    let by_id = by_id();
    for id in &ids {
        assert!(by_id.contains_key(*id), "{id} has no page");
    }
    assert_eq!(pages().len(), by_id.len(), "two pages have the same id");
    assert!(pages().len() > ids.len() + 10, "the concepts and the index are missing");
}

#[test]
fn every_key_has_a_place() {
    let elements = elements(&by_id()["values-keys"].html).unwrap();
    let ids: BTreeSet<&str> = elements.iter().filter_map(|element| element.get("id")).collect();
    for key in Key::all() {
        assert!(ids.contains(key.path), "{}", key.path);
    }
}

#[test]
fn pages_are_well_formed_and_keep_to_the_policy() {
    for page in pages() {
        let elements = elements(&page.html).unwrap_or_else(|problem| panic!("{}: {problem}", page.path));
        let mut ids = BTreeSet::new();
        for element in &elements {
            let name = format!("{}: <{}>", page.path, element.name);
            for (attribute, value) in &element.attributes {
                assert_ne!(attribute, "style", "{name}");
                assert!(!attribute.starts_with("on"), "{name} has {attribute}");
                if attribute == "id" {
                    assert!(ids.insert(value.clone()), "{name}: the id {value} is there twice");
                }
            }
            assert_ne!(element.name, "style", "{name}");
            if element.name == "script" {
                assert!(element.text.is_empty(), "{name} is inline");
            }
        }
        let of = |name: &str| elements.iter().filter(|element| element.name == name).count();
        assert_eq!((of("h1"), of("title"), of("main")), (1, 1, 1), "{}", page.path);
        for element in &elements {
            for attribute in ["aria-labelledby", "for"] {
                if let Some(id) = element.get(attribute) {
                    assert!(ids.contains(id), "{}: {attribute} {id} leads nowhere", page.path);
                }
            }
        }
    }
}

#[test]
fn links_resolve() {
    let known: BTreeSet<String> = pages()
        .iter()
        .map(|page| format!("learn/{}", page.path))
        .chain(["index.html".to_owned()])
        .chain(ASSETS.map(str::to_owned))
        .collect();
    for page in pages() {
        let elements = elements(&page.html).unwrap();
        let ids: BTreeSet<&str> = elements.iter().filter_map(|element| element.get("id")).collect();
        for link in elements
            .iter()
            .flat_map(|element| [element.get("href"), element.get("src")])
            .flatten()
        {
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            if path.is_empty() {
                assert!(ids.contains(fragment), "{}: #{fragment} leads nowhere", page.path);
            } else {
                let target = resolved(&format!("learn/{}", page.path), path);
                assert!(
                    known.contains(&target),
                    "{}: {link} leads nowhere ({target})",
                    page.path
                );
            }
        }
    }
}

/// A relative link, seen from a file; a folder means its index.
fn resolved(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path
    }
}

/// The link of each example leads to its request, and the engine's verdict on what the link carries is the one on the page.
#[test]
fn examples_say_what_their_links_show() {
    let pages = by_id();
    let entries = catalogue().into_iter().map(|entry| (entry.id, entry.examples));
    let changes = change_catalogue().into_iter().map(|entry| (entry.id, entry.examples));
    for (id, examples) in entries.chain(changes) {
        let elements = elements(&pages[id].html).unwrap();
        let shown = sections(&elements, "example");
        assert_eq!(shown.len(), examples.len(), "{id}");
        for (shown, example) in shown.iter().zip(&examples) {
            check(id, shown, example);
        }
    }
}

fn check(id: &str, shown: &[&Element], example: &CatalogueExample) {
    let at = format!("{id}, {}", example.name);
    assert!(text(shown).contains(example.name), "{at}");
    let link = shown
        .iter()
        .find_map(|element| element.get("href"))
        .unwrap_or_else(|| panic!("{at}: no link"));
    let request = request(link);
    assert_eq!(request, example.request, "{at}");
    let (state, headline) = match evaluate(&request).outcome {
        Outcome::Rendered(answer) => (answer.verdict.state, answer.verdict.headline),
        Outcome::Refused(failure) => (VerdictState::Refused, failure.what.replace('`', "")),
    };
    let verdict = shown
        .iter()
        .find(|element| element.get("class") == Some("verdict"))
        .unwrap();
    assert_eq!(verdict.get("data-state"), Some(state.name()), "{at}");
    assert!(text(shown).contains(&headline), "{at}: {headline}\n{}", text(shown));
}

/// What the page makes of a link.
fn request(link: &str) -> Request {
    let (_, fragment) = link.split_once('#').unwrap();
    let link = Fragment::read(fragment).link.unwrap().unwrap();
    let Side {
        chart,
        app,
        helm,
        files,
        flags,
    } = link.proposed;
    Request {
        chart,
        app,
        helm,
        values: files,
        set: set(&flags),
        cluster: link.cluster,
        confirmed: link.confirmed,
        applier: link.applier,
        baseline: link.baseline.map(|before| Baseline {
            chart: before.chart,
            app: before.app,
            helm: before.helm,
            values: before.files,
            set: before.flags.as_deref().map(set),
            claim: before.claim,
        }),
        reuse: None,
    }
}

fn set(flags: &str) -> Vec<Flag> {
    let words = shlex::split(flags).unwrap();
    words
        .chunks(2)
        .map(|pair| Flag {
            kind: FlagKind::IN_ORDER
                .into_iter()
                .find(|kind| kind.name() == pair[0])
                .unwrap(),
            arg: pair[1].clone(),
            content: None,
        })
        .collect()
}

/// The elements of each section of a class, in order.
fn sections<'a>(elements: &'a [Element], class: &str) -> Vec<Vec<&'a Element>> {
    let mut sections: Vec<(usize, Vec<&Element>)> = Vec::new();
    let mut open = None;
    for element in elements {
        if element.get("class") == Some(class) {
            open = Some(element.depth);
            sections.push((element.depth, vec![element]));
        } else if open.is_some_and(|depth| element.depth > depth) {
            if let Some((_, section)) = sections.last_mut() {
                section.push(element);
            }
        } else {
            open = None;
        }
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

#[test]
fn the_index_leads_to_every_page() {
    let pages = by_id();
    let elements = elements(&pages[""].html).unwrap();
    let linked: BTreeSet<String> = elements
        .iter()
        .filter_map(|element| element.get("href"))
        .filter_map(|link| link.strip_suffix('/'))
        .map(str::to_owned)
        .collect();
    for id in pages.keys().filter(|id| !id.is_empty()) {
        assert!(linked.contains(id), "{id} is not in the index");
    }
}

#[test]
fn figures_of_rollouts_come_from_the_simulation() {
    let pages = by_id();
    for id in [
        "overlap-window",
        "recreate-gap",
        "access-modes",
        "overlap",
        "outage",
        "rolling-on-rwo",
    ] {
        let elements = elements(&pages[id].html).unwrap();
        let pods = elements
            .iter()
            .filter(|element| element.get("class").is_some_and(|class| class.starts_with("pod ")));
        assert!(pods.count() >= 2, "{id} draws no rollout");
    }
    let deadlock = elements(&pages["access-modes"].html).unwrap();
    let window = |kind| deadlock.iter().any(|element| element.get("data-window") == Some(kind));
    assert!(window("deadlock") && !window("no-ready-endpoint"));
}

/// Whoever holds a copy of the chart finds there which release it is, and what it changed.
#[test]
fn the_page_of_releases_says_what_each_changed() {
    let page = elements(&by_id()["chart-releases"].html).unwrap();
    let said = text(&page.iter().filter(|element| element.name == "main").collect::<Vec<_>>());
    for release in Release::all() {
        for statement in release.changes.iter().chain([&release.tell]) {
            assert!(
                said.contains(&statement.replace('`', "")),
                "{}: {statement}",
                release.id
            );
        }
    }
}

#[test]
fn pages_tell_nothing_of_the_machine_and_nothing_unfinished() {
    for page in pages() {
        let said = page.html.to_lowercase();
        for word in [
            "/root",
            "/home/",
            "/tmp/",
            "/users/",
            "crates/learn",
            "todo",
            "fixme",
            "lorem ipsum",
            "localhost:4",
        ] {
            assert!(!said.contains(word), "{}: {word}", page.path);
        }
        assert!(!page.html.contains(env!("CARGO_MANIFEST_DIR")), "{}", page.path);
    }
}
