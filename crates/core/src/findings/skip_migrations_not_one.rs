use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "skip-migrations-not-one",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "SKIP_MIGRATIONS does not skip",
    why: "Pods migrate although they were told not to.",
    action: "Write \"1\", in quotes.",
    verify: &[(
        "What the pod says when it boots.",
        "kubectl -n lobu logs deployment/lobu-app | grep -i migrations",
    )],
    source: "Lobu docker/app/start.sh",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The start script compares SKIP_MIGRATIONS with the text 1 and with nothing else. A boolean true becomes the \
            text \"true\", which is not 1, so the pods migrate all the same.",
    examples: &[
        Example {
            name: "true",
            values: "app:\n  env:\n    SKIP_MIGRATIONS: true\n",
            ..Example::BASE
        },
        Example {
            name: "1 becomes \"1\"",
            values: "app:\n  env:\n    SKIP_MIGRATIONS: 1\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "0 is no",
            values: "app:\n  env:\n    SKIP_MIGRATIONS: 0\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    match situation.variable("SKIP_MIGRATIONS") {
        None | Some("" | "0" | "1" | "false") => Vec::new(),
        Some(other) => Found::new(format!(
            "SKIP_MIGRATIONS is \"{other}\", not \"1\", so every pod migrates."
        ))
        .on(situation.evidence("app.env.SKIP_MIGRATIONS"))
        .one(),
    }
}
