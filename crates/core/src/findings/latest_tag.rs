use super::{Definition, Example, Found, Lesson, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "latest-tag",
    severity: Severity::Info,
    check: |situation| {
        if situation.text("image.tag") != Some("latest") {
            return Vec::new();
        }
        Found::new(if situation.text("image.pullPolicy") == Some("Always") {
            "image.tag is latest and each pod pulls it anew: replicas that start at different times may run different \
             versions."
        } else {
            "image.tag is latest: an upgrade that changes nothing else restarts no pod."
        })
        .on(situation.evidence("image.tag"))
        .on(situation.evidence("image.pullPolicy"))
        .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The image has no version",
    why: "An upgrade may restart nothing, and replicas may run different versions.",
    action: "Pin image.tag to a version, and change it with each deploy.",
    verify: &[(
        "The images that really run.",
        "kubectl -n lobu get pods -l app.kubernetes.io/component=api -o jsonpath='{.items[*].status.containerStatuses[*].imageID}'",
    )],
    source: "Lobu values.yaml; Kubernetes, imagePullPolicy",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "A rollout begins when the pod template changes, and the tag latest is the same text whatever it points to: an \
            upgrade of the chart alone restarts nothing, and a new strategy is first tried when something else changes the \
            template. From release 7.2.0 on images are pulled at every start, so a pod that is merely rescheduled may come \
            back with another version.",
    examples: &[
        Example {
            name: "The default",
            ..Example::BASE
        },
        Example {
            name: "The default, where the version that is meant is known",
            app: Some("7.1.0"),
            ..Example::BASE
        },
        Example {
            name: "A version",
            values: "image:\n  tag: \"7.1.0\"\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
