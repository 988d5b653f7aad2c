//! The words the page uses for what the core says in types, and how it writes times.

use rollcast_core::{Applier, ArgoCdSync, ChangeKind, Helm4ServerSide, HelmLine, InstalledBy, Placement, Stage};
use rollcast_rollout::{PodState, Range, Version, Wait, WindowKind};

/// What may bring the objects to the cluster instead of the Helm that renders. Some stand
/// here more than once: it matters how they ask the API server.
pub(crate) const APPLIERS: [(Applier, &str); 13] = [
    (Applier::Helm3 { force: true }, "Helm 3 --force"),
    (
        helm4(Helm4ServerSide::Auto, InstalledBy::Helm4),
        "Helm 4, from the start",
    ),
    (
        helm4(Helm4ServerSide::Auto, InstalledBy::Helm3),
        "Helm 4, installed by Helm 3",
    ),
    (helm4(Helm4ServerSide::On, InstalledBy::Helm3), "Helm 4 --server-side"),
    (Applier::KubectlApply, "kubectl apply"),
    (
        Applier::KubectlServerSide {
            force_conflicts: false,
            after_client_side: false,
        },
        "kubectl apply --server-side",
    ),
    (Applier::KubectlReplace, "kubectl replace"),
    (argo_cd(ArgoCdSync::Apply), "Argo CD"),
    (argo_cd(ArgoCdSync::ServerSideApply), "Argo CD, ServerSideApply"),
    (argo_cd(ArgoCdSync::Replace), "Argo CD, Replace"),
    (Applier::Flux { force: false }, "Flux"),
    (Applier::Flux { force: true }, "Flux, force"),
    (Applier::Pulumi, "Pulumi"),
];

const fn helm4(server_side: Helm4ServerSide, installed_by: InstalledBy) -> Applier {
    Applier::Helm4 {
        server_side,
        installed_by,
        force_replace: false,
    }
}

const fn argo_cd(sync: ArgoCdSync) -> Applier {
    Applier::ArgoCd { sync }
}

pub(crate) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Request => "The question cannot be answered",
        Stage::Read => "Helm cannot read this file",
        Stage::Flag => "Helm cannot read this flag",
        Stage::Render => "Helm refuses to render the chart",
        Stage::Reparse => "Helm refuses what it rendered",
    }
}

pub(crate) const fn change(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Refused => "Refused",
        ChangeKind::Deleted => "Deleted",
        ChangeKind::Silent => "Changes silently",
        ChangeKind::Restart => "Restarts",
        ChangeKind::Waits => "Waits",
        ChangeKind::Asked => "As asked",
    }
}

pub(crate) const fn helm(line: HelmLine) -> &'static str {
    match line {
        HelmLine::V3_17 => "3.17 to 3.20.0",
        HelmLine::V3_20 => "3.20.1 and later",
        HelmLine::V4 => "4",
    }
}

pub(crate) const fn placement(placement: Placement) -> &'static str {
    match placement {
        Placement::Unknown => "Not known",
        Placement::SameNode => "Same node",
        Placement::OtherNode => "Another node",
    }
}

/// The name of a window where there is little room.
pub(crate) const fn window_short(kind: WindowKind) -> &'static str {
    match kind {
        WindowKind::Overlap => "Overlap",
        WindowKind::BothReady => "Both serve",
        WindowKind::NoReadyEndpoint => "None ready",
        WindowKind::NoUsableEndpoint => "None usable",
        WindowKind::StaleEndpoint => "Some fail",
        WindowKind::ReducedCapacity => "Reduced",
        WindowKind::TwoWriters => "Two writers",
        WindowKind::Deadlock => "Deadlock",
    }
}

pub(crate) const fn window_meaning(kind: WindowKind) -> &'static str {
    match kind {
        WindowKind::Overlap => "Pods of both versions exist, terminating ones included.",
        WindowKind::BothReady => "Requests reach either version.",
        WindowKind::NoReadyEndpoint => "Ingress controllers answer 503.",
        WindowKind::NoUsableEndpoint => "The Service refuses connections: not even a terminating pod accepts them.",
        WindowKind::StaleEndpoint => "Proxies still send to a pod that no longer accepts connections.",
        WindowKind::ReducedCapacity => "Fewer ready pods than replicas.",
        WindowKind::TwoWriters => "Pods of both versions have the same volume mounted.",
        WindowKind::Deadlock => "Nothing moves, and the rollout is not complete.",
    }
}

pub(crate) const fn pod_state(state: PodState) -> &'static str {
    match state {
        PodState::Waiting { .. } => "waiting",
        PodState::Starting { .. } => "starting",
        PodState::Ready { .. } => "ready",
        PodState::Draining { .. } => "draining",
        PodState::Stopping { .. } => "stopping",
        PodState::Gone { killed: true, .. } => "killed",
        PodState::Gone { killed: false, .. } => "gone",
    }
}

pub(crate) const fn version(version: Version) -> &'static str {
    match version {
        Version::Old => "old",
        Version::New => "new",
    }
}

pub(crate) fn wait(wait: Wait) -> String {
    match wait {
        Wait::Success { at, vacuous: false } => format!("succeeds after {}", time(at)),
        Wait::Success { at, vacuous: true } => {
            format!(
                "succeeds after {} without waiting for any pod, which proves nothing",
                time(at)
            )
        }
        Wait::TimedOut { at } => format!("fails after {}: its time is over", time(at)),
        Wait::DeadlineExceeded { at } => format!("fails after {}: the progress deadline is exceeded", time(at)),
        Wait::Never => "never returns".to_owned(),
    }
}

/// From here on times are written in minutes.
const MINUTES: u64 = 600_000;

/// Milliseconds as people read them: "0.5 s", "28 s", "12 min 5 s".
pub(crate) fn time(milliseconds: u64) -> String {
    if milliseconds >= MINUTES {
        let seconds = (milliseconds + 500) / 1000;
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        return if seconds == 0 {
            format!("{minutes} min")
        } else {
            format!("{minutes} min {seconds} s")
        };
    }
    format!("{} s", seconds(milliseconds))
}

/// Milliseconds in seconds, without the unit; tenths below ten seconds.
pub(crate) fn seconds(milliseconds: u64) -> String {
    if milliseconds < 10_000 {
        let tenths = (milliseconds + 50) / 100;
        if tenths.is_multiple_of(10) {
            (tenths / 10).to_string()
        } else {
            format!("{}.{}", tenths / 10, tenths % 10)
        }
    } else {
        ((milliseconds + 500) / 1000).to_string()
    }
}

/// A range of times; what may never end says so.
pub(crate) fn span(range: &Range<Option<u64>>) -> String {
    match (range.earliest, range.latest) {
        (None, _) => "for ever".to_owned(),
        (Some(0), None) => "none, or for ever".to_owned(),
        (Some(earliest), None) => format!("{} to for ever", time(earliest)),
        (Some(0), Some(0)) => "none".to_owned(),
        (Some(earliest), Some(latest)) => between(earliest, latest),
    }
}

/// When something happens at last, if it does.
pub(crate) fn moment(range: &Range<Option<u64>>) -> String {
    match (range.earliest, range.latest) {
        (None, _) => "never".to_owned(),
        (Some(earliest), None) => format!("{} to never", time(earliest)),
        (Some(earliest), Some(latest)) => between(earliest, latest),
    }
}

fn between(earliest: u64, latest: u64) -> String {
    let (from, to) = (time(earliest), time(latest));
    if from == to {
        from
    } else if latest < MINUTES {
        format!("{}–{to}", seconds(earliest))
    } else {
        format!("{from} – {to}")
    }
}

/// A range of whole numbers.
pub(crate) fn count(range: &Range<u32>) -> String {
    if range.earliest == range.latest {
        range.latest.to_string()
    } else {
        format!("{}–{}", range.earliest, range.latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn range(earliest: Option<u64>, latest: Option<u64>) -> Range<Option<u64>> {
        Range {
            earliest,
            likely: earliest,
            latest,
        }
    }

    #[test]
    fn times_are_short_and_round_as_people_do() {
        let all = [
            0, 40, 500, 949, 1000, 9_960, 9_940, 28_400, 28_500, 599_999, 600_000, 725_400,
        ];
        assert_eq!(
            all.map(time),
            [
                "0 s",
                "0 s",
                "0.5 s",
                "0.9 s",
                "1 s",
                "10 s",
                "9.9 s",
                "28 s",
                "29 s",
                "600 s",
                "10 min",
                "12 min 5 s"
            ]
        );
    }

    #[test]
    fn ranges_say_what_may_never_end() {
        assert_eq!(span(&range(Some(28_000), Some(46_000))), "28–46 s");
        assert_eq!(span(&range(Some(28_000), Some(28_200))), "28 s");
        assert_eq!(span(&range(Some(0), Some(0))), "none");
        assert_eq!(span(&range(Some(0), Some(900))), "0–0.9 s");
        assert_eq!(span(&range(None, None)), "for ever");
        assert_eq!(span(&range(Some(30_000), None)), "30 s to for ever");
        assert_eq!(span(&range(Some(0), None)), "none, or for ever");
        assert_eq!(span(&range(Some(60_000), Some(780_000))), "60 s – 13 min");
        assert_eq!(moment(&range(Some(20_000), None)), "20 s to never");
    }
}
