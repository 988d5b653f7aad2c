//! Whatever is taken from others has its reason in docs/dependencies.md, and what has a reason there is taken.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file of this name in the repository, but those of packages and builds.
fn files(folder: &Path, name: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let file = entry.file_name();
        if entry.file_type().unwrap().is_dir() {
            if !["target", "node_modules", "dist", ".git"].contains(&file.to_str().unwrap()) {
                files(&path, name, found);
            }
        } else if file == name {
            found.push(path);
        }
    }
}

fn texts(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    files(&root(), name, &mut found);
    assert!(found.len() > 2, "{found:?}");
    found
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

/// The names in the tables of dependencies of a Cargo.toml, without our own crates.
fn crates(manifest: &str) -> impl Iterator<Item = String> {
    let mut inside = false;
    manifest.lines().filter_map(move |line| {
        if line.starts_with('[') {
            inside = line.trim_end_matches(']').ends_with("dependencies");
            return None;
        }
        let name = line.split([' ', '.', '=']).next().filter(|_| inside)?;
        let is_name = name.starts_with(|char: char| char.is_ascii_lowercase());
        (is_name && !name.starts_with("rollcast")).then(|| name.to_owned())
    })
}

fn packages(description: &str) -> Vec<String> {
    let description: Value = serde_json::from_str(description).unwrap();
    ["dependencies", "devDependencies"]
        .iter()
        .filter_map(|kind| description[kind].as_object())
        .flat_map(|table| table.keys().cloned())
        .collect()
}

/// The names in the first column of the document's tables: `name`, or `name*` for all that begin so.
fn explained() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("docs/dependencies.md")).unwrap();
    let cells = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    cells
        .flat_map(|cell| cell.split('`').step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| !name.is_empty())
        .collect()
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    }
}

#[test]
fn every_dependency_has_a_line_and_every_line_a_dependency() {
    let taken: BTreeSet<String> = texts("Cargo.toml")
        .iter()
        .flat_map(|manifest| crates(manifest).collect::<Vec<_>>())
        .chain(texts("package.json").iter().flat_map(|text| packages(text)))
        .collect();
    assert!(taken.len() > 40, "{taken:?}");
    let explained = explained();
    let unexplained: Vec<&String> = taken
        .iter()
        .filter(|name| !explained.iter().any(|pattern| matches(pattern, name)))
        .collect();
    assert!(unexplained.is_empty(), "docs/dependencies.md lacks {unexplained:?}");
    // Tools are programs that the tasks install.
    let tools = ["trunk", "cargo-deny", "cargo-fuzz", "serde_norway"];
    let gone: Vec<&String> = explained
        .iter()
        .filter(|pattern| !tools.contains(&pattern.as_str()) && !taken.iter().any(|name| matches(pattern, name)))
        .collect();
    assert!(
        gone.is_empty(),
        "docs/dependencies.md explains {gone:?}, which nothing uses"
    );
}
