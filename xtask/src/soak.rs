//! The long walk through the page: random edits and clicks, until a leak would show.

use crate::{
    command::{Result, run as execute},
    site, test,
};

/// Walks STEPS random steps of a seed in Chromium.
pub(crate) fn run(arguments: &[String]) -> Result {
    let (seed, steps) = match arguments {
        [] => ("1", "5000"),
        [seed] => (seed.as_str(), "5000"),
        [seed, steps] => (seed.as_str(), steps.as_str()),
        _ => return Err("`soak` takes at most a seed and a number of steps".to_owned()),
    };
    site::build()?;
    execute(
        test::playwright_command()?
            .args(["--project=chromium", "soak.spec.js"])
            .env("ROLLCAST_SEED", seed)
            .env("ROLLCAST_STEPS", steps),
    )
}
