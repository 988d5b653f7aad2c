//! All tests, in groups that can be run alone; the first failure ends the run.

use crate::{
    built,
    command::{self, Result, Task, cargo, command, root, run as execute, run_and_read, say, target},
    editor, hosting, release, site, tools,
};
use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

/// One step of the tests; it gives the number of tests it ran, when it counts any.
struct Step {
    group: &'static str,
    name: &'static str,
    run: fn() -> Result<Option<usize>>,
}

const STEPS: &[Step] = &[
    step("native", "format", format),
    step("native", "clippy", clippy),
    step("native", "clippy for WebAssembly", clippy_wasm),
    step("native", "tests of the crates", crates),
    step("native", "parity with the real Helm", || {
        counted(&mut compare_command("parity")?)
    }),
    step("native", "recorded rollouts", || {
        counted(&mut compare_command("rollouts")?)
    }),
    step("native", "speed in ratios", speed),
    step("module", "npm module in Node.js, a bundle and a page", npm_module),
    step("module", "its TypeScript types", typescript),
    step("module", "SARIF, workflows and the look at a host", node_tests),
    step("browser", "types of the editor", || editor::check().map(|()| None)),
    step("browser", "page and its size", page),
    step("browser", "page in Chromium and Firefox", playwright),
    step("release", "crates as they are published", || {
        release::crates(true).map(|()| None)
    }),
    step("release", "npm package as it is published", || {
        release::npm(true).map(|()| None)
    }),
    step("release", "program for this platform", || {
        release::program().map(|()| None)
    }),
    step("release", "site as it is deployed", hosting::rehearse),
];

const fn step(group: &'static str, name: &'static str, run: fn() -> Result<Option<usize>>) -> Step {
    Step { group, name, run }
}

/// Runs the groups named in `groups`, all of them when it names none.
pub(crate) fn task(groups: &[String]) -> Result<Task> {
    if let Some(unknown) = groups
        .iter()
        .find(|group| STEPS.iter().all(|step| step.group != **group))
    {
        return Err(format!(
            "there is no group `{unknown}`: the groups are native, module, browser and release"
        ));
    }
    let groups = groups.to_vec();
    command::task(move || run(&groups))
}

fn run(groups: &[String]) -> Result {
    let chosen: Vec<&Step> = STEPS
        .iter()
        .filter(|step| groups.is_empty() || groups.iter().any(|group| group == step.group))
        .collect();
    let mut summary = Vec::new();
    let mut failure = None;
    for step in &chosen {
        if failure.is_some() {
            summary.push(format!("  not run  {:8} {}", step.group, step.name));
            continue;
        }
        say(&format!("{}: {}", step.group, step.name));
        let start = Instant::now();
        let outcome = (step.run)();
        let word = if outcome.is_ok() { "passed" } else { "FAILED" };
        summary.push(line(
            word,
            step,
            start.elapsed(),
            outcome.as_ref().ok().copied().flatten(),
        ));
        failure = outcome.err();
    }
    eprintln!("\n{}", summary.join("\n"));
    match failure {
        None => Ok(()),
        Some(error) => Err(error),
    }
}

fn line(word: &str, step: &Step, took: Duration, tests: Option<usize>) -> String {
    let tests = tests.map_or_else(String::new, |tests| format!(", {tests} tests"));
    format!(
        "  {word}   {:8} {} ({} s{tests})",
        step.group,
        step.name,
        took.as_secs()
    )
}

fn format() -> Result<Option<usize>> {
    execute(cargo().args(["fmt", "--all", "--check"])).map(|()| None)
}

fn clippy() -> Result<Option<usize>> {
    execute(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ]))
    .map(|()| None)
}

fn clippy_wasm() -> Result<Option<usize>> {
    tools::wasm_target()?;
    execute(cargo().args([
        "clippy",
        "--locked",
        "--target=wasm32-unknown-unknown",
        "--package=rollcast-wasm",
        "--package=rollcast-web",
        "--",
        "-D",
        "warnings",
    ]))
    .map(|()| None)
}

fn crates() -> Result<Option<usize>> {
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--locked"]);
    // Tests that ask the real Helm skip themselves, loudly, without it.
    tests.env("ROLLCAST_HELM", tools::helm()?);
    counted(&mut tests)
}

/// Runs one of the comparisons, with the caller's arguments.
pub(crate) fn compare(name: &'static str, arguments: &[String]) -> Result<Task> {
    let arguments = arguments.to_vec();
    command::task(move || execute(compare_command(name)?.args(arguments)))
}

fn compare_command(name: &str) -> Result<Command> {
    let mut comparison = released(name)?;
    comparison.arg("--");
    Ok(comparison)
}

/// Runs a package of the workspace, optimised.
fn released(name: &str) -> Result<Command> {
    let mut command = cargo();
    // The flags of the released program, which is built of the same crates.
    command.env("CARGO_ENCODED_RUSTFLAGS", site::without_build_paths()?);
    command.args(["run", "--quiet", "--release", "--locked"]);
    command.arg(format!("--package=rollcast-{name}"));
    Ok(command)
}

fn speed() -> Result<Option<usize>> {
    execute(released("bench")?.arg("--bin=ratios")).map(|()| None)
}

fn npm_module() -> Result<Option<usize>> {
    // As a user would, from what would be published.
    let tarball = built::tarball()?;
    let consumer = root().join("tests/package");
    // npm leaves a package alone whose version it has installed already, and this one's does not change.
    let installed = consumer.join("node_modules");
    if installed.exists() {
        fs::remove_dir_all(&installed).map_err(|error| format!("cannot clear {}: {error}", installed.display()))?;
    }
    execute(
        tools::npm()
            .args(["install", "--no-save", "--no-package-lock"])
            .arg(tarball)
            .current_dir(&consumer),
    )?;
    let browsers = tools::browsers()?;
    counted(
        tools::node()?
            .args(["--test", "--test-reporter=spec"])
            .env("ROLLCAST_CHROMIUM", browsers.chromium)
            .current_dir(&consumer),
    )
}

fn typescript() -> Result<Option<usize>> {
    let compiler = tools::npm_tools()?.join(".bin/tsc");
    execute(command(compiler).args(["--noEmit", "--project", "tests/package"])).map(|()| None)
}

/// What JavaScript's libraries judge best: the command line's SARIF, the workflows, and the hosting's scripts.
fn node_tests() -> Result<Option<usize>> {
    tools::npm_tools()?;
    execute(cargo().args(["build", "--quiet", "--locked", "--package", "rollcast"]))?;
    let program = target()
        .join("debug")
        .join(format!("rollcast{}", std::env::consts::EXE_SUFFIX));
    counted(
        tools::node()?
            .args([
                "--test",
                "--test-reporter=spec",
                "tests/hosting/",
                "tests/cli/",
                "tests/workflows/",
            ])
            .env("ROLLCAST", program),
    )
}

fn page() -> Result<Option<usize>> {
    built::page()?;
    execute(tools::node()?.arg("tests/browser/sizes.mjs")).map(|()| None)
}

fn playwright() -> Result<Option<usize>> {
    counted(&mut playwright_command()?)
}

/// Playwright on the built page, to be given more arguments.
pub(crate) fn playwright_command() -> Result<Command> {
    let modules = tools::npm_tools()?;
    let browsers = tools::browsers()?;
    let mut tests = tools::node()?;
    tests
        .arg(modules.join("@playwright/test/cli.js"))
        .args(["test", "--config", "tests/browser"])
        .env("ROLLCAST_CHROMIUM", browsers.chromium)
        .env("ROLLCAST_FIREFOX", browsers.firefox)
        .env("ROLLCAST_PORT", site::free_port(4173..4273)?.to_string());
    Ok(tests)
}

/// Runs tests and counts those that passed.
pub(crate) fn counted(tests: &mut Command) -> Result<Option<usize>> {
    let mut total = None;
    run_and_read(tests, |line| {
        if let Some(passed) = passed(line) {
            *total.get_or_insert(0) += passed;
        }
    })?;
    Ok(total)
}

/// The number of passed tests in a summary line of cargo (`test result: ok. 3 passed; …`), Node.js (`ℹ pass 3`) or
/// Playwright (`3 passed (4.0s)`).
fn passed(line: &str) -> Option<usize> {
    let line = line.trim_start();
    let rest = line
        .strip_prefix("test result: ok. ")
        .or_else(|| line.strip_prefix("ℹ pass "))
        .unwrap_or(line);
    let (number, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_summary = rest.starts_with("passed") || line.starts_with("ℹ pass ");
    number.parse().ok().filter(|_| is_summary)
}

#[cfg(test)]
mod tests {
    use super::passed;

    #[test]
    fn summary_lines_are_counted_and_others_are_not() {
        assert_eq!(
            passed("test result: ok. 12 passed; 0 failed; 0 ignored; finished in 0.1s"),
            Some(12)
        );
        assert_eq!(passed("ℹ pass 5"), Some(5));
        assert_eq!(passed("  34 passed (36.0s)"), Some(34));
        assert_eq!(passed("test result: FAILED. 1 passed; 1 failed"), None);
        assert_eq!(passed("running 3 tests"), None);
        assert_eq!(passed("pass 3"), None);
    }
}
