//! An evaluation in steps comes to the same as one at once.

use std::ops::ControlFlow;

use rollcast_core::{Baseline, Evaluation, Report, Request, catalogue, evaluate};

/// The report, and in how many steps it came.
fn in_steps(request: &Request) -> (Report, usize) {
    let mut evaluation = Evaluation::new(request.clone());
    for count in 1.. {
        match evaluation.step() {
            ControlFlow::Break(report) => return (report, count),
            ControlFlow::Continue(rest) => evaluation = rest,
        }
    }
    unreachable!("a search ends")
}

#[test]
fn the_report_is_the_same() {
    let mut longest = 0;
    let entries = catalogue();
    for (at, example) in entries.iter().flat_map(|entry| &entry.examples).enumerate() {
        let today = (at % 5 == 0).then(Baseline::default);
        let request = Request {
            baseline: today,
            ..example.request.clone()
        };
        let (report, steps) = in_steps(&request);
        assert_eq!(report, evaluate(&request), "{request:?}");
        longest = longest.max(steps);
    }
    assert!(longest > 20, "{longest}");
}
