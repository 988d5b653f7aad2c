//! Measures the simulation: prints lines of Markdown for `cargo xtask bench`.
#![forbid(unsafe_code)]

use std::{hint, process::ExitCode};

use rollcast_bench::{end, median, pods, range, show};
use rollcast_rollout::{IntOrPercent, Rollout, Strategy, forecast, simulate};

fn main() -> ExitCode {
    end(run())
}

fn run() -> Result<(), String> {
    println!("| what | time |\n| --- | --- |");
    let one_by_one = Strategy::RollingUpdate {
        max_surge: IntOrPercent::Int(1),
        max_unavailable: IntOrPercent::Int(0),
    };
    let typical = Rollout::new(2, one_by_one, pods(range), range(1_000));
    print(1_001, "`forecast` (17 runs) of 2 replicas, surge 1", || {
        forecast(&typical).map(|forecast| forecast.peak_pods.likely)
    })?;
    let twenty = Rollout::new(20, Strategy::DEFAULT, pods(range), range(1_000));
    print(501, "`forecast` (17 runs) of 20 replicas, 25% / 25%", || {
        forecast(&twenty).map(|forecast| forecast.peak_pods.likely)
    })?;
    let tenth = Strategy::RollingUpdate {
        max_surge: IntOrPercent::Percent(10),
        max_unavailable: IntOrPercent::Int(0),
    };
    let thousand = Rollout::new(1_000, tenth, pods(|likely| likely), 1_000);
    print(101, "`simulate` of 1,000 replicas, surge 10%", || {
        simulate(&thousand).map(|run| run.peak_pods)
    })?;
    let thousand = Rollout::new(1_000, tenth, pods(range), range(1_000));
    print(21, "`forecast` (17 runs) of 1,000 replicas, surge 10%", || {
        forecast(&thousand).map(|forecast| forecast.peak_pods.likely)
    })
}

/// The median of `runs` runs, after one that is not counted.
fn print<T, E: std::fmt::Display>(
    runs: usize,
    what: &str,
    mut run: impl FnMut() -> Result<T, E>,
) -> Result<(), String> {
    run().map_err(|error| error.to_string())?;
    let time = median(runs, || {
        let _ = hint::black_box(run());
    });
    println!("| {what} | {} |", show(time));
    Ok(())
}
