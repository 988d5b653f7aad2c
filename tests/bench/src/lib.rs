//! What the programs that measure have in common.
#![forbid(unsafe_code)]

use std::{
    hint,
    process::ExitCode,
    time::{Duration, Instant},
};

use rollcast_chart::Release;
use rollcast_core::{Request, ValuesFile};
use rollcast_rollout::{PodTimes, Range};
use rollcast_values::{File, Given, effective};

/// The values of Lobu pull request 776's own recipe.
pub const RECIPE: &str = "\
app:
  allowMultiReplica: true
  replicaCount: 2
  preStopDelaySeconds: 15
  workspaces:
    accessModes: [ReadWriteMany]
    storageClass: shared
";

/// A request about one values file.
#[must_use]
pub fn request(text: &str) -> Request {
    Request {
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: text.to_owned(),
        }],
        ..Request::default()
    }
}

/// What `helm template` does as well: reading, merging and rendering.
pub fn render(text: &str) {
    let release = Release::by_default();
    let given = Given {
        files: &[File {
            name: "values.yaml",
            text,
        }],
        ..Given::default()
    };
    if let Ok(effective) = effective(release.defaults(), "lobu", hint::black_box(&given)) {
        drop(hint::black_box(release.render(&effective.values)));
    }
}

/// Pods with a hook of 5 s.
pub fn pods<D>(duration: impl Fn(u64) -> D) -> PodTimes<D> {
    PodTimes {
        scheduling: duration(4_000),
        ready: duration(20_000),
        grace: 30_000,
        pre_stop: 5_000,
        shutdown: duration(3_000),
        accepts: duration(500),
        unready: None,
    }
}

/// A duration that is known but for the factor 2.
#[must_use]
pub const fn range(likely: u64) -> Range<u64> {
    Range {
        earliest: likely / 2,
        likely,
        latest: likely * 2,
    }
}

/// What a program ends with; an error goes to standard error.
#[must_use]
pub fn end(measured: Result<(), String>) -> ExitCode {
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The median of `runs` runs, after one that is not counted.
pub fn median(runs: usize, mut run: impl FnMut()) -> Duration {
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

/// A time as people read it.
#[must_use]
pub fn show(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1_000.0 {
        format!("{micros:.0} µs")
    } else {
        format!("{:.1} ms", micros / 1e3)
    }
}
