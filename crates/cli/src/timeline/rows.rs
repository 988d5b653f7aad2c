use rollcast_rollout::{PodState, Run, Version, WindowKind};

/// One row of the drawing: a pod, the endpoints, or a kind of window.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) segments: Vec<Segment>,
}

/// A stretch of a row; milliseconds, `from < to`.
#[derive(Debug, PartialEq)]
pub(super) struct Segment {
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) kind: Kind,
}

/// What holds in a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A pod of this version is in this phase.
    Pod(Version, Phase),
    /// So many endpoints are ready.
    Endpoints(u32),
    /// A window is open.
    Window(WindowKind),
}

/// What a pod does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Phase {
    Waiting,
    Starting,
    Ready,
    Draining,
    Stopping,
}

impl Phase {
    pub(super) const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Starting,
        Self::Ready,
        Self::Draining,
        Self::Stopping,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting for the volume",
            Self::Starting => "starting",
            Self::Ready => "ready",
            Self::Draining => "draining (preStop)",
            Self::Stopping => "stopping",
        }
    }
}

/// How far the time axis goes: to the end of the run, and beyond it where something never ends.
pub(super) fn end(run: &Run) -> u64 {
    if run.windows.iter().any(|window| window.to.is_none()) {
        run.end.saturating_add(run.end / 4).max(60_000)
    } else {
        run.end.max(1)
    }
}

/// The pods of a run, old ones first.
pub(super) fn pods(run: &Run) -> Vec<Row> {
    let end = end(run);
    run.pods
        .iter()
        .map(|pod| {
            let states: Vec<(u64, Option<Phase>)> = pod.states.iter().map(phase).collect();
            let ends = states.iter().skip(1).map(|&(at, _)| at).chain([end]);
            let segments = states
                .iter()
                .zip(ends)
                .filter_map(|(&(from, phase), to)| {
                    let kind = Kind::Pod(pod.version, phase?);
                    Some(Segment { from, to, kind }).filter(|segment| segment.from < segment.to)
                })
                .collect();
            Row {
                label: pod.name.clone(),
                segments,
            }
        })
        .collect()
}

/// The number of ready endpoints.
pub(super) fn endpoints(run: &Run) -> Row {
    let ends = run.endpoints.iter().skip(1).map(|next| next.at).chain([end(run)]);
    let segments = run
        .endpoints
        .iter()
        .zip(ends)
        .map(|(endpoints, to)| Segment {
            from: endpoints.at,
            to,
            kind: Kind::Endpoints(endpoints.old + endpoints.new),
        })
        .filter(|segment| segment.from < segment.to)
        .collect();
    Row {
        label: "ready endpoints".to_owned(),
        segments,
    }
}

/// The kinds of windows that open, each with all its windows.
pub(super) fn windows(run: &Run) -> Vec<Row> {
    let end = end(run);
    WindowKind::ALL
        .into_iter()
        .map(|kind| Row {
            label: kind.words().to_lowercase(),
            segments: run
                .windows
                .iter()
                .filter(|window| window.kind == kind)
                .map(|window| Segment {
                    from: window.from,
                    to: window.to.unwrap_or(end),
                    kind: Kind::Window(kind),
                })
                .filter(|segment| segment.from < segment.to)
                .collect(),
        })
        .filter(|row| !row.segments.is_empty())
        .collect()
}

fn phase(state: &PodState) -> (u64, Option<Phase>) {
    match *state {
        PodState::Waiting { at } => (at, Some(Phase::Waiting)),
        PodState::Starting { at } => (at, Some(Phase::Starting)),
        PodState::Ready { at } => (at, Some(Phase::Ready)),
        PodState::Draining { at } => (at, Some(Phase::Draining)),
        PodState::Stopping { at } => (at, Some(Phase::Stopping)),
        PodState::Gone { at, .. } => (at, None),
    }
}
