use rollcast_values::Value;

use super::{Definition, Example, Found, Lesson, Releases, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "prestop-dropped",
    releases: Releases::from("main-775"),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The preStop delay is not taken",
    why: "Pods stop without the delay that was asked for.",
    action: "Write whole seconds, without a unit.",
    verify: &[(
        "The live hook; nothing means none.",
        "kubectl -n lobu get deployment lobu-app -o jsonpath='{.spec.template.spec.containers[0].lifecycle}'",
    )],
    source: "sprig int; Lobu pull request 775",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The chart prints the hook only if sprig's int makes a number above 0 of the value. Fractions are cut, so 0.5 is \
            0; a text must be a whole number, so \"15s\", \"1e3\" and \"15.9\" are 0, and nothing says so.",
    examples: &[
        Example {
            name: "A unit",
            values: "app:\n  preStopDelaySeconds: 15s\n",
            ..Example::BASE
        },
        Example {
            name: "Half a second",
            values: "app:\n  preStopDelaySeconds: 0.5\n",
            ..Example::BASE
        },
        Example {
            name: "0 means no hook",
            values: "app:\n  preStopDelaySeconds: 0\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if !situation.reads_pre_stop() || situation.rendered.app.pre_stop_command.is_some() {
        return Vec::new();
    }
    let key = situation.pre_stop_key();
    let Some(value) = situation.value(key).filter(|value| value.truthy()) else {
        return Vec::new();
    };
    // A text of zeros is a way to write 0.
    if matches!(value, Value::Str(text) if text.bytes().all(|byte| byte == b'0')) {
        return Vec::new();
    }
    Found::new(format!(
        "{} counts as {}, so there is no hook.",
        value.to_json(),
        value.to_int()
    ))
    .on(situation.evidence(key))
    .one()
}
