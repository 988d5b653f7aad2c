//! `rollouts [FILE…]`: compares the simulation with recorded rollouts; without a file, with the ones kept here.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use rollcast_rollouts::Comparison;

const KEPT: &str = include_str!("../data/rollouts.jsonl");

fn main() -> ExitCode {
    let mut comparison = Comparison::default();
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    for file in &files {
        match std::fs::read_to_string(file) {
            Ok(text) => comparison.add(&text),
            Err(error) => {
                eprintln!("rollouts: {}: {error}", file.display());
                return ExitCode::from(2);
            }
        }
    }
    if files.is_empty() {
        comparison.add(KEPT);
    }
    for line in &comparison.disagreements {
        println!("{line}");
    }
    println!("rollouts: {} of {} agree", comparison.agree, comparison.total);
    if comparison.is_unanimous() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
