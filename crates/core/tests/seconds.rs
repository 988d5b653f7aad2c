//! The statements about seconds that pull request 776 and the chart's comments make, as computed results.

use rollcast_core::{Answer, Finding, Outcome, Request, ValuesFile, evaluate};
use rollcast_rollout::WindowKind;

fn answer(chart: &str, values: &str) -> Answer {
    let request = Request {
        chart: chart.to_owned(),
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: values.to_owned(),
        }],
        ..Request::default()
    };
    match evaluate(&request).outcome {
        Outcome::Rendered(answer) => *answer,
        Outcome::Refused(failure) => panic!("{failure:?}"),
    }
}

/// Earliest, likely and latest in milliseconds.
fn length(answer: &Answer, kind: WindowKind) -> Option<[Option<u64>; 3]> {
    let lengths = &answer.outlooks[0].forecast.lengths;
    let length = lengths.iter().find(|length| length.kind == kind)?;
    let range = length.milliseconds;
    Some([range.earliest, range.likely, range.latest])
}

fn finding<'a>(answer: &'a Answer, id: &str) -> &'a Finding {
    answer.findings.iter().find(|finding| finding.id == id).unwrap()
}

const ROLLING: &str = "app: {allowMultiReplica: true, workspaces: {enabled: false}}";

/// "About 30 s": shutdown 1–5–15 s, the volume's move 0–15–60 s, scheduling 1–3–15 s, the first probe 10–10–31 s.
#[test]
fn recreate_leaves_about_thirty_seconds() {
    let answer = answer("7.1.0", "");
    assert_eq!(
        length(&answer, WindowKind::NoReadyEndpoint),
        Some([Some(12_000), Some(33_000), Some(121_000)])
    );
    assert_eq!(length(&answer, WindowKind::Overlap), None);
    assert_eq!(
        answer.verdict.consequence,
        "No pod is ready for 12–121 s (likely 33 s)."
    );
    let why = &finding(&answer, "outage").why;
    assert!(why.contains("about 30 s; that lies within this range"), "{why}");
}

/// "About 5 to 15 s": scheduling, the first probe and shutdown are longer.
#[test]
fn one_replica_overlaps_longer_than_the_chart_says() {
    let answer = answer("7.1.0", ROLLING);
    assert_eq!(
        length(&answer, WindowKind::Overlap),
        Some([Some(12_000), Some(18_000), Some(61_000)])
    );
    assert_eq!(length(&answer, WindowKind::NoReadyEndpoint), None);
    assert_eq!(
        answer.verdict.consequence,
        "2 pods overlap for 12–61 s (likely 18 s); no gap."
    );
    let why = &finding(&answer, "overlap").why;
    assert!(why.contains("about 5 to 15 s. It is longer"), "{why}");
    assert!(why.contains("initial delay of 10 s"), "{why}");
}

#[test]
fn a_pre_stop_sleep_lengthens_the_overlap_by_as_much() {
    let answer = answer(
        "7.1.0",
        "app: {allowMultiReplica: true, preStopDelaySeconds: 15, workspaces: {enabled: false}}",
    );
    assert_eq!(
        length(&answer, WindowKind::Overlap),
        Some([Some(27_000), Some(33_000), Some(76_000)])
    );
    let why = &finding(&answer, "overlap").why;
    assert!(why.contains("15 s in its preStop hook"), "{why}");
}

#[test]
fn a_pre_stop_sleep_lengthens_the_gap_of_recreate_by_as_much() {
    let plain = length(&answer("7.1.0", ""), WindowKind::NoReadyEndpoint).unwrap();
    let sleeping = length(
        &answer("7.1.0", "app: {preStopDelaySeconds: 15}"),
        WindowKind::NoReadyEndpoint,
    );
    assert_eq!(sleeping, Some(plain.map(|time| time.map(|time| time + 15_000))));
}

/// Chart 11.1.0 brings a preStop sleep of 5 s and a drain of 5 s. A newer chart made Recreate the default again, and
/// there the two only lengthen the gap; whether the image knows of the drain is not known.
#[test]
fn draining_lengthens_the_newest_charts_gap() {
    let newest = answer("main-1838", "");
    let sober = answer(
        "main-1838",
        "app: {lifecycle: {preStopSleepSeconds: 0}, env: {SHUTDOWN_READINESS_DRAIN_MS: '0'}}",
    );
    let [newest, sober] = [&newest, &sober].map(|answer| length(answer, WindowKind::NoReadyEndpoint).unwrap());
    assert_eq!(newest[1], sober[1].map(|time| time + 10_000));
    assert_eq!(newest[0], sober[0].map(|time| time + 5_000));
}

#[test]
fn assumptions_are_stated() {
    let assumptions = answer("7.1.0", ROLLING).assumptions.join("\n");
    for part in [
        "The app version is not known",
        "1–15 s (usually 3 s) after the pod is created",
        "first probe comes 10 s after",
        "exits by itself 1–15 s (usually 5 s) after SIGTERM",
        "Every proxy knows",
    ] {
        assert!(assumptions.contains(part), "{part:?} is not in\n{assumptions}");
    }
}
