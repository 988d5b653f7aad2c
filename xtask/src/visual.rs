//! What the page looks like, against references.

use crate::{
    command::{self, Result, Task, run as execute},
    site, test,
};

/// Compares screenshots with the references, or writes new ones with `--update`.
pub(crate) fn task(arguments: &[String]) -> Result<Task> {
    let update = match arguments {
        [] => false,
        [flag] if flag == "--update" => true,
        _ => return Err("`visual` takes nothing or `--update`".to_owned()),
    };
    command::task(move || look(update))
}

fn look(update: bool) -> Result {
    site::build()?;
    let mut tests = test::playwright_command()?;
    tests
        .args(["--project=chromium", "visual.spec.js"])
        .env("ROLLCAST_VISUAL", "1");
    if update {
        tests.arg("--update-snapshots");
    }
    execute(&mut tests)
}
