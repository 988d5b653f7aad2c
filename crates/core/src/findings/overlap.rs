use rollcast_rollout::WindowKind;

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::words::{between, during, likely};
use crate::{Severity, When};

pub(super) static FINDING: Definition = Definition {
    id: "overlap",
    severity: Severity::Info,
    bites: &[When::Overlap],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Old and new pods run at the same time",
    why: "What old and new pods do differently, or must not do twice, goes wrong in this window.",
    action: "Keep it short: a preStop sleep no longer than proxies need, and a quick boot.",
    verify: &[(
        "Watch the pods during a rollout.",
        "kubectl -n lobu get pods -l app.kubernetes.io/component=api -w",
    )],
    source: "Kubernetes, pkg/controller/deployment/rolling.go; Lobu server.ts, pull request 776",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "In a rolling deploy old and new pods exist together, and longer than both are ready. A new Lobu pod starts \
            its queue consumers, chat connections and scheduled tasks before it listens, so the overlap begins when it \
            boots, not when it is ready; and an old pod goes on taking work through its preStop sleep and its shutdown. \
            With one replica the overlap is boot until ready, then preStop, then shutdown; with several it is that for \
            each pod in turn. A preStop sleep spares requests an error and lengthens the overlap by as much. Most caveats \
            of a rolling deploy bite in this window.",
    examples: &[
        Example {
            name: "One replica, rolling",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "With preStop 15 it is longer by 15 seconds",
            values: "app:\n  allowMultiReplica: true\n  preStopDelaySeconds: 15\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "Recreate has none",
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// The overlap that the chart's comments state for one replica, in milliseconds.
const STATED: std::ops::RangeInclusive<u64> = 5_000..=15_000;

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let (Some(overlap), [worst, ..]) = (situation.length(WindowKind::Overlap), situation.outlooks) else {
        return Vec::new();
    };
    let mut what = format!(
        "Old and new pods exist together {}{}, at most {} at once.",
        during(overlap),
        likely(overlap),
        between(worst.forecast.peak_pods)
    );
    if let Some(both) = situation.length(WindowKind::BothReady) {
        what.push_str(&format!(" Both versions serve {}.", during(both)));
    }
    let mut why = WORDS.why.to_owned();
    if let (1, Some(usual)) = (situation.replicas(), overlap.likely)
        && !STATED.contains(&usual)
    {
        let hook = match situation.manifest.pre_stop.milliseconds() / 1_000 {
            0 => String::new(),
            seconds => format!(" it goes on for {seconds} s in its preStop hook,"),
        };
        why.push_str(&format!(
            " The chart's comments speak of about 5 to 15 s. It is {}: the new pod is not ready before its readiness \
             probe's initial delay of {} s, only then is the old one stopped,{hook} and its shutdown comes on top.",
            if usual > *STATED.end() { "longer" } else { "shorter" },
            situation.manifest.readiness().initial_delay_seconds,
        ));
    }
    Found::new(what)
        .why(why)
        .on(situation.evidence("app.replicaCount"))
        .on(situation.evidence(situation.pre_stop_key()))
        .one()
}
