//! Comparing rollouts with an outside witness, a port of Kubernetes' controllers to TypeScript.

use crate::{
    command::{self, Result, Task, capture, cargo, run as execute, say},
    tools,
};
use std::{fs, process::Stdio};

/// Compares COUNT random rollouts of a seed.
pub(crate) fn task(arguments: &[String]) -> Result<Task> {
    let [seed, count] = command::numbers(arguments, [1, 24])
        .map_err(|error| format!("`witness` takes at most a seed and a count: {error}"))?;
    command::task(move || compare(seed, count))
}

fn compare(seed: u32, count: u32) -> Result {
    let mut node = tools::node()?;
    tools::witness_packages()?;
    say("Simulating");
    let ours = capture(
        cargo()
            .args(["run", "--quiet", "--release", "--locked"])
            .args(["--package=rollcast-rollouts", "--bin=witnessed", "--"])
            .args([seed.to_string(), count.to_string()]),
    )?;
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
