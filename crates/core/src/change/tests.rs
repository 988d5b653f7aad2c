use std::collections::BTreeSet;
use std::path::Path;

use super::rule::Example;
use super::rules::REGISTRY;
use super::*;
use crate::evaluate;

fn shown(example: &Example) -> Change {
    match evaluate(&example.request()).change {
        Some(ChangeOutcome::Compared(change)) => *change,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_file_is_a_rule_named_like_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/change/rules");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().replace('_', "-"))
        .filter(|name| name != "mod")
        .collect();
    let ids: BTreeSet<String> = REGISTRY.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(files, ids);
    assert_eq!(ids.len(), REGISTRY.len(), "an id is registered twice");
}

#[test]
fn every_rule_is_explained() {
    for rule in REGISTRY {
        for (what, text) in [("title", rule.title), ("why", rule.why), ("source", rule.source)] {
            assert!(!text.is_empty() && !text.contains("  "), "{}: {what}", rule.id);
        }
        assert!(rule.why.ends_with('.') && !rule.title.ends_with('.'), "{}", rule.id);
        assert!(rule.examples.iter().any(|example| example.expected > 0), "{}", rule.id);
        assert!(rule.examples.iter().any(|example| example.expected == 0), "{}", rule.id);
    }
}

/// The examples of a rule yield it exactly as often as they say, with something on both sides, unless Helm refuses one.
#[test]
fn examples_yield_what_they_say() {
    let mut wrong = Vec::new();
    for rule in REGISTRY {
        for example in rule.examples {
            let change = shown(example);
            let items: Vec<&ChangeItem> = change.items.iter().filter(|item| item.id == rule.id).collect();
            if items.len() != example.expected {
                let whats: Vec<&str> = items.iter().map(|item| item.what.as_str()).collect();
                wrong.push(format!("{}, {}: {} {whats:?}", rule.id, example.name, items.len()));
            }
            for item in items {
                assert!(
                    rule.id == "helm-refuses" || !item.before.is_empty() && !item.after.is_empty(),
                    "{}, {}",
                    rule.id,
                    example.name
                );
                assert!(item.what.ends_with('.'), "{}: {}", rule.id, item.what);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
