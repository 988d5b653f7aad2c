//! The tasks of this repository. `cargo xtask help` lists them; each installs the tools it needs and misses.
#![forbid(unsafe_code)]

mod bench;
mod built;
mod command;
mod deny;
#[cfg(test)]
mod documents;
mod editor;
mod files;
mod hosting;
mod module;
mod parts;
mod release;
mod seal;
mod site;
mod small;
mod soak;
mod test;
mod tools;
mod visual;
mod witness;
#[cfg(test)]
mod workflows;

use command::{Result, Task};
use std::process::ExitCode;

const HELP: &str = "\
Tasks of Rollcast.

  cargo xtask serve [PORT]          build the page and serve it on this machine (port 8080, or the next free one)
  cargo xtask test [GROUP]…         run all tests, or one group: native, module, browser, release
  cargo xtask build                 build the page into dist/
  cargo xtask module                build the npm module into target/npm/rollcast/
  cargo xtask parity [ARGUMENT]…    compare with recorded answers of the real Helm (ARGUMENT --help says more)
  cargo xtask rollouts [ARGUMENT]…  compare with recorded rollouts
  cargo xtask witness [SEED [COUNT]]
                                    compare random rollouts with a port of Kubernetes' controllers (1, 24); minutes
  cargo xtask bench [--chart DIR] [PART]…
                                    measure, and write the numbers into docs/benchmarks.md: rollouts, webassembly,
                                    core, ratios, fleet, page, size; all for everything;
                                    DIR is a copy of the Lobu chart, to compare with `helm template`
  cargo xtask bench lighthouse      let Lighthouse judge the page, and write that there too; minutes
  cargo xtask bench playgrounds     compare sizes and load times with the engines of other playgrounds; minutes
  cargo xtask soak [SEED [STEPS]]   walk through the page at random and look for leaks and wrong answers (1, 5000); an hour
  cargo xtask visual [--update]     compare screenshots of the page with the references, or write new ones
  cargo xtask deny [KIND]…          check all crates, or one kind: advisories, bans, licenses, sources
  cargo xtask release --dry-run     rehearse a release: crates, npm package, program for this platform, deployed site;
                                    `release crates`, `npm`, `binaries [TARGET]` or `notes` does one of them in earnest

Needed: rustup, Node.js 20 or later with npm, and Python 3 with pip for the real Helm. The rest is installed on first use
into rollcast/tools in the user's cache folder; browsers come from the system's package manager.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match understand(&arguments).and_then(|task| task()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the arguments ask for. What is wrong with them is said before anything is built.
fn understand(arguments: &[String]) -> Result<Task> {
    let (task, rest) = match arguments.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("help", arguments),
    };
    match task {
        "serve" => site::serve(rest),
        "test" => test::task(rest),
        "build" => none(rest, || site::build().map(drop)),
        "module" => none(rest, || module::build().map(drop)),
        "parity" => test::compare("parity", rest),
        "rollouts" => test::compare("rollouts", rest),
        "witness" => witness::task(rest),
        "deny" => deny::task(rest),
        "release" => release::task(rest),
        "bench" => bench::task(rest),
        "soak" => soak::task(rest),
        "visual" => visual::task(rest),
        "help" | "-h" | "--help" => none(&[], || {
            print!("{HELP}");
            Ok(())
        }),
        _ => Err(format!("there is no task `{task}`; `cargo xtask help` lists them")),
    }
}

fn none(arguments: &[String], run: fn() -> Result) -> Result<Task> {
    match arguments.first() {
        None => command::task(run),
        Some(argument) => Err(format!(
            "unexpected argument `{argument}`; `cargo xtask help` lists the tasks"
        )),
    }
}
