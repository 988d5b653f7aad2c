//! Every recorded rollout comes out as recorded.

use rollcast_rollouts::Comparison;

const KEPT: &str = include_str!("../data/rollouts.jsonl");

#[test]
fn all_agree() {
    let mut comparison = Comparison::default();
    comparison.add(KEPT);
    assert_eq!(comparison.disagreements, Vec::<String>::new());
    assert_eq!((comparison.agree, comparison.total), (200, 200));
}

#[test]
fn a_file_that_is_named_is_compared() {
    let program = env!("CARGO_BIN_EXE_rollouts");
    let compare = |files: &[&str]| std::process::Command::new(program).args(files).output().unwrap();
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/data/rollouts.jsonl");
    let output = compare(&[here]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "rollouts: 200 of 200 agree\n");
    assert_eq!(compare(&["no-such-file"]).status.code(), Some(2));
}

#[test]
fn a_wrong_figure_is_found() {
    let line = KEPT.lines().next().expect("there are recordings");
    let mut comparison = Comparison::default();
    comparison.add(&line.replace("\"peakPods\": 2", "\"peakPods\": 3"));
    assert_eq!(comparison.disagreements, ["r21-0000: peakPods: expected 3, got 2"]);
    assert!(!comparison.is_unanimous());
}

#[test]
fn a_line_that_cannot_be_read_is_a_disagreement() {
    let mut comparison = Comparison::default();
    comparison.add("{}\n");
    assert_eq!((comparison.agree, comparison.total), (0, 1));
}
