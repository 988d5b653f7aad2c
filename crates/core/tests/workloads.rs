//! Worker, embeddings and hooks on the time axis.

use rollcast_core::{
    Answer, Cluster, Component, HookPhase, Outcome, Placement, Request, Seconds, ValuesFile, evaluate,
};
use rollcast_rollout::{Range, WindowKind};

fn ask(chart: &str, values: &str, cluster: Cluster) -> Answer {
    let request = Request {
        chart: chart.to_owned(),
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: values.to_owned(),
        }],
        cluster,
        ..Request::default()
    };
    match evaluate(&request).outcome {
        Outcome::Rendered(answer) => *answer,
        Outcome::Refused(failure) => panic!("{failure:?}"),
    }
}

/// No uncertainty: scheduling 2 s, boot 8 s, shutdown 5 s, propagation 0 s, all on one node.
fn certain() -> Cluster {
    let exactly = |seconds| Seconds::new(seconds, seconds, seconds);
    Cluster {
        scheduling: exactly(2.0),
        boot: exactly(8.0),
        shutdown: exactly(5.0),
        propagation: exactly(0.0),
        placement: Placement::SameNode,
        ..Cluster::default()
    }
}

fn length(answer: &Answer, component: Component, kind: WindowKind) -> Option<Option<u64>> {
    let workload = answer
        .workloads
        .iter()
        .find(|workload| workload.component == component)?;
    let lengths = &workload.outlooks.first()?.forecast.lengths;
    lengths
        .iter()
        .find(|length| length.kind == kind)
        .map(|length| length.milliseconds.likely)
}

const ROLLING: &str = "app: {allowMultiReplica: true, workspaces: {enabled: false}}";

/// App: down from 0, its new pod is created at 5 s, starts at 7 s, and the first probe finds it ready at 17 s. Worker: gone
/// at 5 s, and its new container starts when the app answers. Embeddings: 5 s + 2 s + 10 s.
#[test]
fn the_worker_waits_for_the_app() {
    let answer = ask("7.1.0", "", certain());
    assert_eq!(
        length(&answer, Component::Worker, WindowKind::NoReadyEndpoint),
        Some(Some(17_000))
    );
    assert_eq!(
        length(&answer, Component::Embeddings, WindowKind::NoReadyEndpoint),
        Some(Some(17_000))
    );
    let rolling = ask("7.1.0", ROLLING, certain());
    assert_eq!(
        length(&rolling, Component::Worker, WindowKind::NoReadyEndpoint),
        Some(Some(7_000)),
        "the app answers all the time"
    );
    assert_eq!(rolling.workloads[0].consequence, "Connectors feed nothing in for 7 s.");
}

#[test]
fn without_a_cache_the_others_roll() {
    let answer = ask(
        "7.1.0",
        "worker: {cache: {enabled: false}}\nembeddings: {cache: {enabled: false}}",
        certain(),
    );
    for workload in &answer.workloads {
        assert_eq!(workload.headline, "RollingUpdate, maxSurge 1, maxUnavailable 0");
    }
    assert_eq!(
        length(&answer, Component::Embeddings, WindowKind::NoReadyEndpoint),
        None
    );
    // Created at 0, ready at 12 s, and the old pod is gone 5 s later.
    assert_eq!(
        length(&answer, Component::Embeddings, WindowKind::Overlap),
        Some(Some(17_000))
    );
}

#[test]
fn what_is_off_is_not_there() {
    let answer = ask(
        "7.1.0",
        "worker: {enabled: false}\nembeddings: {enabled: false}",
        certain(),
    );
    assert!(answer.workloads.is_empty());
}

/// The embeddings have probe numbers of their own from release 11.0.0 on.
#[test]
fn embeddings_probes_follow_the_release() {
    let values = "healthCheck: {readinessProbe: {initialDelaySeconds: 40}}\ningress: {enabled: false}";
    for (chart, expected) in [("7.2.0", 5_000 + 2_000 + 40_000), ("11.0.0", 5_000 + 2_000 + 15_000)] {
        let answer = ask(chart, values, certain());
        assert_eq!(
            length(&answer, Component::Embeddings, WindowKind::NoReadyEndpoint),
            Some(Some(expected)),
            "{chart}"
        );
    }
}

#[test]
fn chart_11_1_0_takes_worker_and_embeddings_down() {
    let answer = ask("11.1.0", "ingress: {enabled: false}", certain());
    for workload in &answer.workloads {
        let kind = WindowKind::NoReadyEndpoint;
        assert_eq!(
            length(&answer, workload.component, kind),
            Some(None),
            "{:?}",
            workload.component
        );
        assert!(workload.consequence.starts_with("The new pod cannot start"));
    }
}

#[test]
fn a_refused_strategy_has_no_forecast() {
    let answer = ask("7.1.0", "worker: {strategy: {type: Rolling}}", certain());
    let worker = &answer.workloads[0];
    assert!(worker.outlooks.is_empty());
    assert!(
        worker.consequence.contains("Unsupported value"),
        "{}",
        worker.consequence
    );
}

#[test]
fn hooks_stand_around_the_upgrade() {
    let answer = ask("7.1.0", "migrations: {enabled: true}", certain());
    let [migrate, smoke] = answer.hooks.as_slice() else {
        panic!("{:?}", answer.hooks);
    };
    assert_eq!((migrate.name, migrate.phase), ("lobu-migrate", HookPhase::PreUpgrade));
    assert_eq!((migrate.passes, migrate.deadline), (None, None));
    assert_eq!((smoke.name, smoke.phase), ("lobu-smoke-test", HookPhase::PostUpgrade));
    assert_eq!(smoke.deadline, Some(330_000));
    let passes = |likely, latest| {
        Some(Range {
            earliest: Some(likely),
            likely: Some(likely),
            latest: Some(latest),
        })
    };
    // A probe that has just missed the app comes 10 s later, and its status 1 s after that.
    assert_eq!(
        smoke.passes,
        passes(17_000, 28_000),
        "under Recreate the new version must answer"
    );
    let rolling = ask("7.1.0", ROLLING, certain());
    assert_eq!(
        rolling.hooks[0].passes,
        passes(2_000, 2_000),
        "an old pod answers as soon as the Job runs"
    );
    assert!(rolling.hooks[0].leaves_open.starts_with("Which version"));
}

#[test]
fn the_smoke_tests_deadline_follows_the_values() {
    let deadline = |chart, values| {
        ask(chart, values, certain())
            .hooks
            .last()
            .and_then(|hook| hook.deadline)
    };
    for (chart, values, expected) in [
        ("7.1.0", "releaseGates: {smokeTest: {timeoutSeconds: 10}}", Some(40_000)),
        (
            "7.1.0",
            "releaseGates: {smokeTest: {workerSmoke: {enabled: true}}}",
            Some(330_000),
        ),
        (
            "7.2.0",
            "releaseGates: {smokeTest: {workerSmoke: {enabled: true}}}",
            Some(420_000),
        ),
        ("7.1.0", "releaseGates: {smokeTest: {enabled: false}}", None),
    ] {
        assert_eq!(deadline(chart, values), expected, "{chart}, {values}");
    }
}
