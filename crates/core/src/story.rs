//! What happens in a simulated rollout, sentence by sentence.

use rollcast_rollout::{Forecast, PodTimes, Range, Rollout, Run, Stop, Strategy, StuckCause, WayOut, WindowKind};

use crate::Outlook;
use crate::outlooks::length;
use crate::words::{between, count, during, likely, open_seconds, seconds, sentence};

/// Whose rollout it is; the words for what is missing depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Serves requests.
    App,
    /// Serves none.
    Worker,
    /// Serves the other two.
    Embeddings,
}

/// The simulated runs of a rollout, each with its story.
pub(crate) fn told(part: Part, rollout: &Rollout<Range<u64>>, mut outlooks: Vec<Outlook>) -> Vec<Outlook> {
    for outlook in &mut outlooks {
        outlook.story = story(part, rollout, &outlook.forecast);
    }
    outlooks
}

fn story(part: Part, rollout: &Rollout<Range<u64>>, forecast: &Forecast) -> Vec<String> {
    let replicas = rollout.replicas;
    if replicas == 0 {
        return vec!["The Deployment asks for no pod, so none is replaced and nothing serves.".to_owned()];
    }
    let mut story = vec![first_step(replicas, rollout.strategy, forecast)];
    story.extend(overlap(part, forecast));
    story.push(stopping(&rollout.old));
    story.extend(endpoints(part, replicas, forecast));
    story.extend(writers(part, forecast));
    match forecast.likely.stuck.first() {
        Some(stuck) => story.push(standstill(stuck.cause, &stuck.ways_out)),
        None => story.push(ending(forecast)),
    }
    story
}

fn first_step(replicas: u32, strategy: Strategy, forecast: &Forecast) -> String {
    let (Strategy::RollingUpdate { .. }, Some(limits)) = (strategy, forecast.limits) else {
        return format!(
            "Recreate: Kubernetes deletes {} first, waits until {} gone, and only then creates {}.",
            old_pods(replicas),
            if replicas == 1 { "it is" } else { "all are" },
            if replicas == 1 { "the new one" } else { "the new ones" },
        );
    };
    let (first, surge) = (limits.surge.min(replicas), limits.surge);
    match (surge, limits.unavailable) {
        (_, 0) => format!(
            "RollingUpdate with {} above the {replicas} wanted and none missing: Kubernetes creates {} first and deletes \
             an old one only for each new one that is ready.",
            count(surge, "pod"),
            count(first, "new pod"),
        ),
        (0, unavailable) => format!(
            "RollingUpdate without a pod above the {replicas} wanted: Kubernetes deletes {} at once and creates {} in \
             {} place, without waiting for the old to be gone.",
            count(unavailable, "old pod"),
            count(unavailable, "new pod"),
            if unavailable == 1 { "its" } else { "their" },
        ),
        (surge, unavailable) => format!(
            "RollingUpdate with {} above the {replicas} wanted and {} missing: Kubernetes deletes {} and creates {} at \
             once.",
            count(surge, "pod"),
            unavailable,
            count(unavailable, "old pod"),
            count(surge.saturating_add(unavailable).min(replicas), "new pod"),
        ),
    }
}

fn old_pods(replicas: u32) -> String {
    if replicas == 1 {
        "the old pod".to_owned()
    } else {
        format!("all {replicas} old pods")
    }
}

fn overlap(part: Part, forecast: &Forecast) -> Option<String> {
    let overlap = length(forecast, WindowKind::Overlap)?;
    let both = length(forecast, WindowKind::BothReady).filter(|_| part != Part::Worker);
    let both = both.map_or_else(String::new, |both| {
        format!("; {} both versions are ready endpoints", during(both))
    });
    Some(format!(
        "Old and new pods exist together {}{}{both}. At most {} pods exist at once.",
        during(overlap),
        likely(overlap),
        between(forecast.peak_pods),
    ))
}

fn stopping(times: &PodTimes<Range<u64>>) -> String {
    let stop = |shutdown| Stop::of(times.grace, times.pre_stop, shutdown);
    let [earliest, usual, latest] = [times.shutdown.earliest, times.shutdown.likely, times.shutdown.latest].map(stop);
    let gone = seconds(Range {
        earliest: earliest.gone,
        likely: usual.gone,
        latest: latest.gone,
    });
    let hook = if times.pre_stop == 0 {
        "gets SIGTERM at once".to_owned()
    } else {
        format!(
            "goes on serving for {} in its preStop hook, then gets SIGTERM",
            seconds(Range {
                earliest: earliest.sigterm,
                likely: usual.sigterm,
                latest: latest.sigterm,
            })
        )
    };
    let kill = match (usual.killed, latest.killed) {
        (true, _) => "; its grace period ends before the app has stopped, so SIGKILL ends it",
        (false, true) => "; at worst its grace period ends before the app has stopped, and SIGKILL ends it",
        (false, false) => "",
    };
    format!("A pod that is deleted {hook}, and is gone {gone} after its deletion{kill}.")
}

fn endpoints(part: Part, replicas: u32, forecast: &Forecast) -> Vec<String> {
    let mut sentences = Vec::new();
    match length(forecast, WindowKind::NoReadyEndpoint) {
        None if part == Part::Worker => sentences.push("A worker runs all the time.".to_owned()),
        None if replicas == 1 => sentences.push("There is a ready endpoint all the time.".to_owned()),
        None => sentences.push(format!(
            "At least {} of {replicas} replicas are ready all the time.",
            forecast.min_ready.earliest
        )),
        Some(gap) => {
            let gap = format!("{}{}", during(gap), likely(gap));
            sentences.push(match part {
                Part::App => format!("No endpoint is ready {gap}: ingress controllers answer 503."),
                Part::Worker => format!("No worker runs {gap}: connectors feed nothing in."),
                Part::Embeddings => format!("No endpoint is ready {gap}: what asks for embeddings gets errors."),
            });
            let unusable = length(forecast, WindowKind::NoUsableEndpoint).filter(|_| part == Part::App);
            if let Some(unusable) = unusable {
                sentences.push(format!(
                    "Inside the cluster the Service still reaches a terminating pod while that serves; nobody answers \
                     at all {}.",
                    during(unusable)
                ));
            }
        }
    }
    let reduced = length(forecast, WindowKind::ReducedCapacity).filter(|_| part != Part::Worker);
    if let Some(reduced) = reduced {
        sentences.push(sentence(&format!(
            "{} fewer than {replicas} replicas serve",
            during(reduced)
        )));
    }
    sentences
}

fn writers(part: Part, forecast: &Forecast) -> Option<String> {
    length(forecast, WindowKind::TwoWriters).map(|writers| {
        sentence(&format!(
            "{} pods of both versions have the {} mounted and can write to {}",
            during(writers),
            if part == Part::App { "workspaces" } else { "cache" },
            if part == Part::App { "them" } else { "it" },
        ))
    })
}

fn standstill(cause: StuckCause, ways_out: &[WayOut]) -> String {
    let why = match cause {
        StuckCause::NeverReady => "the new pods do not become ready",
        StuckCause::AttachedElsewhere { .. } => {
            "the new pod waits in ContainerCreating with a Multi-Attach error for the volume, which stays attached to \
             the old pod's node; the old pod is not stopped before the new one is ready"
        }
        StuckCause::ClaimInUse { .. } => {
            "the new pod stays Pending: the ReadWriteOncePod claim is another pod's, and that is not stopped before the \
             new one is ready"
        }
        StuckCause::NoRoom { .. } => "there is no place for another pod (a quota, a host port, or too few nodes)",
        StuckCause::ScaledUnderRecreate => {
            "replicas changed while pods of both versions run under Recreate, which the controller does not scale"
        }
        StuckCause::LockHeld { .. } => {
            "the new pod waits for a lock that the old one holds, and that is not stopped before the new one is ready"
        }
    };
    let ways: Vec<&str> = ways_out.iter().map(|way| way_out(*way)).collect();
    format!("The rollout never finishes: {why}. Ways out: {}.", ways.join("; "))
}

const fn way_out(way: WayOut) -> &'static str {
    match way {
        WayOut::Undo => "undo the rollout (helm rollback)",
        WayOut::FixTemplate => "ship a version that becomes ready",
        WayOut::PatchToRecreate => "patch the live Deployment's strategy to Recreate",
        WayOut::AllowUnavailable => "allow as many unavailable pods as there are replicas",
        WayOut::OneNode => "keep all pods on one node",
        WayOut::SharedClaim => "use a claim that many nodes may mount (ReadWriteMany)",
        WayOut::OneReplica => "run one replica",
        WayOut::MoreRoom => "make room for another pod",
        WayOut::RestoreReplicas => "set replicas back",
        WayOut::PatchToRollingUpdate => "patch the live Deployment's strategy to RollingUpdate",
    }
}

fn ending(forecast: &Forecast) -> String {
    let complete = open_seconds(forecast.complete);
    match later(forecast) {
        Some(gone) => {
            format!("The Deployment counts as complete after {complete}; the last old pod is gone after {gone}.")
        }
        None => format!("The Deployment counts as complete after {complete}."),
    }
}

/// When the last old pod is gone, where that is behind completion.
fn later(forecast: &Forecast) -> Option<String> {
    let Run {
        complete,
        last_old_gone,
        ..
    } = &forecast.likely;
    (last_old_gone > complete).then(|| open_seconds(forecast.last_old_gone))
}
