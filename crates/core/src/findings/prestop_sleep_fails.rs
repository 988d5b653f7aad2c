use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::manifest::PreStop;

pub(super) static FINDING: Definition = Definition {
    id: "prestop-sleep-fails",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The preStop hook fails at once",
    why: "Pods stop without draining, so requests fail in every rollout.",
    action: "Write a plain number of seconds.",
    verify: &[(
        "Hooks that failed.",
        "kubectl -n lobu get events --field-selector reason=FailedPreStopHook",
    )],
    source: "Kubernetes, pkg/kubelet/lifecycle; sprig int",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The chart prints the hook when sprig's int makes a number above 0 of the value, but it prints the value, not \
            that number: true counts as 1 and prints sleep true. The hook then fails, Kubernetes records \
            FailedPreStopHook and sends SIGTERM immediately; the rollout shows nothing.",
    examples: &[
        Example {
            name: "true counts as one",
            values: "app:\n  preStopDelaySeconds: true\n",
            ..Example::BASE
        },
        Example {
            name: "A number in quotes works",
            values: "app:\n  preStopDelaySeconds: \"15\"\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let PreStop::Fails(argument) = &situation.manifest.pre_stop else {
        return Vec::new();
    };
    Found::new(format!(
        "The hook runs `sleep {argument}`, which is no duration to sleep."
    ))
    .on(situation.evidence(situation.pre_stop_key()))
    .one()
}
