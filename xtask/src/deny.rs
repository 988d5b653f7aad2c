//! What the dependencies bring along: licences, known advisories, duplicates, sources.

use crate::{
    command::{self, Result, Task, command, run},
    tools,
};

const KINDS: [&str; 4] = ["advisories", "bans", "licenses", "sources"];

/// Checks all crates, or only the kinds of checks that are named. Advisories come from the network, and an old tree can
/// fail them without a change.
pub(crate) fn task(kinds: &[String]) -> Result<Task> {
    if let Some(unknown) = kinds.iter().find(|kind| !KINDS.contains(&kind.as_str())) {
        return Err(format!(
            "there is no kind `{unknown}`: the kinds are {}",
            KINDS.join(", ")
        ));
    }
    let kinds = kinds.to_vec();
    command::task(move || {
        run(command(tools::cargo_deny()?)
            .args(["--all-features", "--locked", "check"])
            .args(kinds))
    })
}
