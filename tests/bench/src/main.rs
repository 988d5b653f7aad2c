//! Measures the core: `rollcast-bench [HELM CHART]` prints lines of Markdown. With a Helm program and a copy of the Lobu
//! chart 7.1.0 it also measures `helm template` on the same values.
#![forbid(unsafe_code)]

use rollcast_bench::{RECIPE, end, median, render, request, show};
use rollcast_core::{Outcome, Request, evaluate, evaluate_without_fixes};
use std::{
    env, fs, hint,
    process::{Command, ExitCode},
    time::Duration,
};

fn main() -> ExitCode {
    end(run())
}

fn run() -> Result<(), String> {
    println!("| what | time |\n| --- | --- |");
    let recipe = request(RECIPE);
    let (rendering, answer) = measure(&recipe, 1_001)?;
    let long = request(&long_values());
    measure(&long, 21)?;

    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [helm, chart] = arguments.as_slice() {
        let theirs = helm_template(helm, chart)?;
        println!(
            "| `helm template` with the same 7 lines, the start of its process included | {} |",
            show(theirs)
        );
        for (what, ours) in [
            ("reading, merging and rendering", rendering),
            ("`evaluate_without_fixes`", answer),
        ] {
            let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
            println!("| the same compared with {what} | {ratio:.0} times as long |");
        }
    }
    Ok(())
}

/// Prints how long a request takes: what Helm does, the answer as one types, and the answer with all fixes. Gives the first
/// two.
fn measure(request: &Request, runs: usize) -> Result<(Duration, Duration), String> {
    if !matches!(evaluate_without_fixes(request).outcome, Outcome::Rendered(_)) {
        return Err("the values are refused".to_owned());
    }
    let text = request.values.first().map_or("", |file| &file.text);
    let size = format!("{} lines of values ({} bytes)", text.lines().count(), text.len());

    let rendering = median(runs, || render(text));
    println!("| reading, merging and rendering, {size} | {} |", show(rendering));
    let answer = median(runs, || {
        hint::black_box(evaluate_without_fixes(hint::black_box(request)));
    });
    println!("| `evaluate_without_fixes`, {size} | {} |", show(answer));
    let whole = median(runs.min(101), || {
        hint::black_box(evaluate(hint::black_box(request)));
    });
    println!("| `evaluate`, {size} | {} |", show(whole));
    Ok((rendering, answer))
}

/// How long `helm template` takes with the recipe.
fn helm_template(helm: &str, chart: &str) -> Result<Duration, String> {
    let values = env::temp_dir().join(format!("rollcast-bench-{}.yaml", std::process::id()));
    fs::write(&values, RECIPE).map_err(|error| format!("cannot write {}: {error}", values.display()))?;
    let template = || {
        let output = Command::new(helm)
            .args(["template", "lobu", chart, "-f"])
            .arg(&values)
            .output();
        output.is_ok_and(|output| output.status.success())
    };
    let works = template();
    let time = works.then(|| {
        median(21, || {
            hint::black_box(template());
        })
    });
    // The file is ours and temporary; if it stays, no harm is done.
    let _ = fs::remove_file(&values);
    time.ok_or_else(|| format!("`{helm} template lobu {chart}` fails"))
}

/// The recipe, and entries of the same map behind it, 1 MiB in all.
fn long_values() -> String {
    let mut text = RECIPE.to_owned();
    text.push_str("  extraLabels:\n");
    for number in 0.. {
        let line = format!("    key-{number}: \"value {number}\"\n");
        if text.len() + line.len() > 1 << 20 {
            break;
        }
        text.push_str(&line);
    }
    text
}
