use rollcast_core::{Hook, HookPhase, Report};
use rollcast_rollout::{Endpoints, PodState, Run, Version, WindowKind};
use yew::prelude::*;

use super::plot::{Axis, FULL, Row, Segment, percent, rows};
use super::{hazards, outlook};
use crate::state::Shared;
use crate::words;

/// Heights in pixels.
const LANE: usize = 26;
const AXIS: usize = 24;
const ENDPOINTS: usize = 52;
/// The part of [`ENDPOINTS`] that the counts take.
const COUNTS: usize = 18;

/// How tall the row of a pod is, and the bar in it: many pods get less each.
const fn row_height(rows: usize) -> (usize, usize) {
    if rows <= 12 { (26, 18) } else { (16, 12) }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct TimelineProps {
    pub(crate) report: Shared<Report>,
    /// Which of its outlooks.
    pub(crate) outlook: usize,
    /// The id of the text that stands for the picture where it cannot be seen.
    pub(crate) described_by: AttrValue,
}

/// The likely run, to scale: windows, pods, endpoints.
#[component]
pub(crate) fn Timeline(props: &TimelineProps) -> Html {
    let Some((answer, outlook)) = outlook(&props.report, props.outlook) else {
        return Html::default();
    };
    let run = &outlook.forecast.likely;
    let axis = Axis::of(run);
    let rows = rows(run, axis);
    let lanes: Vec<WindowKind> = WindowKind::ALL
        .into_iter()
        .filter(|kind| run.windows.iter().any(|window| window.kind == *kind))
        .collect();
    let (row_height, bar) = row_height(rows.len());
    let pods_top = AXIS + lanes.len() * LANE + 8;
    let endpoints_top = pods_top + rows.len() * row_height + 8;
    let jobs_top = endpoints_top + ENDPOINTS + 6;
    let height = jobs_top + answer.hooks.len() * LANE;
    let mut names = Vec::new();
    let mut drawing = Vec::new();
    for window in run.windows.iter().filter(|window| shades(window.kind)) {
        let area = Area::between(
            axis,
            window.from,
            window.to,
            pods_top,
            endpoints_top + ENDPOINTS - pods_top,
        );
        drawing.push(html! { <g data-window={window.kind.name()}>{ area.rect("shade") }</g> });
    }
    let ticks = axis.ticks().into_iter().enumerate();
    drawing.extend(ticks.map(|(number, at)| tick(axis, number, at, height)));
    for (at, kind) in lanes.into_iter().enumerate() {
        let top = AXIS + at * LANE;
        names.push(text(
            "timeline-window-name",
            0,
            top + 17,
            "start",
            words::window_short(kind).into(),
        ));
        drawing.push(lane(run, axis, kind, top, hazards(answer, kind).count()));
    }
    for (at, row) in rows.iter().enumerate() {
        let top = pods_top + at * row_height;
        let (class, drop) = if bar < 18 {
            ("timeline-note", 13)
        } else {
            ("timeline-pod-name", 17)
        };
        names.push(text(class, 0, top + drop, "start", row.name.clone().into()));
        drawing.push(pod(axis, row, top + (row_height - bar) / 2, bar));
    }
    names.push(text(
        "timeline-pod-name",
        0,
        endpoints_top + 17,
        "start",
        "Endpoints".into(),
    ));
    names.push(text(
        "timeline-note",
        0,
        endpoints_top + 34,
        "start",
        "that are ready".into(),
    ));
    drawing.push(endpoints(run, axis, endpoints_top));
    for (at, hook) in answer.hooks.iter().enumerate() {
        let top = jobs_top + at * LANE;
        let name = hook.name.strip_prefix("lobu-").unwrap_or(hook.name);
        names.push(text("timeline-pod-name", 0, top + 17, "start", name.into()));
        drawing.push(job(axis, hook, top));
    }
    html! {
        <div class="timeline">
            <svg width="100%" height={height.to_string()} aria-hidden="true">{ names }</svg>
            <svg
                class="timeline-plot" width="100%" height={height.to_string()} role="img"
                aria-label="Timeline of the likely run" aria-describedby={&props.described_by}
            >
                { patterns() }
                { drawing }
            </svg>
        </div>
    }
}

/// Windows that colour the whole height below them.
const fn shades(kind: WindowKind) -> bool {
    matches!(
        kind,
        WindowKind::NoReadyEndpoint | WindowKind::NoUsableEndpoint | WindowKind::Overlap | WindowKind::Deadlock
    )
}

/// A rectangle: horizontally in shares of the axis, vertically in pixels.
#[derive(Clone, Copy, Debug)]
struct Area {
    from: u64,
    to: u64,
    top: usize,
    height: usize,
}

impl Area {
    /// From one time to another; to the end of the axis where there is no other.
    fn between(axis: Axis, from: u64, to: Option<u64>, top: usize, height: usize) -> Self {
        Self {
            from: axis.share(from),
            to: to.map_or(FULL, |to| axis.share(to)),
            top,
            height,
        }
    }

    fn rect(self, class: &'static str) -> Html {
        self.filled(class, None)
    }

    fn filled(self, class: &'static str, fill: Option<&'static str>) -> Html {
        html! {
            <rect
                {class} {fill} x={percent(self.from)} width={percent(self.to.saturating_sub(self.from))}
                y={self.top.to_string()} height={self.height.to_string()}
            />
        }
    }
}

/// A text at a share of the axis and a height.
fn text(class: &'static str, share: u64, y: usize, anchor: &'static str, text: AttrValue) -> Html {
    let dx = match (share, anchor) {
        (0, _) | (_, "middle") => "0",
        (_, "end") => "-6",
        _ => "6",
    };
    html! { <text {class} x={percent(share)} {dx} y={y.to_string()} text-anchor={anchor}>{ text }</text> }
}

fn line(class: &'static str, share: u64, from: usize, to: usize) -> Html {
    let x = percent(share);
    html! { <line {class} x1={x.clone()} x2={x} y1={from.to_string()} y2={to.to_string()} /> }
}

fn tick(axis: Axis, number: usize, at: u64, height: usize) -> Html {
    let share = axis.share(at);
    // The first and the last would be cut off in the middle.
    let anchor = match share {
        0 => "start",
        share if share > FULL * 19 / 20 => "end",
        _ => "middle",
    };
    let class = if number.is_multiple_of(2) {
        "tick-label"
    } else {
        "tick-label between"
    };
    html! {
        <>
            { line("tick", share, AXIS, height) }
            { text(class, share, 14, anchor, words::time(at).into()) }
        </>
    }
}

/// All windows of a kind, the first with the number of findings that bite in it.
fn lane(run: &Run, axis: Axis, kind: WindowKind, top: usize, caveats: usize) -> Html {
    let windows = run.windows.iter().filter(|window| window.kind == kind);
    let drawn = windows.enumerate().map(|(at, window)| {
        let area = Area::between(axis, window.from, window.to, top + 6, 14);
        let length = match window.to {
            Some(end) => words::time(end - window.from),
            None => "does not end".to_owned(),
        };
        let label = match (at, caveats) {
            (0, 1) => format!("{length} · 1 caveat"),
            (0, 2..) => format!("{length} · {caveats} caveats"),
            _ => length,
        };
        labelled(area, label)
    });
    html! { <g data-window={kind.name()}>{ for drawn }</g> }
}

/// A Job of the upgrade. What Helm waits for before the axis begins stands at its beginning; what it starts then lasts until
/// it can pass.
fn job(axis: Axis, hook: &Hook, top: usize) -> Html {
    let passes = hook.passes.and_then(|passes| passes.likely);
    let (to, label) = match (hook.phase, passes) {
        (HookPhase::PreUpgrade, _) => (Some(0), "ends before 0 s".to_owned()),
        (HookPhase::PostUpgrade, Some(at)) => (Some(at), format!("can pass after {}", words::time(at))),
        (HookPhase::PostUpgrade, None) => (None, "cannot pass".to_owned()),
    };
    let area = Area::between(axis, 0, to, top + 6, 14);
    html! { <g class="job">{ labelled(area, label) }</g> }
}

/// A bar with its label: inside where there is room, else on the side that has more of it.
fn labelled(area: Area, label: String) -> Html {
    let (class, share, anchor) = if area.to - area.from > FULL / 3 {
        ("window-label-inside", area.from.max(1), "start")
    } else if area.to < FULL * 2 / 3 {
        ("window-label", area.to.max(1), "start")
    } else {
        ("window-label", area.from, "end")
    };
    // The baseline of the text, seen from the top of the bar.
    let baseline = area.top + 11;
    html! { <>{ area.rect("window-bar") }{ text(class, share, baseline, anchor, label.into()) }</> }
}

fn pod(axis: Axis, row: &Row, top: usize, height: usize) -> Html {
    html! {
        <g class="pod" data-version={words::version(row.version)}>
            { for row.segments.iter().map(|segment| bar(axis, segment, top, height)) }
            if let Some((at, killed)) = row.gone {
                { line("gone", axis.share(at), top, top + height) }
                if killed {
                    { text("killed", axis.share(at), top + height - 5, side(axis.share(at)), "✕ SIGKILL".into()) }
                }
            }
        </g>
    }
}

/// The side of a place at which a text has room.
const fn side(share: u64) -> &'static str {
    if share < FULL * 4 / 5 { "start" } else { "end" }
}

fn bar(axis: Axis, segment: &Segment, top: usize, height: usize) -> Html {
    let area = Area::between(axis, segment.from, Some(segment.to), top, height);
    let state = words::pod_state(segment.state);
    let label = (area.to - area.from > FULL / 6 && height >= 18)
        .then(|| text("bar-label", area.from.max(1), top + 13, "start", state.into()));
    html! {
        <g class="bar-state" data-state={state}>
            { area.rect("bar-base") }
            { for pattern(segment.state).map(|fill| area.filled("bar-pattern", Some(fill))) }
            { label }
            <title>{ format!("{state}, {} to {}", words::time(segment.from), words::time(segment.to)) }</title>
        </g>
    }
}

const fn pattern(state: PodState) -> Option<&'static str> {
    match state {
        PodState::Waiting { .. } | PodState::Ready { .. } | PodState::Gone { .. } => None,
        PodState::Starting { .. } => Some("url(#pattern-starting)"),
        PodState::Draining { .. } => Some("url(#pattern-draining)"),
        PodState::Stopping { .. } => Some("url(#pattern-stopping)"),
    }
}

/// Shapes that tell states apart without colour.
fn patterns() -> Html {
    html! {
        <defs>
            <pattern id="pattern-starting" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <path class="pattern-line" d="M0 0V7" />
            </pattern>
            <pattern id="pattern-draining" width="6" height="6" patternUnits="userSpaceOnUse">
                <path class="pattern-dot" d="M3 3h.01" />
            </pattern>
            <pattern id="pattern-stopping" width="6" height="6" patternUnits="userSpaceOnUse">
                <path class="pattern-line" d="M0 0L6 6M6 0L0 6" />
            </pattern>
        </defs>
    }
}

/// Ready endpoints as the proxies know them, new ones on top of old ones, with their counts above.
fn endpoints(run: &Run, axis: Axis, top: usize) -> Html {
    let most = run.endpoints.iter().map(|known| known.old + known.new).max();
    let most = most.unwrap_or(0).max(1) as usize;
    let ends = run.endpoints.iter().skip(1).map(|known| Some(known.at)).chain([None]);
    let full = ENDPOINTS - COUNTS;
    let mut labelled = 0;
    let steps = run.endpoints.iter().zip(ends).map(|(known, end)| {
        // Whole pixels are fine enough: the counts stand above.
        let height = |count: u32| full * count as usize / most;
        let area =
            |below: usize, height: usize| Area::between(axis, known.at, end, top + ENDPOINTS - below - height, height);
        let (old, new) = (height(known.old), height(known.new));
        let whole = area(0, full);
        // A count is left out where it would run into the one before, or off the axis.
        let label = label(*known);
        let behind = whole.from + FULL / 60 * (label.chars().count() as u64 + 1);
        let fits = whole.from >= labelled && whole.to - whole.from > FULL / 50 && behind <= FULL;
        let label = fits.then(|| {
            labelled = behind;
            text(
                "endpoints-count",
                whole.from.max(1),
                top + COUNTS - 5,
                "start",
                label.into(),
            )
        });
        let usable = if known.usable > 0 { "some" } else { "none" };
        html! {
            <g data-usable={usable}>
                if known.old + known.new == 0 {
                    { whole.rect("endpoints-none") }
                }
                { area(0, old).rect("endpoints-old") }
                { area(old, new).rect("endpoints-new") }
                { label }
            </g>
        }
    });
    html! { <g>{ for steps }</g> }
}

fn label(known: Endpoints) -> String {
    let Endpoints { old, new, usable, .. } = known;
    match (old, new) {
        (0, 0) if usable > 0 => format!("none, {usable} still serves"),
        (0, 0) => "none".to_owned(),
        (old, 0) => format!("{old} old"),
        (0, new) => format!("{new} new"),
        (old, new) => format!("{old} + {new}"),
    }
}

/// What the shapes mean.
pub(super) fn legend() -> Html {
    let states = [
        PodState::Waiting { at: 0 },
        PodState::Starting { at: 0 },
        PodState::Ready { at: 0 },
        PodState::Draining { at: 0 },
        PodState::Stopping { at: 0 },
    ];
    let area = Area {
        from: 0,
        to: FULL,
        top: 0,
        height: 14,
    };
    html! {
        <ul class="legend" aria-label="Legend">
            { for states.map(|state| html! {
                <li>
                    <svg class="pod" data-version={words::version(Version::New)} width="26" height="14" aria-hidden="true">
                        <g class="bar-state" data-state={words::pod_state(state)}>
                            { area.rect("bar-base") }
                            { for pattern(state).map(|fill| area.filled("bar-pattern", Some(fill))) }
                        </g>
                    </svg>
                    { words::pod_state(state) }
                </li>
            }) }
        </ul>
    }
}
