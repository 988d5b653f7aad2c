//! The comparisons that the documents name, with what stands for something filled in.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_comparisons_of_the_documents_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let recording = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recording.jsonl");
    let first = rollcast_parity::KEPT.lines().next().unwrap();
    fs::write(&recording, first).unwrap();
    let mut count = 0;
    for document in ["docs/parity.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root.join(document)).unwrap();
        for command in text.split("cargo xtask parity ").skip(1) {
            let end = command.find(['`', '#', '\n']).unwrap();
            let words: Vec<&str> = command[..end].split_whitespace().collect();
            if words.is_empty() {
                continue;
            }
            count += 1;
            let words = words.into_iter().map(|word| match word {
                "<id>" => "7.1.0".as_ref(),
                "FILE…" => recording.as_os_str(),
                word => word.as_ref(),
            });
            let output = Command::new(env!("CARGO_BIN_EXE_parity")).args(words).output().unwrap();
            assert!(output.status.success(), "{document}: {}: {output:?}", &command[..end]);
        }
    }
    assert_eq!(count, 2);
}
