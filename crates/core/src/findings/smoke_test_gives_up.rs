use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::words::open_seconds;

pub(super) static FINDING: Definition = Definition {
    id: "smoke-test-gives-up",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The smoke test may give up before the app answers",
    why: "helm upgrade reports a failure, and with --atomic undoes a rollout that would have finished.",
    action: "Raise releaseGates.smokeTest.timeoutSeconds above the gap, or run helm upgrade with --wait.",
    verify: &[("The Job's last words.", "kubectl -n lobu logs job/lobu-smoke-test")],
    source: "Lobu smoke-test-job.yaml",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The smoke test asks for the app's health until it answers or releaseGates.smokeTest.timeoutSeconds (300) are \
            over. Under Recreate it begins in the middle of the gap.",
    examples: &[
        Example {
            name: "Ten seconds",
            values: "releaseGates:\n  smokeTest:\n    timeoutSeconds: 10\n",
            ..Example::BASE
        },
        Example {
            name: "The default",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let Some(hook) = situation.hooks.iter().find(|hook| hook.name == "lobu-smoke-test") else {
        return Vec::new();
    };
    let (Some(passes), Some(patience)) = (hook.passes, situation.value("releaseGates.smokeTest.timeoutSeconds")) else {
        return Vec::new();
    };
    let patience = u64::try_from(patience.to_int()).unwrap_or(0);
    if passes
        .latest
        .is_some_and(|latest| latest <= patience.saturating_mul(1_000))
    {
        return Vec::new();
    }
    Found::new(format!(
        "Nobody may answer for {} from the upgrade's start; the smoke test waits for {patience} s.",
        open_seconds(passes)
    ))
    .on(situation.evidence("releaseGates.smokeTest.timeoutSeconds"))
    .one()
}
