//! Comparing rollouts with an outside witness, a port of Kubernetes' controllers to TypeScript.

use crate::{
    command::{Result, capture, cargo, run as execute, say},
    tools,
};
use std::{fs, process::Stdio};

/// Compares COUNT random rollouts of a seed.
pub(crate) fn run(arguments: &[String]) -> Result {
    let (seed, count) = match arguments {
        [] => ("1", "24"),
        [seed] => (seed.as_str(), "24"),
        [seed, count] => (seed.as_str(), count.as_str()),
        _ => return Err("`witness` takes at most a seed and a count".to_owned()),
    };
    let mut node = tools::node()?;
    tools::witness_packages()?;
    say("Simulating");
    let ours = capture(cargo().args([
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--package=rollcast-rollouts",
        "--bin=witnessed",
        "--",
        seed,
        count,
    ]))?;
    let file = crate::command::target().join("witnessed.jsonl");
    fs::write(&file, ours).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    let input = fs::File::open(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    say("Comparing with the port");
    execute(
        node.args([
            "--import",
            "./tests/witness/extensionless.mjs",
            "tests/witness/witness.mjs",
        ])
        .stdin(Stdio::from(input)),
    )
}
