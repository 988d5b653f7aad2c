//! What the dependencies bring along: licences, known advisories, duplicates, sources.

use crate::{
    command::{Result, command, run},
    tools,
};

/// Checks all crates, or only the kinds of checks that are named. Advisories come from the network, and an old tree can
/// fail them without a change.
pub(crate) fn check(kinds: &[String]) -> Result {
    let deny = tools::cargo_deny()?;
    run(command(deny).args(["--all-features", "--locked", "check"]).args(kinds))
}
