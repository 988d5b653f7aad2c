//! What must hold of every answer, tried on the values for which the real Helm's answers are recorded.

use std::path::Path;

use rollcast_core::{
    Answer, Flag, FlagKind, Outcome, Placement, PrerequisiteState, Request, Severity, ValuesFile, VerdictState,
    evaluate, evaluate_without_fixes,
};
use rollcast_rollout::WindowKind;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: String,
    files: Vec<String>,
    set: Vec<Argument>,
    expect: Vec<Expected>,
}

#[derive(Deserialize)]
struct Argument {
    kind: FlagKind,
    arg: String,
}

#[derive(Deserialize)]
struct Expected {
    charts: Vec<String>,
    error: Option<String>,
}

fn request(case: &Case, chart: &str, placement: Placement) -> Request {
    let mut request = Request {
        chart: chart.to_owned(),
        values: case
            .files
            .iter()
            .enumerate()
            .map(|(number, text)| ValuesFile {
                name: format!("values-{number}.yaml"),
                text: text.clone(),
            })
            .collect(),
        set: case
            .set
            .iter()
            .map(|flag| Flag {
                kind: flag.kind,
                arg: flag.arg.clone(),
                content: None,
            })
            .collect(),
        ..Request::default()
    };
    request.cluster.placement = placement;
    request
}

/// What is wrong with an answer.
fn wrong(answer: &Answer) -> Option<String> {
    let windows = |kind| {
        answer
            .outlooks
            .iter()
            .flat_map(|outlook| &outlook.forecast.lengths)
            .any(|length| length.kind == kind)
    };
    let state = answer.verdict.state;
    let expected = if state == VerdictState::Refused {
        return (!answer.outlooks.is_empty()).then(|| "a refused Deployment has outlooks".to_owned());
    } else if windows(WindowKind::Deadlock) {
        Some(VerdictState::Deadlock)
    } else if windows(WindowKind::NoReadyEndpoint) {
        Some(VerdictState::Outage)
    } else {
        None
    };
    if expected.is_some_and(|expected| expected != state) {
        return Some(format!("the state is {state:?}, not {expected:?}"));
    }
    if answer.verdict.headline.is_empty() || !answer.verdict.consequence.ends_with('.') {
        return Some(format!("a strange verdict: {:?}", answer.verdict));
    }
    for outlook in &answer.outlooks {
        if let Some(strange) = outlook.story.iter().find(|sentence| !sentence.ends_with('.')) {
            return Some(format!("no sentence: {strange:?}"));
        }
    }
    let prerequisites = answer.findings.iter().filter(|finding| finding.state.is_some()).count();
    if prerequisites != 4 {
        return Some(format!("{prerequisites} prerequisites"));
    }
    for pair in answer.findings.windows(2) {
        let rank = |finding: &rollcast_core::Finding| match finding.state {
            None => (false, finding.severity),
            Some(_) => (true, Severity::Error),
        };
        if rank(&pair[0]) > rank(&pair[1]) {
            return Some(format!("{} stands before {}", pair[0].id, pair[1].id));
        }
    }
    for finding in &answer.findings {
        let settled = matches!(
            finding.state,
            Some(PrerequisiteState::Met | PrerequisiteState::NotApplicable)
        );
        let texts = [&finding.title, &finding.what, &finding.why, &finding.action];
        if texts.iter().any(|text| text.is_empty()) || (settled && !finding.bites.is_empty()) {
            return Some(format!("a strange finding: {finding:?}"));
        }
        if finding.evidence.iter().any(|evidence| evidence.path.is_empty()) {
            return Some(format!("{} rests on nothing", finding.id));
        }
    }
    None
}

#[test]
fn every_answer_is_consistent_and_refused_exactly_where_helm_refuses() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/parity/data/helm-3.17.3.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    let mut failures = Vec::new();
    let mut rendered = 0;
    for (number, line) in text.lines().enumerate() {
        let case: Case = serde_json::from_str(line).unwrap();
        // Another group of equal answers, another release of it and another placement for each case.
        let expected = &case.expect[number % case.expect.len()];
        let chart = &expected.charts[number % expected.charts.len()];
        let placement = [Placement::Unknown, Placement::SameNode, Placement::OtherNode][number % 3];
        let problem = match (
            evaluate_without_fixes(&request(&case, chart, placement)).outcome,
            &expected.error,
        ) {
            (Outcome::Rendered(answer), None) => {
                rendered += 1;
                wrong(&answer)
            }
            (Outcome::Refused(failure), Some(_)) if failure.helm.is_some() => None,
            (Outcome::Refused(failure), _) => Some(format!("refused: {failure:?}")),
            (Outcome::Rendered(_), Some(error)) => Some(format!("renders, but Helm says {error}")),
        };
        failures.extend(problem.map(|problem| format!("{} on {chart}: {problem}", case.id)));
    }
    assert!(
        failures.is_empty(),
        "{} failures:\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert!(rendered > 300, "only {rendered} answers were looked at");
}

/// A head and 6,000 lines.
fn numbered(head: &str, line: impl Fn(usize) -> String) -> String {
    (0..6_000).map(line).fold(head.to_owned(), |text, line| text + &line)
}

#[test]
fn hostile_texts_get_an_answer() {
    let bomb = {
        let mut text = "a0: &a0 [x, x]\n".to_owned();
        for level in 1..9 {
            let items = format!("*a{},", level - 1).repeat(9);
            text.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        text
    };
    let texts = [
        String::new(),
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        format!("a: {}", "x".repeat(1 << 20)),
        "app: {env: {A: 1}}\n".repeat(20_000),
        "a: 1\na: 2\n".repeat(20_000),
        format!("app:\n  strategy:\n{}", "    type: Recreate\n".repeat(5_000)),
        format!("app: {{strategy: {}1{}}}", "{a: ".repeat(200), "}".repeat(200)),
        format!("app: {{replicaCount: {}}}", "9".repeat(400)),
        numbered("app:\n", |number| format!("  replicaCoun{number}: 1\n")),
        numbered("app:\n  strategy:\n", |number| format!("    k{number}: 1\n")),
        numbered("app:\n  env:\n", |number| format!("    K{number}: 1\n")),
        numbered("ingress:\n  hosts:\n", |number| format!("  - h{number}\n")),
        (0..=255_u8).map(char::from).collect(),
        "app: {replicaCount: 2, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1000000%}}}".to_owned(),
        "app: {replicaCount: 2147483647, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 2147483647}}}"
            .to_owned(),
        "app: {terminationGracePeriodSeconds: 9223372036854775807, preStopDelaySeconds: 1e300}".to_owned(),
        "healthCheck: {readinessProbe: {periodSeconds: 2147483647, initialDelaySeconds: 2147483647}}".to_owned(),
        "app: {env: {replicas: 7, strategy: {}, SHUTDOWN_READINESS_DRAIN_MS: '1e308', DB_POOL_MAX: '4294967295'}}"
            .to_owned(),
        "a: \u{0}\u{7}\u{1b}".to_owned(),
        "\u{feff}app: {}\r\nb: 2\u{85}c: 3\u{2028}d: 4".to_owned(),
        bomb,
    ];
    for text in &texts {
        for chart in ["7.1.0", "14.0.0", "main-1838"] {
            let request = Request {
                chart: chart.to_owned(),
                values: vec![ValuesFile {
                    name: "v.yaml".to_owned(),
                    text: text.clone(),
                }],
                ..Request::default()
            };
            // Searching fixes for long texts would take minutes, were it tried.
            let answered = if text.len() > 64 << 10 {
                evaluate(&request)
            } else {
                evaluate_without_fixes(&request)
            };
            if let Outcome::Rendered(answer) = answered.outcome {
                assert_eq!(wrong(&answer), None, "{}", text.chars().take(80).collect::<String>());
            }
        }
    }
}

#[test]
fn fixes_are_searched_where_that_does_not_take_long() {
    let values = "app: {allowMultiReplica: \"false\", replicaCount: ";
    let large = "the values are longer than 64 KiB, or the rollout has more than 1,000 pods";
    for (text, searched) in [
        (format!("{values}2}}\n"), true),
        (format!("{values}2}}\n# {}\n", "x".repeat(64 << 10)), false),
        (format!("{values}1500}}\n"), false),
    ] {
        let request = Request {
            values: vec![ValuesFile {
                name: "v.yaml".to_owned(),
                text,
            }],
            ..Request::default()
        };
        let Outcome::Rendered(answer) = evaluate(&request).outcome else {
            panic!("it renders");
        };
        let told = answer.assumptions.iter().any(|sentence| sentence.contains(large));
        let fixed = answer.findings.iter().any(|finding| !finding.fixes.is_empty());
        assert_eq!((fixed, !answer.goals.is_empty(), told), (searched, searched, !searched));
    }
}

#[test]
fn what_is_too_large_to_simulate_leaves_the_rest() {
    let request = Request {
        values: vec![ValuesFile {
            name: "v.yaml".to_owned(),
            text: "app: {replicaCount: 5000, allowMultiReplica: true, workspaces: {enabled: false}}".to_owned(),
        }],
        ..Request::default()
    };
    let Outcome::Rendered(answer) = evaluate(&request).outcome else {
        panic!("it renders");
    };
    assert!(answer.outlooks.is_empty());
    assert!(
        answer.assumptions[0].starts_with("There is no forecast"),
        "{:?}",
        answer.assumptions
    );
    assert_eq!(answer.verdict.headline, "RollingUpdate, maxSurge 1, maxUnavailable 0");
    assert_eq!(answer.verdict.consequence, "Old and new pods overlap.");
    assert!(answer.findings.iter().any(|finding| finding.id == "db-connections"));
}

#[test]
fn a_request_that_is_wrong_says_what() {
    let refusal = |request: Request| match evaluate(&request).outcome {
        Outcome::Refused(failure) => (failure.stage, failure.what, failure.action),
        Outcome::Rendered(_) => panic!("it renders"),
    };
    let (stage, what, action) = refusal(Request {
        chart: "main".to_owned(),
        ..Request::default()
    });
    assert_eq!(stage, rollcast_core::Stage::Request);
    assert!(what.starts_with("\"main\" could be any of main-775"), "{what}");
    assert!(action.contains("`main-776` if"), "{action}");
    let mut request = Request::default();
    request.cluster.boot.latest = f64::NAN;
    assert!(refusal(request).1.starts_with("cluster.boot must be"));
    let (_, what, _) = refusal(Request {
        app: Some("latest".to_owned()),
        ..Request::default()
    });
    assert_eq!(what, "\"latest\" is no version of the app.");
}
