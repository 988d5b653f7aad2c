//! Measures the core: `rollcast-bench [HELM CHART]` prints lines of Markdown. With a Helm program and a copy of the Lobu
//! chart 7.1.0 it also measures `helm template` on the same values.
#![forbid(unsafe_code)]

use rollcast_core::{Outcome, Request, ValuesFile, evaluate};
use std::{
    env, fs, hint,
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

/// The values of Lobu pull request 776's own recipe.
const RECIPE: &str = "\
app:
  allowMultiReplica: true
  replicaCount: 2
  preStopDelaySeconds: 15
  workspaces:
    accessModes: [ReadWriteMany]
    storageClass: shared
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let recipe = request(RECIPE);
    let rolls = |request: &Request| matches!(evaluate(request).outcome, Outcome::Rendered(_));
    if !rolls(&recipe) {
        return Err("the recipe is refused".to_owned());
    }
    println!("| what | time |\n| --- | --- |");
    let ours = median(1_001, || {
        hint::black_box(evaluate(hint::black_box(&recipe)));
    });
    println!(
        "| `evaluate`, {} lines of values | {} |",
        RECIPE.lines().count(),
        show(ours)
    );

    let long = request(&long_values());
    if !rolls(&long) {
        return Err("the long values are refused".to_owned());
    }
    let text = &long.values.first().map_or("", |file| &file.text);
    let whole = median(11, || {
        hint::black_box(evaluate(hint::black_box(&long)));
    });
    println!(
        "| `evaluate`, {} lines of values ({} bytes) | {} |",
        text.lines().count(),
        text.len(),
        show(whole)
    );

    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [helm, chart] = arguments.as_slice() {
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
        let theirs = works.then(|| {
            median(21, || {
                hint::black_box(template());
            })
        });
        // The file is ours and temporary; if it stays, no harm is done.
        let _ = fs::remove_file(&values);
        let theirs = theirs.ok_or_else(|| format!("`{helm} template lobu {chart}` fails"))?;
        println!(
            "| `helm template` with the same values, the start of its process included | {} |",
            show(theirs)
        );
        println!(
            "| ratio | {:.0} times as long |",
            theirs.as_secs_f64() / ours.as_secs_f64()
        );
    }
    Ok(())
}

fn request(text: &str) -> Request {
    Request {
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: text.to_owned(),
        }],
        ..Request::default()
    }
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

/// The median of `runs` runs, after one that is not counted.
fn median(runs: usize, mut run: impl FnMut()) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    times.get(runs / 2).copied().unwrap_or_default()
}

fn show(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1_000.0 {
        format!("{micros:.0} µs")
    } else {
        format!("{:.1} ms", micros / 1e3)
    }
}
