use rollcast_rollout::Stop;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;
use crate::plan::pod_times;

pub(super) static FINDING: Definition = Definition {
    id: "grace-not-above-prestop-and-shutdown",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The grace period is too short for preStop and shutdown",
    why: "SIGKILL cuts off agent turns, database work and open answers in the middle.",
    action: "Make app.terminationGracePeriodSeconds larger than preStop, drain and shutdown together.",
    verify: &[(
        "Containers that were killed end with code 137.",
        "kubectl -n lobu get pods -l app.kubernetes.io/component=api -o jsonpath='{.items[*].status.containerStatuses[*].lastState.terminated.exitCode}'",
    )],
    source: "Kubernetes, pkg/kubelet/kuberuntime killContainer; Lobu server-lifecycle.ts",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "terminationGracePeriodSeconds includes the preStop hook. What the hook leaves belongs to the app's shutdown, at \
            least 2 seconds; then comes SIGKILL. The app needs its readiness drain (chart 11.1.0 and later) and, as Lobu's \
            values say, about 5 seconds to shut down; at worst, adding up its own limits, about 75 seconds, and about 105 \
            from app version 11.1.0 on.",
    examples: &[
        Example {
            name: "preStop 30 in a grace period of 20",
            values: "app:\n  preStopDelaySeconds: 30\n  terminationGracePeriodSeconds: 20\n",
            ..Example::BASE
        },
        Example {
            name: "The recipe: 15 in 45",
            values: "app:\n  preStopDelaySeconds: 15\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let times = pod_times(situation.manifest, situation.drain, situation.cluster());
    let killed = |shutdown| Stop::of(times.grace, times.pre_stop, shutdown).killed;
    let hook = times.pre_stop / 1_000;
    let grace = times.grace / 1_000;
    let (what, severity) = if grace == 0 {
        (
            "The grace period is 0: pods are removed at once, while their process may still run.".to_owned(),
            Severity::Warning,
        )
    } else if hook > 0 && hook + 2 >= grace {
        (
            format!(
                "The preStop hook sleeps {hook} s and the grace period is {grace} s: the app gets the least there is, 2 s, \
                 between SIGTERM and SIGKILL."
            ),
            Severity::Warning,
        )
    } else if killed(times.shutdown.likely) {
        (
            format!(
                "The grace period of {grace} s leaves {} s for a shutdown that usually takes {} s.",
                grace.saturating_sub(hook),
                times.shutdown.likely.div_ceil(1_000)
            ),
            Severity::Warning,
        )
    } else if killed(times.shutdown.latest) {
        (
            format!(
                "The grace period of {grace} s leaves {} s for a shutdown that can take {} s.",
                grace.saturating_sub(hook),
                times.shutdown.latest.div_ceil(1_000)
            ),
            Severity::Info,
        )
    } else {
        return Vec::new();
    };
    Found::new(what)
        .severity(severity)
        .on(situation.evidence("app.terminationGracePeriodSeconds"))
        .on(situation.evidence(situation.pre_stop_key()))
        .one()
}
