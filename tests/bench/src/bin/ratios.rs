//! Budgets of speed: how many times as long one thing may take as another on the same machine. Prints lines of Markdown, and
//! fails over a budget. A time alone would tell of the machine.
#![forbid(unsafe_code)]

use std::{
    hint,
    process::ExitCode,
    time::{Duration, Instant},
};

use rollcast_bench::end;
use rollcast_chart::Release;
use rollcast_core::{Request, ValuesFile, evaluate, evaluate_without_fixes};
use rollcast_rollout::{PodTimes, Range, Rollout, Strategy, forecast};
use rollcast_values::{File, Given, effective};

const RECIPE: &str = "\
app:
  allowMultiReplica: true
  replicaCount: 2
  preStopDelaySeconds: 15
  workspaces: {accessModes: [ReadWriteMany], storageClass: shared}
";

/// What may take how many times as long as what.
struct Budget {
    what: &'static str,
    than: &'static str,
    /// About twice what was measured. Where it is about four times as much of something, what grows with the square takes
    /// sixteen times as long.
    times: f64,
    runs: u32,
    slow: Box<dyn Fn()>,
    quick: Box<dyn Fn()>,
}

fn main() -> ExitCode {
    end(run())
}

fn run() -> Result<(), String> {
    println!("| what | takes as long as | times | budget |\n| --- | --- | ---: | ---: |");
    let mut broken = Vec::new();
    for budget in budgets() {
        let ratio = budget.measure();
        println!("| {} | {} | {ratio:.1} | {} |", budget.what, budget.than, budget.times);
        if ratio > budget.times {
            broken.push(format!(
                "{} takes {ratio:.1} times as long as {}",
                budget.what, budget.than
            ));
        }
    }
    if broken.is_empty() {
        Ok(())
    } else {
        Err(broken.join("; "))
    }
}

fn budgets() -> [Budget; 5] {
    let typed = || answer(about(RECIPE.to_owned()));
    let fixed = || {
        let request = about(RECIPE.to_owned());
        Box::new(move || drop(hint::black_box(evaluate(&request))))
    };
    [
        Budget {
            what: "an answer as one types",
            than: "reading, merging and rendering",
            times: 7.0,
            runs: 300,
            slow: typed(),
            quick: Box::new(rendering),
        },
        Budget {
            what: "an answer with its fixes",
            than: "one as one types",
            times: 25.0,
            runs: 50,
            slow: fixed(),
            quick: typed(),
        },
        Budget {
            what: "an answer about 20,000 variables",
            than: "one about 5,000",
            times: 8.0,
            runs: 10,
            slow: answer(variables(20_000)),
            quick: answer(variables(5_000)),
        },
        Budget {
            what: "an answer about 20,000 keys that nothing reads",
            than: "one about 5,000",
            times: 8.0,
            runs: 10,
            slow: answer(unread(20_000)),
            quick: answer(unread(5_000)),
        },
        Budget {
            what: "a forecast of 400 replicas",
            than: "one of 100",
            times: 12.0,
            runs: 30,
            slow: rollout(400),
            quick: rollout(100),
        },
    ]
}

impl Budget {
    /// The shortest runs of both sides, taken in turns: other work on the machine makes single runs longer.
    fn measure(&self) -> f64 {
        let mut shortest = [Duration::MAX; 2];
        for _ in 0..self.runs {
            for (shortest, run) in shortest.iter_mut().zip([&self.slow, &self.quick]) {
                let start = Instant::now();
                run();
                *shortest = start.elapsed().min(*shortest);
            }
        }
        let [slow, quick] = shortest;
        slow.as_secs_f64() / quick.as_secs_f64()
    }
}

fn about(text: String) -> Request {
    Request {
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text,
        }],
        ..Request::default()
    }
}

fn variables(count: usize) -> Request {
    let variables = (0..count).map(|number| format!("    KEY_{number}: \"value {number}\"\n"));
    about(format!("{RECIPE}  env:\n{}", variables.collect::<String>()))
}

fn unread(count: usize) -> Request {
    about((0..count).map(|number| format!("key-{number}: {number}\n")).collect())
}

fn answer(request: Request) -> Box<dyn Fn()> {
    Box::new(move || drop(hint::black_box(evaluate_without_fixes(&request))))
}

fn rendering() {
    let release = Release::by_default();
    let given = Given {
        files: &[File {
            name: "values.yaml",
            text: RECIPE,
        }],
        ..Given::default()
    };
    if let Ok(effective) = effective(release.defaults(), "lobu", hint::black_box(&given)) {
        drop(hint::black_box(release.render(&effective.values)));
    }
}

fn rollout(replicas: u32) -> Box<dyn Fn()> {
    let range = |likely: u64| Range {
        earliest: likely / 2,
        likely,
        latest: likely * 2,
    };
    let pods = PodTimes {
        scheduling: range(4_000),
        ready: range(20_000),
        grace: 30_000,
        pre_stop: 5_000,
        shutdown: range(3_000),
        accepts: range(500),
        unready: None,
    };
    let rollout = Rollout::new(replicas, Strategy::DEFAULT, pods, range(1_000));
    Box::new(move || drop(hint::black_box(forecast(&rollout))))
}
