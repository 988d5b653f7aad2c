//! What the fuzz target `yaml` checks, over the inputs that fuzzing has kept (docs/fuzzing.md).

#[path = "../../../fuzz/checks/yaml.rs"]
mod checks;

use std::path::Path;

#[test]
fn kept_inputs_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/yaml");
    let mut inputs: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    inputs.sort();
    assert!(inputs.len() > 100, "the kept inputs are gone");
    let mut failed = Vec::new();
    for input in &inputs {
        let data = std::fs::read(input).unwrap();
        if std::panic::catch_unwind(|| checks::check(&data)).is_err() {
            failed.push(format!("{}: {}", input.display(), String::from_utf8_lossy(&data)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
