use rollcast_values::Value;

use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "grace-falls-back",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The grace period that was given is not taken",
    why: "Pods get another grace period than the one asked for.",
    action: "Write a number of seconds above 0.",
    verify: &[(
        "The live grace period.",
        "kubectl -n lobu get deployment lobu-app -o jsonpath='{.spec.template.spec.terminationGracePeriodSeconds}'",
    )],
    source: "sprig default; Lobu pull requests 775, 1191",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "An empty terminationGracePeriodSeconds (0, null, an empty text) is no value to the template. Releases main-775 \
            to main-871 then print 45; from 11.1.0 on nothing is printed, which means 30 to the API server; releases 7.0.0, \
            7.2.0 and 11.0.0 do not read the key at all.",
    examples: &[
        Example {
            name: "0 becomes 45",
            values: "app:\n  terminationGracePeriodSeconds: 0\n",
            ..Example::BASE
        },
        Example {
            name: "60",
            values: "app:\n  terminationGracePeriodSeconds: 60\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let path = "app.terminationGracePeriodSeconds";
    let Some(node) = situation.effective.given.node_at(path) else {
        return Vec::new();
    };
    // A key that the release does not read is another finding's business.
    if node.value.truthy() || situation.default_of(path).is_none() {
        return Vec::new();
    }
    Found::new(format!(
        "terminationGracePeriodSeconds is {}, which counts as not set: pods get {} s.",
        Value::to_json(&node.value),
        situation.manifest.spec.grace_seconds
    ))
    .on(situation.given(path, node))
    .one()
}
