//! Every scenario of `tests/scenarios` on every chart release it names.

use std::collections::BTreeMap;
use std::path::Path;

use rollcast_chart::Rule;
use rollcast_core::{
    Answer, Cluster, Flag, FlagKind, Outcome, Placement, PrerequisiteState, Request, ValuesFile, VerdictState, evaluate,
};
use serde::{Deserialize, Deserializer};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    name: String,
    #[serde(default)]
    values: String,
    #[serde(default)]
    set: Vec<String>,
    placement: Option<Placement>,
    app: Option<String>,
    expect: Vec<Expected>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    charts: Vec<String>,
    rule: Option<String>,
    limits: Option<Limits>,
    replicas: Option<u32>,
    state: Option<String>,
    outlooks: Option<usize>,
    #[serde(default, deserialize_with = "even_null")]
    claim: Option<Option<Vec<String>>>,
    #[serde(default, deserialize_with = "even_null")]
    sleep: Option<Option<u32>>,
    #[serde(default, deserialize_with = "even_null")]
    grace: Option<Option<u32>>,
    pdb: Option<u32>,
    worker: Option<String>,
    #[serde(default)]
    env: BTreeMap<String, Option<String>>,
    #[serde(default)]
    findings: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    prerequisites: BTreeMap<String, String>,
    error: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Limits {
    Pods(u32, u32),
    Word(String),
}

/// A key that is there with null says something else than one that is missing.
fn even_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Scenario {
    fn request(&self, chart: &str) -> Request {
        Request {
            chart: chart.to_owned(),
            app: self.app.clone(),
            values: vec![ValuesFile {
                name: "values.yaml".to_owned(),
                text: self.values.clone(),
            }],
            set: self
                .set
                .iter()
                .map(|arg| Flag {
                    kind: FlagKind::Set,
                    arg: arg.clone(),
                    content: None,
                })
                .collect(),
            cluster: Cluster {
                placement: self.placement.unwrap_or_default(),
                ..Cluster::default()
            },
            ..Request::default()
        }
    }
}

/// What differs, one line each.
fn differences(expected: &Expected, answer: &Answer) -> Vec<String> {
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: String, actual: String| {
        if expected != actual {
            differences.push(format!("{what}: {actual}, not {expected}"));
        }
    };
    if let Some(rule) = &expected.rule {
        compare("rule", rule.clone(), word(answer.decision.rule).to_owned());
    }
    if let Some(limits) = &expected.limits {
        let actual = match answer.outlooks.first() {
            _ if answer.verdict.state == VerdictState::Refused => "refused".to_owned(),
            Some(outlook) => outlook.forecast.limits.map_or_else(
                || "recreate".to_owned(),
                |limits| format!("{}/{}", limits.surge, limits.unavailable),
            ),
            None => "no forecast".to_owned(),
        };
        let expected = match limits {
            Limits::Pods(surge, unavailable) => format!("{surge}/{unavailable}"),
            Limits::Word(word) => word.clone(),
        };
        compare("limits", expected, actual);
    }
    if let Some(replicas) = expected.replicas {
        compare("replicas", replicas.to_string(), answer.rendered.app.replicas.clone());
    }
    if let Some(state) = &expected.state {
        compare("state", state.clone(), answer.verdict.state.name().to_owned());
    }
    if let Some(outlooks) = expected.outlooks {
        compare("outlooks", outlooks.to_string(), answer.outlooks.len().to_string());
    }
    if let Some(claim) = &expected.claim {
        let modes = answer.rendered.pvc_spec.as_deref().map(modes);
        compare("claim", format!("{claim:?}"), format!("{modes:?}"));
    }
    if let Some(sleep) = expected.sleep {
        let command = answer.rendered.app.pre_stop_command.as_deref().unwrap_or("none");
        let expected = sleep.map_or_else(|| "none".to_owned(), |seconds| format!("\"sleep {seconds}\""));
        if !command.contains(&expected) {
            compare("sleep", expected, command.to_owned());
        }
    }
    if let Some(grace) = expected.grace {
        let actual = answer.rendered.app.termination_grace_period_seconds.clone();
        compare(
            "grace",
            format!("{:?}", grace.map(|seconds| seconds.to_string())),
            format!("{actual:?}"),
        );
    }
    if let Some(pdb) = expected.pdb {
        let actual = answer.rendered.pdb_min_available.clone();
        compare("pdb", format!("{:?}", Some(pdb.to_string())), format!("{actual:?}"));
    }
    if let Some(worker) = &expected.worker {
        let actual = answer.rendered.worker.as_ref().map(|worker| &worker.replicas);
        compare("worker", format!("{:?}", Some(worker)), format!("{actual:?}"));
    }
    for (name, value) in &expected.env {
        let actual = answer.rendered.app.env.get(name).map(|text| text.trim_matches('"'));
        compare(name, format!("{:?}", value.as_deref()), format!("{actual:?}"));
    }
    let has = |id: &String| answer.findings.iter().any(|finding| finding.id == id);
    for id in expected.findings.iter().filter(|id| !has(id)) {
        compare("findings", id.clone(), "missing".to_owned());
    }
    for id in expected.absent.iter().filter(|id| has(id)) {
        compare("absent", "missing".to_owned(), id.clone());
    }
    for (id, state) in &expected.prerequisites {
        let actual = answer.findings.iter().find(|finding| finding.id == id);
        compare(
            id,
            state.clone(),
            prerequisite_word(actual.and_then(|finding| finding.state)).to_owned(),
        );
    }
    differences
}

fn modes(spec: &str) -> Vec<String> {
    spec.lines()
        .skip_while(|line| line.trim() != "accessModes:")
        .skip(1)
        .map_while(|line| line.trim().strip_prefix("- "))
        .map(str::to_owned)
        .collect()
}

const fn word(rule: Rule) -> &'static str {
    match rule {
        Rule::Override => "override",
        Rule::OptIn => "opt-in",
        Rule::Default => "default",
        Rule::Unset => "unset",
    }
}

fn prerequisite_word(state: Option<PrerequisiteState>) -> &'static str {
    state.map_or("missing", PrerequisiteState::name)
}

#[test]
fn scenarios_come_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let mut failures = Vec::new();
    let mut compared = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let scenarios: Vec<Scenario> =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for scenario in &scenarios {
            for expected in &scenario.expect {
                for chart in &expected.charts {
                    compared += 1;
                    let differences = match (evaluate(&scenario.request(chart)).outcome, &expected.error) {
                        (Outcome::Rendered(answer), None) => differences(expected, &answer),
                        (Outcome::Rendered(_), Some(_)) => vec!["renders".to_owned()],
                        (Outcome::Refused(failure), Some(error)) => match failure.helm {
                            Some(helm) if helm.contains(error) => Vec::new(),
                            helm => vec![format!("{helm:?} does not mention {error}")],
                        },
                        (Outcome::Refused(failure), None) => vec![failure.what],
                    };
                    let place = format!("{}, chart {chart}", scenario.name);
                    failures.extend(
                        differences
                            .into_iter()
                            .map(|difference| format!("{place}: {difference}")),
                    );
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(compared > 100, "only {compared} scenarios were found");
}
