use super::{Definition, Example, Found, Lesson, Words};
use crate::{Severity, When};

pub(super) static FINDING: Definition = Definition {
    id: "ephemeral-encryption-key",
    severity: Severity::Error,
    bites: &[When::Replicas],
    check: |situation| {
        let has_key = situation.variable("ENCRYPTION_KEY").is_some_and(|key| !key.is_empty());
        let allowed = situation.variable("LOBU_ALLOW_EPHEMERAL_ENCRYPTION_KEY") == Some("1");
        if has_key || !allowed {
            return Vec::new();
        }
        Found::new("Unless a Secret brings ENCRYPTION_KEY, every replica encrypts with a key of its own.")
            .on(situation.evidence("app.env.LOBU_ALLOW_EPHEMERAL_ENCRYPTION_KEY"))
            .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Every pod makes its own encryption key",
    why: "Secrets that one pod stores are unreadable to the others.",
    action: "Remove the variable and give every pod the same ENCRYPTION_KEY from a Secret.",
    verify: &[(
        "Whether the pods get a key.",
        "kubectl -n lobu exec deployment/lobu-app -- sh -c 'test -n \"$ENCRYPTION_KEY\" && echo set'",
    )],
    source: "Lobu lobu/gateway.ts",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The app needs ENCRYPTION_KEY and does not boot without it. LOBU_ALLOW_EPHEMERAL_ENCRYPTION_KEY=1 lets it make up \
            a key instead, a new one in every pod: what one pod encrypts no other can read.",
    examples: &[
        Example {
            name: "Two replicas with keys of their own",
            values: "app:\n  replicaCount: 2\n  env:\n    LOBU_ALLOW_EPHEMERAL_ENCRYPTION_KEY: \"1\"\n",
            ..Example::BASE
        },
        Example {
            name: "Two replicas",
            values: "app:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
