//! What the fuzz targets check, over the inputs that fuzzing has kept.

use std::panic::catch_unwind;
use std::path::Path;

use rollcast_corpus::{evaluate, fixes, flags, share, values, yaml};

/// Puts the kept inputs of a target through its check.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(target);
    let mut inputs: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    inputs.sort();
    assert!(inputs.len() > 100, "the kept inputs are gone");
    let mut failed = Vec::new();
    for input in &inputs {
        let data = std::fs::read(input).unwrap();
        if catch_unwind(|| check(&data)).is_err() {
            failed.push(format!("{}: {}", input.display(), String::from_utf8_lossy(&data)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn yaml_holds() {
    replay("yaml", yaml::check);
}

#[test]
fn values_hold() {
    replay("values", values::check);
}

#[test]
fn flags_hold() {
    replay("flags", flags::check);
}

#[test]
fn fixes_hold() {
    replay("fixes", fixes::check);
}

#[test]
fn links_hold() {
    replay("share", share::check);
}

#[test]
fn answers_hold() {
    replay("evaluate", evaluate::check);
}

/// The targets are built, described and tested, and no other.
#[test]
fn every_target_has_its_place() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let names = |folder: &str| {
        let entries = std::fs::read_dir(fuzz.join(folder)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    };
    let targets = names("fuzz_targets");
    assert_eq!(targets, names("corpus"));
    let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    let text = std::fs::read_to_string(fuzz.join("../docs/fuzzing.md")).unwrap();
    let itself = include_str!("corpus.rs");
    for target in &targets {
        assert!(manifest.contains(&format!("\nname = \"{target}\"\n")), "{target}");
        let lines = text.lines().filter(|line| line.starts_with(&format!("| `{target}` |")));
        assert!(
            lines.count() > 1,
            "docs/fuzzing.md says what {target} checks and how long it ran"
        );
        assert!(itself.contains(&format!("replay(\"{target}\", ")), "{target}");
    }
}
