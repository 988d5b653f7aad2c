use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::FlagKind;

pub(super) static FINDING: Definition = Definition {
    id: "leading-zero-on-apply",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A leading zero makes an octal number",
    why: "The cluster gets another number than the one written.",
    action: "Drop the leading zero.",
    verify: &[("The live numbers.", "kubectl -n lobu get deployment lobu-app -o yaml")],
    source: "YAML 1.1, int; sigs.k8s.io/yaml",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "--set takes 030 for a text and the chart prints it as it is; when the printed text is read as YAML before it is \
            applied, a number with a leading zero is octal, so 030 becomes 24.",
    examples: &[
        Example {
            name: "--set with a leading zero",
            set: &[(FlagKind::Set, "app.terminationGracePeriodSeconds=030")],
            ..Example::BASE
        },
        Example {
            name: "07 is 7 in either reading",
            set: &[(FlagKind::Set, "app.replicaCount=07")],
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let app = &situation.rendered.app;
    let grace = app.termination_grace_period_seconds.as_deref();
    let probe = &app.readiness_probe;
    [
        ("app.replicaCount", Some(app.replicas.as_str())),
        ("app.terminationGracePeriodSeconds", grace),
        (
            "healthCheck.readinessProbe.initialDelaySeconds",
            Some(probe.initial_delay_seconds.as_str()),
        ),
        (
            "healthCheck.readinessProbe.periodSeconds",
            Some(probe.period_seconds.as_str()),
        ),
        (
            "healthCheck.readinessProbe.timeoutSeconds",
            Some(probe.timeout_seconds.as_str()),
        ),
        (
            "healthCheck.readinessProbe.failureThreshold",
            Some(probe.failure_threshold.as_str()),
        ),
    ]
    .into_iter()
    .filter_map(|(path, text)| {
        let text = text.filter(|text| text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()))?;
        let octal = u64::from_str_radix(text, 8).ok()?;
        (text.parse() != Ok(octal)).then(|| {
            Found::new(format!("{path} is printed as {text} and applied as {octal}.")).on(situation.evidence(path))
        })
    })
    .collect()
}
