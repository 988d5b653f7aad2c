use super::{Definition, Example, Found, Lesson, Releases, Words};

pub(super) static FINDING: Definition = Definition {
    id: "public-address-unset",
    releases: Releases::from("7.2.0"),
    check: |situation| match (
        situation.variable("PUBLIC_WEB_URL"),
        situation.variable("BASE_URL"),
        situation.truthy("secretName"),
    ) {
        // A Secret may bring it.
        (None, Some(base), false) => Found::new(format!(
            "The chart sets BASE_URL to {base}, which the app does not read; PUBLIC_WEB_URL is not set."
        ))
        .on(situation.evidence("ingress.hosts"))
        .on(situation.evidence("app.env.PUBLIC_WEB_URL"))
        .one(),
        _ => Vec::new(),
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The app does not know its public address",
    why: "OAuth redirects, invitations and webhooks point to http://localhost:8787, and Telegram connections poll.",
    action: "Set app.env.PUBLIC_WEB_URL to the public https address.",
    verify: &[(
        "What the pod has.",
        "kubectl -n lobu exec deployment/lobu-app -- printenv PUBLIC_WEB_URL BASE_URL",
    )],
    source: "Lobu pull request 882, lobu/gateway.ts",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Releases up to main-871 derive PUBLIC_WEB_URL from the first of ingress.hosts. Later ones derive BASE_URL \
            instead, and the app reads PUBLIC_WEB_URL only: values that relied on the derivation lose the public address \
            with the upgrade.",
    examples: &[
        Example {
            name: "Only hosts",
            chart: "7.2.0",
            values: "ingress:\n  hosts: [lobu.example.com]\n",
            ..Example::BASE
        },
        Example {
            name: "Earlier releases derive it",
            values: "ingress:\n  hosts: [lobu.example.com]\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "Written out",
            chart: "7.2.0",
            values: "app:\n  env:\n    PUBLIC_WEB_URL: https://lobu.example.com\ningress:\n  hosts: [lobu.example.com]\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
