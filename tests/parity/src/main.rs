//! Compares Rollcast with recorded answers of the real Helm.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use rollcast_chart::Release;
use rollcast_parity::{Comparison, KEPT};

const HELP: &str = "\
parity [--release ID]… [FILE…]

Compares Rollcast with recorded answers of the real Helm, one JSON object a line; without a FILE, with the recordings kept
in this repository. --release looks at that chart release only and can be repeated. The exit status is 0 if everything
agrees, 1 if something does not, 2 if there is nothing to compare.";

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("parity: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, String> {
    let mut comparison = Comparison::default();
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--help" | "-h" => {
                println!("{HELP}");
                return Ok(true);
            }
            "--release" => {
                let id = arguments.next().ok_or("--release needs the id of a chart release")?;
                comparison.only.push(release(&id)?.id);
            }
            option if option.starts_with('-') => return Err(format!("unknown option {option}; --help lists them")),
            file => files.push(file.to_owned()),
        }
    }
    for file in &files {
        comparison.add(&std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?);
    }
    if files.is_empty() {
        comparison.add(KEPT);
    }
    report(&comparison);
    if comparison.total().cases == 0 {
        return Err("there was nothing to compare".to_owned());
    }
    Ok(comparison.is_unanimous())
}

fn release(id: &str) -> Result<&'static Release, String> {
    Release::all().iter().find(|release| release.id == id).ok_or_else(|| {
        let ids: Vec<&str> = Release::all().iter().map(|release| release.id).collect();
        format!("there is no chart release {id:?}; there are {}", ids.join(", "))
    })
}

fn report(comparison: &Comparison) {
    for line in &comparison.disagreements {
        println!("{line}");
    }
    println!(
        "{:<10} {:>6} {:>15} {:>15} {:>15}",
        "release", "cases", "alike", "fields equal", "messages equal"
    );
    for release in Release::all() {
        if let Some(tally) = comparison.releases.get(release.id) {
            let of = |part: usize, whole: usize| format!("{part}/{whole}");
            println!(
                "{:<10} {:>6} {:>15} {:>15} {:>15}",
                release.id,
                tally.cases,
                of(tally.alike, tally.cases),
                of(tally.fields, tally.accepted),
                of(tally.messages, tally.refused)
            );
        }
    }
    println!("{}", comparison.total());
}
