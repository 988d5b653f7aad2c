//! Budgets of speed: how many times as long one thing may take as another on the same machine. Prints lines of Markdown, and
//! fails over a budget. A time alone would tell of the machine.
#![forbid(unsafe_code)]

use std::{
    hint,
    process::ExitCode,
    time::{Duration, Instant},
};

use rollcast_bench::{RECIPE, end, pods, range, render, request};
use rollcast_core::{Report, Request, evaluate, evaluate_without_fixes};
use rollcast_rollout::{Rollout, Strategy, forecast};

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
    let typed = || answer(evaluate_without_fixes, request(RECIPE));
    [
        Budget {
            what: "an answer as one types",
            than: "reading, merging and rendering",
            times: 7.0,
            runs: 300,
            slow: typed(),
            quick: Box::new(|| render(RECIPE)),
        },
        Budget {
            what: "an answer with its fixes",
            than: "one as one types",
            times: 25.0,
            runs: 50,
            slow: answer(evaluate, request(RECIPE)),
            quick: typed(),
        },
        Budget {
            what: "an answer about 20,000 variables",
            than: "one about 5,000",
            times: 8.0,
            runs: 10,
            slow: answer(evaluate_without_fixes, variables(20_000)),
            quick: answer(evaluate_without_fixes, variables(5_000)),
        },
        Budget {
            what: "an answer about 20,000 keys that nothing reads",
            than: "one about 5,000",
            times: 8.0,
            runs: 10,
            slow: answer(evaluate_without_fixes, unread(20_000)),
            quick: answer(evaluate_without_fixes, unread(5_000)),
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

fn variables(count: usize) -> Request {
    let variables = (0..count).map(|number| format!("    KEY_{number}: \"value {number}\"\n"));
    request(&format!("{RECIPE}  env:\n{}", variables.collect::<String>()))
}

fn unread(count: usize) -> Request {
    let keys = (0..count).map(|number| format!("key-{number}: {number}\n"));
    request(&keys.collect::<String>())
}

fn answer(ask: fn(&Request) -> Report, request: Request) -> Box<dyn Fn()> {
    Box::new(move || drop(hint::black_box(ask(&request))))
}

fn rollout(replicas: u32) -> Box<dyn Fn()> {
    let rollout = Rollout::new(replicas, Strategy::DEFAULT, pods(range), range(1_000));
    Box::new(move || drop(hint::black_box(forecast(&rollout))))
}
