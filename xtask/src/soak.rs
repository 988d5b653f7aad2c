//! The long walk through the page: random edits and clicks, until a leak would show.

use crate::{
    command::{self, Result, Task, run as execute},
    site, test,
};

/// Walks STEPS random steps of a seed in Chromium.
pub(crate) fn task(arguments: &[String]) -> Result<Task> {
    let [seed, steps] = command::numbers(arguments, [1, 5000])
        .map_err(|error| format!("`soak` takes at most a seed and a number of steps: {error}"))?;
    command::task(move || walk(seed, steps))
}

fn walk(seed: u32, steps: u32) -> Result {
    site::build()?;
    execute(
        test::playwright_command()?
            .args(["--project=chromium", "soak.spec.js"])
            .env("ROLLCAST_SEED", seed.to_string())
            .env("ROLLCAST_STEPS", steps.to_string()),
    )
}
