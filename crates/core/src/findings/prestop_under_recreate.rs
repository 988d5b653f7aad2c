use rollcast_rollout::{Range, Strategy};

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::When;
use crate::words::seconds;

pub(super) static FINDING: Definition = Definition {
    id: "prestop-under-recreate",
    bites: &[When::Gap],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Draining lengthens the gap of Recreate",
    why: "The gap is longer by as much.",
    action: "Under Recreate set app.preStopDelaySeconds to 0 (chart 11.1.0 and later: \
             app.lifecycle.preStopSleepSeconds, and app.env.SHUTDOWN_READINESS_DRAIN_MS to \"0\").",
    verify: &[(
        "The live hook.",
        "kubectl -n lobu get deployment lobu-app -o jsonpath='{.spec.template.spec.containers[0].lifecycle}'",
    )],
    source: "Lobu pull requests 775 and 1838",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "A preStop sleep and a readiness drain let the old pod serve while proxies forget it and a new pod takes over. \
            Under Recreate there is no new pod: it starts only when the old one is gone, so every second of draining is a \
            second more without a ready endpoint.",
    examples: &[
        Example {
            name: "preStop 15 with the default strategy",
            values: "app:\n  preStopDelaySeconds: 15\n",
            ..Example::BASE
        },
        Example {
            name: "preStop 15 with a rolling deploy",
            values: "app:\n  preStopDelaySeconds: 15\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let hook = situation.manifest.pre_stop.milliseconds();
    let drain = situation.drain.milliseconds;
    if situation.strategy != Some(Strategy::Recreate) || (hook == 0 && drain.latest == 0) {
        return Vec::new();
    }
    let hook = hook.min(situation.manifest.spec.grace_seconds.saturating_mul(1_000));
    let longer = Range {
        earliest: drain.earliest.saturating_add(hook),
        likely: drain.likely.saturating_add(hook),
        latest: drain.latest.saturating_add(hook),
    };
    let sources = match (hook, drain.latest) {
        (0, _) => "the readiness drain",
        (_, 0) => "the preStop hook",
        _ => "the preStop hook and the readiness drain",
    };
    Found::new(format!(
        "The strategy is Recreate, and {sources} lengthen{} the gap by {}.",
        if hook > 0 && drain.latest > 0 { "" } else { "s" },
        seconds(longer)
    ))
    .on(situation.evidence(situation.pre_stop_key()))
    .one()
}
