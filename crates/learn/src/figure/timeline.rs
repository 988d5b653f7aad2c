//! A simulated rollout, drawn to scale from the engine's own data.

use maud::{Markup, html};
use rollcast_core::Outlook;
use rollcast_rollout::{Pod, PodState, Run, Version};

use super::moving;
use crate::prose;

/// Where the plot begins, and how wide it is, in the drawing's own units.
const LEFT: u64 = 70;
const WIDTH: u64 = 580;
/// The height of a row.
const ROW: u64 = 26;
/// What never ends is drawn at least this long, in milliseconds.
const FOREVER: u64 = 30_000;
/// More pods than this are not drawn.
const PODS: usize = 10;

/// The likely run of an outlook; `None` where it has too many pods, or no time passes.
pub(super) fn figure(outlook: &Outlook) -> Option<Markup> {
    let run = &outlook.forecast.likely;
    let end = shown(run);
    if end == 0 || run.pods.len() > PODS {
        return None;
    }
    let title = if outlook.title.is_empty() {
        "The likely run, to scale".to_owned()
    } else {
        format!("The likely run if {}, to scale", outlook.title)
    };
    let words = html! {
        ul class="story" { @for sentence in &outlook.story { li { (prose::sentence(sentence)) } } }
    };
    Some(moving("rollout", &title, &drawing(run, end), &words))
}

/// How far it is drawn: a little beyond its end where something never ends.
fn shown(run: &Run) -> u64 {
    if run.windows.iter().any(|window| window.to.is_none()) {
        run.end.saturating_add((run.end / 3).max(FOREVER))
    } else {
        run.end
    }
}

fn drawing(run: &Run, end: u64) -> Markup {
    let kinds = windows(run, end);
    let rows = (run.pods.len() + kinds.len()) as u64;
    let bottom = rows * ROW + 8;
    html! {
        svg class="drawing timeline" viewBox={ "0 0 660 " (bottom + 24) } aria-hidden="true" focusable="false" {
            @for tick in ticks(end) {
                @let x = scaled(tick, end);
                path class="grid" d={ "M" (LEFT + x) " 4V" (bottom) } {}
                // At the right edge there is no room beside the line.
                text class="tick" x=(LEFT + x) y=(bottom + 16) text-anchor=(if x + 20 > WIDTH { "end" } else { "middle" }) {
                    (tick / 1_000) " s"
                }
            }
            @for (row, pod) in run.pods.iter().enumerate() { (bars(pod, row as u64 * ROW + 6, end)) }
            @for (at, (key, name, spans)) in kinds.iter().enumerate() {
                (window(key, name, spans, (run.pods.len() + at) as u64 * ROW + 10, end))
            }
            svg x=(LEFT) y="0" width=(WIDTH) height=(bottom) {
                g class="sweep" {
                    rect class="cover" x="0" y="0" width=(WIDTH) height=(bottom) {}
                    rect class="playhead" x="0" y="0" width="2" height=(bottom) {}
                }
            }
        }
    }
}

fn bars(pod: &Pod, y: u64, end: u64) -> Markup {
    let version = match pod.version {
        Version::Old => "old",
        Version::New => "new",
    };
    let starts = pod.states.iter().map(|state| state.at());
    let ends = starts.skip(1).chain([end]);
    html! {
        g class={ "pod " (version) } {
            text class="row-name" x=(LEFT - 8) y=(y + 14) text-anchor="end" { (pod.name) }
            @for (state, to) in pod.states.iter().zip(ends) {
                @if let Some(name) = name(*state) {
                    @let x = scaled(state.at(), end);
                    @let width = scaled(to, end).saturating_sub(x);
                    @if width > 0 {
                        rect class={ "bar " (name) } x=(LEFT + x) y=(y) width=(width) height="20" rx="3" {}
                        @if width > 58 { text class={ "bar-name " (name) } x=(LEFT + x + 7) y=(y + 14) { (name) } }
                    }
                }
            }
        }
    }
}

fn window(key: &str, name: &str, spans: &[(u64, u64)], y: u64, end: u64) -> Markup {
    html! {
        g class="window" data-window=(key) {
            @for (from, to) in spans {
                rect x=(LEFT + scaled(*from, end)) y=(y) width=(scaled(*to, end).saturating_sub(scaled(*from, end)).max(2))
                    height="6" rx="3" {}
            }
            @let from = spans.first().map_or(0, |(from, _)| scaled(*from, end));
            // Names that would leave the drawing end at its edge instead.
            @if from > WIDTH * 3 / 4 {
                text class="window-name" x=(LEFT + WIDTH) y=(y + 17) text-anchor="end" { (name) }
            } @else {
                text class="window-name" x=(LEFT + from) y=(y + 17) { (name) }
            }
        }
    }
}

/// A kind of window by its attribute and words, with its spans.
type Spans = (&'static str, &'static str, Vec<(u64, u64)>);

/// The windows of a run by kind, in order of their first start.
fn windows(run: &Run, end: u64) -> Vec<Spans> {
    let mut kinds: Vec<Spans> = Vec::new();
    for window in &run.windows {
        let (key, name) = (window.kind.name(), window.kind.words());
        let span = (window.from, window.to.unwrap_or(end));
        match kinds.iter_mut().find(|(known, ..)| *known == key) {
            Some((.., spans)) => spans.push(span),
            None => kinds.push((key, name, vec![span])),
        }
    }
    kinds
}

const fn scaled(at: u64, end: u64) -> u64 {
    at * WIDTH / end
}

/// Round moments, at most eight.
fn ticks(end: u64) -> impl Iterator<Item = u64> {
    let step = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800, 3_600]
        .into_iter()
        .map(|seconds| seconds * 1_000)
        .find(|step| end / step <= 8)
        .unwrap_or(end);
    (0..=end / step).map(move |number| number * step)
}

const fn name(state: PodState) -> Option<&'static str> {
    match state {
        PodState::Waiting { .. } => Some("waiting"),
        PodState::Starting { .. } => Some("starting"),
        PodState::Ready { .. } => Some("ready"),
        PodState::Draining { .. } => Some("draining"),
        PodState::Stopping { .. } => Some("stopping"),
        PodState::Gone { .. } => None,
    }
}
