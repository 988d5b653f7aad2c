use super::{Definition, Example, Found, Lesson, Releases, Words};
use crate::Severity;

pub(super) static FINDING: Definition = Definition {
    id: "ingress-without-rules",
    severity: Severity::Error,
    releases: Releases::from("7.2.0"),
    check: |situation| match &situation.rendered.ingress_hosts {
        Some(hosts) if hosts.is_empty() => {
            Found::new("ingress.enabled is on and ingress.hosts is empty: the Ingress has neither rules nor a backend.")
                .on(situation.evidence("ingress.enabled"))
                .on(situation.evidence("ingress.hosts"))
                .one()
        }
        _ => Vec::new(),
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The Ingress has no rules",
    why: "The upgrade fails at the Ingress; what comes before it in the order of kinds has changed already.",
    action: "Set ingress.enabled to false, or name the hosts.",
    verify: &[(
        "The API server's own verdict.",
        "helm template lobu oci://ghcr.io/lobu-ai/charts/lobu -n lobu -f values.yaml | kubectl -n lobu apply --dry-run=server -f -",
    )],
    source: "Lobu pull request 882; Kubernetes, pkg/apis/networking/validation",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "From release 7.2.0 on the Ingress is on by default and its hosts are not, so values that never mention it \
            render an Ingress with an empty list of rules. The API server takes no Ingress without rules or a default \
            backend.",
    examples: &[
        Example {
            name: "Values that never mention it",
            chart: "7.2.0",
            ..Example::BASE
        },
        Example {
            name: "A host",
            chart: "7.2.0",
            values: "ingress:\n  hosts: [lobu.example.com]\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "Switched off",
            chart: "14.0.0",
            values: "ingress:\n  enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};
