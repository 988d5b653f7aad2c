//! Measuring, into `docs/benchmarks.md`.

use crate::{
    command::{Result, capture, cargo, root, run_and_read, say},
    site, tools,
};
use std::{fs, path::PathBuf};

/// Measures everything; with `--chart DIR`, a copy of the Lobu chart, also `helm template` on it. `lighthouse` lets that
/// judge the page instead, which takes minutes.
pub(crate) fn run(arguments: &[String]) -> Result {
    let chart = match arguments {
        [page] if page == "lighthouse" => return lighthouse(),
        [] => None,
        [flag, chart] if flag == "--chart" => Some(
            PathBuf::from(chart)
                .canonicalize()
                .map_err(|error| format!("cannot open the chart `{chart}`: {error}"))?,
        ),
        _ => return Err("`bench` takes nothing, `--chart DIR` or `lighthouse`".to_owned()),
    };
    site::build()?;
    let browsers = tools::browsers()?;

    say("Measuring the size");
    let sizes = capture(tools::node()?.arg("tests/browser/sizes.mjs"))?;

    say("Measuring the page in Chromium");
    let latency = capture(
        tools::node()?
            .arg("tests/browser/latency.mjs")
            .env("ROLLCAST_CHROMIUM", browsers.chromium)
            .env("ROLLCAST_PORT", site::free_port(4173..4273)?.to_string()),
    )?;

    say("Measuring the core");
    let mut bench = cargo();
    bench.args([
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--package=rollcast-bench",
        "--",
    ]);
    if let Some(chart) = chart {
        bench.arg(tools::helm()?).arg(chart);
    }
    let core = capture(&mut bench)?;

    say("Measuring the simulation");
    let rollouts = capture(cargo().args([
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--package=rollcast-bench",
        "--bin=simulation",
    ]))?;

    write(&[
        ("rollouts", rollouts),
        ("core", core),
        ("page", latency),
        ("size", sizes),
    ])
}

/// Lets Lighthouse judge the built page; below a goal the run fails, and what it measured is in the document all the same.
fn lighthouse() -> Result {
    site::build()?;
    tools::lighthouse_packages()?;
    let browsers = tools::browsers()?;
    say("Running Lighthouse");
    let mut table = String::new();
    let judged = run_and_read(
        tools::node()?
            .arg("tests/lighthouse/lighthouse.mjs")
            .env("ROLLCAST_CHROMIUM", browsers.chromium),
        |line| table.extend([line, "\n"]),
    );
    write(&[("lighthouse", table)])?;
    judged
}

/// Shows the numbers, and writes them between their markers.
fn write(numbers: &[(&str, String)]) -> Result {
    let path = root().join("docs/benchmarks.md");
    let mut text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    for (name, numbers) in numbers {
        print!("{numbers}");
        text = replace(&text, name, numbers)?;
    }
    fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// `text` with what stands between the markers of `name` replaced.
fn replace(text: &str, name: &str, content: &str) -> Result<String> {
    let begin = format!("<!-- {name}: written by `cargo xtask bench` -->\n");
    let end = format!("<!-- end of {name} -->");
    let parts = text
        .split_once(&begin)
        .and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    match parts {
        Some((before, after)) => Ok(format!("{before}{begin}{content}{end}{after}")),
        None => Err(format!("docs/benchmarks.md lacks the markers of `{name}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::replace;

    #[test]
    fn only_the_text_between_the_markers_is_replaced() {
        let text = "a\n<!-- x: written by `cargo xtask bench` -->\nold\n<!-- end of x -->\nb\n";
        let new = "a\n<!-- x: written by `cargo xtask bench` -->\nnew\n<!-- end of x -->\nb\n";
        assert_eq!(replace(text, "x", "new\n").as_deref(), Ok(new));
        assert!(replace(text, "y", "new\n").is_err());
    }
}
