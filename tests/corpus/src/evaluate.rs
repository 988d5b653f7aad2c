//! What must hold of the answer to any request.
//!
//! `r` is a request as JSON, to which the other parts add: `c` a chart, `a` an app version, `p` a confirmed prerequisite,
//! `b` the baseline's chart, `t` a file of the baseline, `u` what is taken over from there, a digit a flag; every other part is a values file. `w` asks for
//! fixes as well, `x` for all releases.

use std::sync::LazyLock;

use rollcast_chart::{Release, Source};
use rollcast_core::{
    AcrossOutcome, Answer, Baseline, CatalogueEntry, ChangeEntry, ChangeOutcome, Evidence, Failure, Flag, Outcome,
    Outlook, PrerequisiteState, Report, Request, Severity, ValuesFile, VerdictState, across, catalogue,
    change_catalogue, evaluate, evaluate_without_fixes, markdown,
};
use rollcast_rollout::{Range, Run, WindowKind};

use crate::parts::{chart, flag_kind, is_light, parts};

/// Checks an input.
///
/// # Panics
/// It does not hold.
pub fn check(data: &[u8]) {
    let request = request(data);
    let written = serde_json::to_string(&request).expect("a request is JSON");
    if is_finite(&request) {
        assert_eq!(serde_json::from_str::<Request>(&written).ok().as_ref(), Some(&request));
    }
    let report = evaluate_without_fixes(&request);
    assert!(serde_json::to_string(&report).is_ok_and(|text| text.starts_with('{')));
    told_by_a_catalogue(&report);
    places_are_inside(&request, &report);
    if let Outcome::Rendered(answer) = &report.outcome {
        is_coherent(answer);
    }
    assert!(!markdown(&request, &report).is_empty());
    // Each of these takes ten times as long as everything above.
    for (kind, _) in parts(data) {
        match kind {
            b'w' => agrees_with_fixes(&request, &report),
            b'x' => agrees_across(&request, &report),
            _ => {}
        }
    }
}

fn request(data: &[u8]) -> Request {
    let mut request = Request::default();
    for (kind, text) in parts(data) {
        let name = "v.yaml".to_owned();
        match (kind, flag_kind(kind)) {
            (_, Some(kind)) => request.set.push(Flag {
                kind,
                arg: text,
                content: Some("content".to_owned()),
            }),
            (b'r', _) => request = serde_json::from_str(&text).unwrap_or(request),
            (b'c', _) => request.chart = chart(&text),
            (b'a', _) => request.app = Some(text),
            (b'p', _) => request.confirmed.push(text),
            (b'b', _) => request.baseline.get_or_insert_with(Baseline::default).chart = Some(chart(&text)),
            (b'u', _) => request.reuse = serde_json::from_value(text.into()).ok(),
            (b'w' | b'x', _) => {}
            (b't', _) => {
                let baseline = request.baseline.get_or_insert_with(Baseline::default);
                baseline
                    .values
                    .get_or_insert_with(Vec::new)
                    .push(ValuesFile { name, text });
            }
            _ => request.values.push(ValuesFile { name, text }),
        }
    }
    request.set.retain(|flag| is_light(&flag.arg));
    if let Some(flags) = request.baseline.as_mut().and_then(|baseline| baseline.set.as_mut()) {
        flags.retain(|flag| is_light(&flag.arg));
    }
    request
}

/// Whether JSON can say all its seconds.
fn is_finite(request: &Request) -> bool {
    let cluster = &request.cluster;
    [
        cluster.scheduling,
        cluster.boot,
        cluster.shutdown,
        cluster.propagation,
        cluster.reattach,
    ]
    .iter()
    .all(|seconds| seconds.earliest.is_finite() && seconds.likely.is_finite() && seconds.latest.is_finite())
}

static FINDINGS: LazyLock<Vec<CatalogueEntry>> = LazyLock::new(catalogue);
static CHANGES: LazyLock<Vec<ChangeEntry>> = LazyLock::new(change_catalogue);

/// Whatever is said can be looked up.
fn told_by_a_catalogue(report: &Report) {
    if let Outcome::Rendered(answer) = &report.outcome {
        for finding in &answer.findings {
            let entry = FINDINGS
                .iter()
                .find(|entry| entry.id == finding.id)
                .expect("the catalogue has it");
            assert_eq!(finding.state.is_some(), entry.prerequisite, "{}", finding.id);
            for text in [&finding.title, &finding.what, &finding.why, &finding.action] {
                assert!(!text.is_empty(), "{}", finding.id);
            }
        }
    }
    if let Some(ChangeOutcome::Compared(change)) = &report.change {
        for item in &change.items {
            assert!(CHANGES.iter().any(|entry| entry.id == item.id), "{}", item.id);
            assert!(!item.what.is_empty(), "{}", item.id);
        }
    }
}

/// Every place stands in the text it is said to stand in.
fn places_are_inside(request: &Request, report: &Report) {
    let Request {
        values, set, baseline, ..
    } = request;
    match &report.outcome {
        Outcome::Rendered(answer) => {
            for finding in &answer.findings {
                inside(&finding.evidence, values, set);
            }
        }
        Outcome::Refused(failure) => failed(failure, values, set),
    }
    let own = baseline.as_ref();
    let (today, flags) = match own.map(|own| (&own.values, &own.set)) {
        Some((None, None)) | None => (values.as_slice(), set.as_slice()),
        Some((files, flags)) => (
            files.as_deref().unwrap_or_default(),
            flags.as_deref().unwrap_or_default(),
        ),
    };
    match &report.change {
        Some(ChangeOutcome::Compared(change)) => {
            for item in &change.items {
                inside(&item.before, today, flags);
                inside(&item.after, values, set);
            }
        }
        Some(ChangeOutcome::Refused(failure)) => failed(failure, today, flags),
        None => assert!(baseline.is_none() || report.release.is_none(), "a change was asked for"),
    }
}

fn failed(failure: &Failure, files: &[ValuesFile], flags: &[Flag]) {
    assert!(!failure.what.is_empty() && !failure.action.is_empty());
    if let Some(location) = &failure.location {
        let file = files.get(location.file).expect("the file was given");
        assert!(file.text.get(location.offset..location.end).is_some(), "{location:?}");
        assert!(location.line > 0 && location.column > 0);
    }
    if let Some(place) = &failure.flag {
        let flag = flags.get(place.flag).expect("the flag was given");
        assert!(flag.arg.is_char_boundary(place.offset), "{place:?}");
    }
}

fn inside(evidence: &[Evidence], files: &[ValuesFile], flags: &[Flag]) {
    for evidence in evidence {
        match &evidence.origin {
            Some(Source::File { file, offset, end, .. }) => {
                let text = files.get(*file).map(|file| file.text.as_str());
                assert!(
                    text.and_then(|text| text.get(*offset..*end)).is_some(),
                    "{evidence:?} in {text:?}"
                );
            }
            Some(Source::Flag { flag }) => assert!(*flag < flags.len(), "{evidence:?}"),
            Some(Source::Default { .. } | Source::LastRelease) | None => {}
        }
    }
}

/// The parts of an answer do not contradict each other.
fn is_coherent(answer: &Answer) {
    let order: Vec<Severity> = answer
        .findings
        .iter()
        .filter(|finding| finding.state.is_none())
        .map(|finding| finding.severity)
        .collect();
    assert!(order.is_sorted(), "errors come first: {order:?}");
    assert!(!answer.verdict.headline.is_empty() && !answer.verdict.consequence.is_empty());
    let occurs = |kind| answer.outlooks.iter().any(|outlook| length(outlook, kind));
    let unmet = answer
        .findings
        .iter()
        .any(|finding| finding.state == Some(PrerequisiteState::Unmet));
    match answer.verdict.state {
        VerdictState::Refused => assert!(answer.outlooks.is_empty()),
        VerdictState::Deadlock => assert!(occurs(WindowKind::Deadlock)),
        VerdictState::Outage => {}
        VerdictState::Unsafe | VerdictState::NeedsConfirmation | VerdictState::Safe => {
            assert!(!occurs(WindowKind::NoReadyEndpoint) && !occurs(WindowKind::Deadlock));
            assert!(!unmet || answer.verdict.state == VerdictState::Unsafe);
        }
    }
    let others = answer.workloads.iter().flat_map(|workload| &workload.outlooks);
    for outlook in answer.outlooks.iter().chain(others) {
        simulated(outlook);
    }
}

fn length(outlook: &Outlook, kind: WindowKind) -> bool {
    outlook.forecast.lengths.iter().any(|length| length.kind == kind)
}

/// Ranges are in order, bound their runs, and windows end after they begin.
fn simulated(outlook: &Outlook) {
    let forecast = &outlook.forecast;
    ordered(forecast.complete.map_none_last());
    ordered(forecast.last_old_gone.map_none_last());
    ordered(forecast.peak_pods);
    ordered(forecast.min_ready);
    for length in &forecast.lengths {
        ordered(length.milliseconds.map_none_last());
    }
    for run in [&forecast.earliest, &forecast.likely, &forecast.latest] {
        one_run(run);
        assert!((forecast.peak_pods.earliest..=forecast.peak_pods.latest).contains(&run.peak_pods));
        assert!((forecast.min_ready.earliest..=forecast.min_ready.latest).contains(&run.min_ready));
    }
}

fn one_run(run: &Run) {
    assert!(run.windows.is_sorted_by_key(|window| window.from));
    for window in &run.windows {
        assert!(window.to.is_none_or(|to| window.from < to), "{window:?}");
    }
    assert!(run.endpoints.is_sorted_by_key(|endpoints| endpoints.at));
    assert!(run.complete.is_none_or(|complete| complete <= run.end));
}

trait Ends {
    /// The range with what never ends behind everything else.
    fn map_none_last(self) -> Range<u64>;
}

impl Ends for Range<Option<u64>> {
    fn map_none_last(self) -> Range<u64> {
        let last = |at: Option<u64>| at.unwrap_or(u64::MAX);
        Range {
            earliest: last(self.earliest),
            likely: last(self.likely),
            latest: last(self.latest),
        }
    }
}

fn ordered<T: PartialOrd + std::fmt::Debug>(range: Range<T>) {
    assert!(
        range.earliest <= range.likely && range.likely <= range.latest,
        "{range:?}"
    );
}

/// The quick answer is the whole one without fixes and goals.
fn agrees_with_fixes(request: &Request, quick: &Report) {
    let mut whole = evaluate(request);
    if let Outcome::Rendered(answer) = &mut whole.outcome {
        answer.goals.clear();
        for finding in &mut answer.findings {
            finding.fixes.clear();
        }
    }
    assert_eq!(quick.release, whole.release);
    assert_eq!(quick.outcome, whole.outcome);
    assert_eq!(quick.warnings, whole.warnings);
}

/// The table of all releases says the same about the release in question.
fn agrees_across(request: &Request, report: &Report) {
    let rows = across(request);
    assert_eq!(rows.len(), Release::all().len());
    let Some(own) = rows.iter().find(|row| Some(&row.release) == report.release.as_ref()) else {
        return;
    };
    match (&own.outcome, &report.outcome) {
        (AcrossOutcome::Rendered(row), Outcome::Rendered(answer)) => {
            assert_eq!(row.verdict, answer.verdict);
            assert_eq!(row.decision, answer.decision);
        }
        (AcrossOutcome::Refused(row), Outcome::Refused(failure)) => assert_eq!(row, failure),
        _ => panic!("one renders, the other does not"),
    }
}
