//! `witnessed SEED COUNT`: prints random rollouts with the sequences that our simulation gives, one JSON object a line,
//! for `cargo xtask witness`.
#![forbid(unsafe_code)]

use std::io::Write as _;
use std::process::ExitCode;

use rollcast_rollouts::Configuration;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match print(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("witnessed: {error}");
            ExitCode::from(2)
        }
    }
}

fn print(arguments: &[String]) -> Result<(), String> {
    let [seed, count] = arguments else {
        return Err("give a seed and a count".to_owned());
    };
    let seed = seed.parse().map_err(|error| format!("seed `{seed}`: {error}"))?;
    let count = count.parse().map_err(|error| format!("count `{count}`: {error}"))?;
    let mut out = std::io::stdout().lock();
    for configuration in Configuration::random(seed, count)? {
        let line = serde_json::to_string(&configuration).map_err(|error| error.to_string())?;
        writeln!(out, "{line}").map_err(|error| error.to_string())?;
    }
    Ok(())
}
