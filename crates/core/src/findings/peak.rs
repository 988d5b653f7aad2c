use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::words::{between, count};
use crate::{Severity, When};

pub(super) static FINDING: Definition = Definition {
    id: "peak",
    severity: Severity::Info,
    bites: &[When::Overlap],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "More pods than replicas",
    why: "Without room for the peak the rollout waits for somebody to make some.",
    action: "Keep room for the peak, or allow one pod to be missing.",
    verify: &[
        (
            "Quotas and how much of them is used.",
            "kubectl -n lobu describe resourcequota",
        ),
        (
            "What the nodes have left.",
            "kubectl describe nodes | grep -A 8 'Allocated resources'",
        ),
    ],
    source: "Kubernetes, pkg/controller/deployment/util",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "A rolling deploy needs room for its surge pods, and pods that are still terminating count neither as surge nor \
            as replicas: they come on top. If quota or nodes have no room for one more pod, the new one stays Pending, and \
            where no pod may be missing the rollout stands still.",
    examples: &[
        Example {
            name: "Two replicas, rolling",
            values: "app:\n  replicaCount: 2\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "Recreate needs no more than before",
            values: "app:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let Some(peak) = situation
        .outlooks
        .iter()
        .map(|outlook| outlook.forecast.peak_pods)
        .max_by_key(|peak| peak.latest)
    else {
        return Vec::new();
    };
    let replicas = situation.replicas();
    if peak.latest <= replicas {
        return Vec::new();
    }
    let mut memory = String::new();
    let mut used = Vec::new();
    for (path, verb) in [
        ("app.resources.requests.memory", "asks for"),
        ("app.resources.limits.memory", "may use"),
    ] {
        if let Some(text) = situation.text(path).filter(|text| !text.is_empty()) {
            memory.push_str(&format!(
                " Each {verb} {text} of memory{}.",
                in_total(text, peak.latest)
            ));
            used.push(path);
        }
    }
    let mut finding = Found::new(format!(
        "Up to {} pods exist at once, terminating ones included, for {}.{memory}",
        between(peak),
        count(replicas, "replica"),
    ))
    .on(situation.evidence("app.replicaCount"));
    for path in used {
        finding = finding.on(situation.evidence(path));
    }
    finding.one()
}

/// ", 2048Mi together" for a whole number with a unit.
fn in_total(quantity: &str, pods: u32) -> String {
    let digits = quantity.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = quantity.split_at(digits);
    match number.parse::<u32>() {
        Ok(number) if ["Ki", "Mi", "Gi", "Ti", "k", "M", "G", "T"].contains(&unit) => {
            format!(", {}{unit} together", u64::from(number) * u64::from(pods))
        }
        _ => String::new(),
    }
}
