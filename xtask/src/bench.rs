//! Measuring, into `docs/benchmarks.md`.

use crate::{
    built,
    command::{self, Result, Task, capture, cargo, root, run as execute, run_and_read, say, target},
    site, tools,
};
use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

/// A part of the document, and what measures it.
struct Part {
    name: &'static str,
    measure: fn(Option<&Path>) -> Result<String>,
}

const PARTS: [Part; 7] = [
    Part {
        name: "rollouts",
        measure: |_| binary("simulation", Vec::new()),
    },
    Part {
        name: "webassembly",
        measure: |_| webassembly(),
    },
    Part {
        name: "core",
        measure: |chart| binary("rollcast-bench", helm(chart)?),
    },
    Part {
        name: "ratios",
        measure: |_| binary("ratios", Vec::new()),
    },
    Part {
        name: "fleet",
        measure: fleet,
    },
    Part {
        name: "page",
        measure: |_| page(),
    },
    Part {
        name: "size",
        measure: |_| size(),
    },
];

/// Measures the parts that are named, or everything; with `--chart DIR`, a copy of the Lobu chart, also `helm template` on
/// it. `lighthouse` lets that judge the page instead, and `playgrounds` compares with others, which takes minutes each; `all`
/// does everything.
pub(crate) fn task(arguments: &[String]) -> Result<Task> {
    let (chart, names) = match arguments {
        [page] if page == "lighthouse" => return command::task(lighthouse),
        [others] if others == "playgrounds" => return command::task(playgrounds),
        [flag, chart, names @ ..] if flag == "--chart" => {
            let chart = PathBuf::from(chart)
                .canonicalize()
                .map_err(|error| format!("cannot open the chart `{chart}`: {error}"))?;
            (Some(chart), names)
        }
        names => (None, names),
    };
    let all = matches!(names, [all] if all == "all");
    let names = if all { &[] } else { names };
    if let Some(unknown) = names.iter().find(|name| PARTS.iter().all(|part| part.name != **name)) {
        return Err(format!(
            "there is nothing to measure that is called `{unknown}`: give `--chart DIR` first, then any of {}, or `all`; or `lighthouse` or `playgrounds` alone",
            PARTS.map(|part| part.name).join(", ")
        ));
    }
    let names = names.to_vec();
    command::task(move || {
        for part in PARTS {
            if names.is_empty() || names.iter().any(|name| name == part.name) {
                say(&format!("Measuring: {}", part.name));
                write(part.name, &(part.measure)(chart.as_deref())?)?;
            }
        }
        if all {
            playgrounds()?;
            lighthouse()?;
        }
        Ok(())
    })
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
    write("lighthouse", &table)?;
    judged
}

/// Sizes and load times of the engines of other playgrounds and of Rollcast, in the same browser.
fn playgrounds() -> Result {
    built::page()?;
    built::tarball()?;
    tools::playground_packages()?;
    say("Loading the engines of playgrounds");
    let table = capture(
        tools::node()?
            .arg("tests/playgrounds/playgrounds.mjs")
            .env("ROLLCAST_CHROMIUM", tools::browsers()?.chromium)
            .env("ROLLCAST_MODULE", target().join("npm").join("rollcast")),
    )?;
    write("playgrounds", &table)
}

/// Shows the numbers, and writes them between their markers.
fn write(name: &str, numbers: &str) -> Result {
    print!("{numbers}");
    let path = root().join("docs/benchmarks.md");
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    fs::write(&path, replace(&text, name, numbers)?)
        .map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// What one of the programs of `tests/bench` prints.
fn binary(name: &str, arguments: Vec<OsString>) -> Result<String> {
    let mut bench = cargo();
    bench.args(["run", "--quiet", "--release", "--locked", "--package=rollcast-bench"]);
    bench.arg(format!("--bin={name}")).arg("--").args(arguments);
    capture(&mut bench)
}

/// The simulation as the page has it: WebAssembly, optimised for size, in the engine that Chromium and Node.js share.
fn webassembly() -> Result<String> {
    tools::wasi_target()?;
    execute(cargo().args([
        "build",
        "--quiet",
        "--locked",
        "--profile=web",
        "--target=wasm32-wasip1",
        "--package=rollcast-bench",
        "--bin=simulation",
    ]))?;
    let program = target().join("wasm32-wasip1").join("web").join("simulation.wasm");
    capture(
        tools::node()?
            .args(["--no-warnings", "tests/bench/wasi.mjs"])
            .arg(program),
    )
}

/// The real Helm and the chart to compare with, where there is a chart.
fn helm(chart: Option<&Path>) -> Result<Vec<OsString>> {
    match chart {
        Some(chart) => Ok(vec![tools::helm()?.into(), chart.into()]),
        None => Ok(Vec::new()),
    }
}

/// Many values files in one call of the command line.
fn fleet(chart: Option<&Path>) -> Result<String> {
    execute(cargo().args(["build", "--quiet", "--release", "--locked", "--package=rollcast"]))?;
    let program = target()
        .join("release")
        .join(format!("rollcast{}", std::env::consts::EXE_SUFFIX));
    let mut arguments = vec![program.into()];
    arguments.extend(helm(chart)?);
    binary("fleet", arguments)
}

fn page() -> Result<String> {
    site::build()?;
    capture(
        tools::node()?
            .arg("tests/browser/latency.mjs")
            .env("ROLLCAST_CHROMIUM", tools::browsers()?.chromium)
            .env("ROLLCAST_PORT", site::free_port(4173..4273)?.to_string()),
    )
}

fn size() -> Result<String> {
    site::build()?;
    capture(tools::node()?.arg("tests/browser/sizes.mjs"))
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
    use super::{replace, task};

    #[test]
    fn a_part_that_is_none_is_named() {
        let wrong = task(&["speed".to_owned()]).err().unwrap();
        assert!(
            wrong.contains("`speed`") && wrong.contains("rollouts, webassembly, core, ratios, fleet, page, size"),
            "{wrong}"
        );
    }

    #[test]
    fn only_the_text_between_the_markers_is_replaced() {
        let text = "a\n<!-- x: written by `cargo xtask bench` -->\nold\n<!-- end of x -->\nb\n";
        let new = "a\n<!-- x: written by `cargo xtask bench` -->\nnew\n<!-- end of x -->\nb\n";
        assert_eq!(replace(text, "x", "new\n").as_deref(), Ok(new));
        assert!(replace(text, "y", "new\n").is_err());
    }
}
