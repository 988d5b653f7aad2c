//! The golden rollouts: what the controllers' rules make of well-known cases, written down as one table.
//!
//! Controllers and proxies take no time, and a template change is accepted at second 0. Pods become ready 20 s after
//! their creation; how long they take to stop follows from each row's hook and shutdown. Seconds throughout; `∞`: never
//! ends, `–`: never happens. The sequences of G7–G11, G13, G14, G16–G22, G29 and G30 have been reproduced with a port
//! of the real controllers as well; docs/rollouts.md tells how.

use rollcast_rollout::IntOrPercent::{Int, Percent};
use rollcast_rollout::{
    Change, Claim, IntOrPercent, Intervention, Obstacle, PodTimes, Rollout, Run, Strategy, StuckCause, Version, Wait,
    WayOut, WindowKind, simulate,
};

/// One row of the table.
struct Golden {
    name: &'static str,
    rollout: Rollout,
    /// Sizes of the ReplicaSets: `second: set from→to, …` for each second, joined by ` · `.
    sequence: &'static str,
    /// An old pod, a terminating one included, and a new one exist.
    overlap: &'static str,
    /// Both versions have ready endpoints.
    both: &'static str,
    /// No endpoint is ready.
    gap: &'static str,
    /// The most pods at once, terminating ones included, and the fewest ready ones.
    peak_and_min_ready: (u32, u32),
    /// When the Deployment is complete, and when the last pod of the replaced template has stopped.
    done_and_gone: (Option<u64>, Option<u64>),
}

const fn rolling(max_surge: IntOrPercent, max_unavailable: IntOrPercent) -> Strategy {
    Strategy::RollingUpdate {
        max_surge,
        max_unavailable,
    }
}

const SURGE_ONE: Strategy = rolling(Int(1), Int(0));
const STOP_ONE: Strategy = rolling(Int(0), Int(1));

/// A shutdown after SIGTERM that never ends by itself.
const IGNORES_SIGTERM: u64 = 3_600;

fn pods(grace: u64, pre_stop: u64, shutdown: u64) -> PodTimes {
    PodTimes {
        scheduling: 0,
        ready: 20_000,
        grace: grace * 1_000,
        pre_stop: pre_stop * 1_000,
        shutdown: shutdown * 1_000,
        accepts: shutdown * 1_000,
        unready: None,
    }
}

/// Pods that stop in 8 s: a hook of 5 s, and 3 s to shut down.
fn change(replicas: u32, strategy: Strategy) -> Rollout {
    Rollout::new(replicas, strategy, pods(30, 5, 3), 0)
}

fn change_of(replicas: u32, strategy: Strategy, pods: PodTimes) -> Rollout {
    Rollout::new(replicas, strategy, pods, 0)
}

fn never_ready(rollout: Rollout) -> Rollout {
    Rollout {
        new_never_ready: true,
        ..rollout
    }
}

fn scaled(old_replicas: u32, rollout: Rollout) -> Rollout {
    Rollout {
        old_replicas,
        ..rollout
    }
}

fn unready(old_unready: u32, rollout: Rollout) -> Rollout {
    Rollout { old_unready, ..rollout }
}

fn claiming(claim: Claim, rollout: Rollout) -> Rollout {
    Rollout { claim, ..rollout }
}

fn hindered(obstacle: Obstacle, rollout: Rollout) -> Rollout {
    Rollout { obstacle, ..rollout }
}

fn then(at: u64, change: Change, rollout: Rollout) -> Rollout {
    Rollout {
        interventions: vec![Intervention { at: at * 1_000, change }],
        ..rollout
    }
}

#[rustfmt::skip]
fn table() -> Vec<Golden> {
    let row = |name, rollout, sequence, [overlap, both, gap]: [&'static str; 3], peak_and_min_ready, done_and_gone| Golden {
        name, rollout, sequence, overlap, both, gap, peak_and_min_ready, done_and_gone,
    };
    let done = |done, gone| (Some(done), Some(gone));
    vec![
        row("G1", change_of(1, Strategy::DEFAULT, pods(30, 0, 2)),
            "0: new 0→1 · 20: old 1→0",
            ["0–22", "–", "–"], (2, 1), done(20, 22)),
        row("G2", change(1, SURGE_ONE),
            "0: new 0→1 · 20: old 1→0",
            ["0–28", "–", "–"], (2, 1), done(20, 28)),
        row("G3", change(1, STOP_ONE),
            "0: old 1→0, new 0→1",
            ["0–8", "–", "0–20"], (2, 0), done(20, 8)),
        row("G3, maxSurge 0 alone", change(1, rolling(Int(0), Percent(25))),
            "0: old 1→0, new 0→1",
            ["0–8", "–", "0–20"], (2, 0), done(20, 8)),
        row("G4", change(1, Strategy::Recreate),
            "0: old 1→0 · 8: new 0→1",
            ["–", "–", "0–28"], (1, 0), done(28, 8)),
        row("G5", change(1, rolling(Percent(25), Percent(100))),
            "0: new 0→1, old 1→0",
            ["0–8", "–", "0–20"], (2, 0), done(20, 8)),
        row("G6", change(2, Strategy::DEFAULT),
            "0: new 0→1 · 20: old 2→1, new 1→2 · 40: old 1→0",
            ["0–48", "20–40", "–"], (4, 2), done(40, 48)),
        row("G7", change(2, rolling(Int(0), Percent(1))),
            "0: old 2→1, new 0→1 · 20: old 1→0, new 1→2",
            ["0–28", "–", "–"], (3, 1), done(40, 28)),
        row("G8", change(3, SURGE_ONE),
            "0: new 0→1 · 20: old 3→2, new 1→2 · 40: old 2→1, new 2→3 · 60: old 1→0",
            ["0–68", "20–60", "–"], (5, 3), done(60, 68)),
        row("G9", change(3, STOP_ONE),
            "0: old 3→2, new 0→1 · 20: old 2→1, new 1→2 · 40: old 1→0, new 2→3",
            ["0–48", "20–40", "–"], (4, 2), done(60, 48)),
        row("G10", change(3, rolling(Int(1), Int(1))),
            "0: new 0→1, old 3→2, new 1→2 · 20: old 2→0, new 2→3",
            ["0–28", "–", "–"], (5, 2), done(40, 28)),
        row("G11", change(3, rolling(Int(2), Int(0))),
            "0: new 0→2 · 20: old 3→1, new 2→3 · 40: old 1→0",
            ["0–48", "20–40", "–"], (6, 3), done(40, 48)),
        row("G12", change(3, rolling(Percent(100), Int(0))),
            "0: new 0→3 · 20: old 3→0",
            ["0–28", "–", "–"], (6, 3), done(20, 28)),
        row("G13", change(3, rolling(Int(0), Percent(100))),
            "0: old 3→0, new 0→3",
            ["0–8", "–", "0–20"], (6, 0), done(20, 8)),
        row("G14", change_of(3, Strategy::Recreate, pods(30, 30, 10)),
            "0: old 3→0 · 32: new 0→3",
            ["–", "–", "0–52"], (3, 0), done(52, 32)),
        row("G15", Rollout { min_ready_seconds: 30, ..change(3, SURGE_ONE) },
            "0: new 0→1 · 50: old 3→2, new 1→2 · 100: old 2→1, new 2→3 · 150: old 1→0",
            ["0–158", "20–150", "–"], (5, 3), done(150, 158)),
        row("G16", change_of(4, Strategy::DEFAULT, pods(30, 0, IGNORES_SIGTERM)),
            "0: new 0→1, old 4→3, new 1→2 · 20: old 3→1, new 2→4 · 40: old 1→0",
            ["0–70", "20–40", "–"], (8, 3), done(40, 70)),
        row("G17", change(5, Strategy::DEFAULT),
            "0: new 0→2, old 5→4, new 2→3 · 20: old 4→1, new 3→5 · 40: old 1→0",
            ["0–48", "20–40", "–"], (9, 4), done(40, 48)),
        row("G18", change(8, Strategy::DEFAULT),
            "0: new 0→2, old 8→6, new 2→4 · 20: old 6→2, new 4→8 · 40: old 2→0",
            ["0–48", "20–40", "–"], (14, 6), done(40, 48)),
        row("G19", change_of(10, Strategy::DEFAULT, pods(30, 0, IGNORES_SIGTERM)),
            "0: new 0→3, old 10→8, new 3→5 · 20: old 8→3, new 5→10 · 40: old 3→0",
            ["0–70", "20–40", "–"], (20, 8), done(40, 70)),
        row("G20", scaled(1, change(3, SURGE_ONE)),
            "0: old 1→3, new 0→1 · 20: old 3→2, new 1→2 · 40: old 2→1, new 2→3 · 60: old 1→0",
            ["0–68", "20–60", "–"], (5, 1), done(60, 68)),
        row("G21", scaled(3, change(1, SURGE_ONE)),
            "0: old 3→1, new 0→1 · 20: old 1→0",
            ["0–28", "–", "–"], (4, 1), done(20, 28)),
        row("G22", scaled(1, change(3, Strategy::Recreate)),
            "0: old 1→3, old 3→0 · 8: new 0→3",
            ["–", "–", "0–28"], (3, 0), done(28, 8)),
        row("G23", unready(1, change(3, SURGE_ONE)),
            "0: new 0→1 · 20: old 3→2, new 1→2 · 40: old 2→1, new 2→3 · 60: old 1→0",
            ["0–68", "20–60", "–"], (5, 2), done(60, 68)),
        row("G24", unready(2, change(2, SURGE_ONE)),
            "0: new 0→1 · 20: old 2→1, new 1→2 · 40: old 1→0",
            ["0–48", "–", "0–20"], (4, 0), done(40, 48)),
        row("G25", never_ready(change(3, rolling(Int(1), Int(1)))),
            "0: new 0→1, old 3→2, new 1→2",
            ["0–∞", "–", "–"], (5, 2), (None, None)),
        row("G26", never_ready(change(1, SURGE_ONE)),
            "0: new 0→1",
            ["0–∞", "–", "–"], (2, 1), (None, None)),
        row("G26, another node", claiming(Claim::OtherNode { reattach: 30_000 }, change(1, SURGE_ONE)),
            "0: new 0→1",
            ["0–∞", "–", "–"], (2, 1), (None, None)),
        row("G26, ReadWriteOncePod", claiming(Claim::OnePod { reattach: 0 }, change(1, SURGE_ONE)),
            "0: new 0→1",
            ["0–∞", "–", "–"], (2, 1), (None, None)),
        row("G26, lock", hindered(Obstacle::Lock, change(1, SURGE_ONE)),
            "0: new 0→1",
            ["0–∞", "–", "–"], (2, 1), (None, None)),
        row("G26, no room", hindered(Obstacle::Room { pods: 1 }, change(1, SURGE_ONE)),
            "0: new 0→1",
            ["0–∞", "–", "–"], (2, 1), (None, None)),
        row("G26, --atomic", then(300, Change::Undo, never_ready(change(1, SURGE_ONE))),
            "0: new 0→1 · 300: new 1→0",
            ["0–308", "–", "–"], (2, 1), done(300, 308)),
        row("G26, Recreate and --atomic", Rollout {
                interventions: [Change::Strategy(Strategy::Recreate), Change::Undo]
                    .map(|change| Intervention { at: 300_000, change })
                    .to_vec(),
                ..never_ready(change(1, Strategy::Recreate))
            },
            "0: old 1→0 · 8: new 0→1 · 300: new 1→0 · 308: old 0→1",
            ["–", "–", "0–328"], (1, 0), done(328, 308)),
        row("G27", never_ready(change(1, STOP_ONE)),
            "0: old 1→0, new 0→1",
            ["0–8", "–", "0–∞"], (2, 0), (None, Some(8))),
        row("G28", change(6, rolling(Int(2), Int(1))),
            "0: new 0→2, old 6→5, new 2→3 · 20: old 5→2, new 3→6 · 40: old 2→0",
            ["0–48", "20–40", "–"], (11, 5), done(40, 48)),
        row("G29", then(100, Change::Strategy(Strategy::Recreate), never_ready(change(3, SURGE_ONE))),
            "0: new 0→1 · 100: old 3→0 · 108: new 1→3",
            ["0–108", "–", "100–∞"], (4, 0), (None, Some(108))),
        row("G30", then(100, Change::Undo, never_ready(change(10, rolling(Int(3), Int(2))))),
            "0: new 0→3, old 10→8, new 3→5 · 100: new 5→0, old 8→10",
            ["0–108", "–", "–"], (15, 8), done(120, 108)),
        row("G31", claiming(Claim::OnePod { reattach: 0 }, change(1, STOP_ONE)),
            "0: old 1→0, new 0→1",
            ["0–8", "–", "0–28"], (2, 0), done(28, 8)),
        row("G31, lock", hindered(Obstacle::Lock, change(1, STOP_ONE)),
            "0: old 1→0, new 0→1",
            ["0–8", "–", "0–28"], (2, 0), done(28, 8)),
        row("G31, no room", hindered(Obstacle::Room { pods: 1 }, change(1, STOP_ONE)),
            "0: old 1→0, new 0→1",
            ["0–8", "–", "0–28"], (2, 0), done(28, 8)),
        row("G32", claiming(Claim::OtherNode { reattach: 30_000 }, change(1, Strategy::Recreate)),
            "0: old 1→0 · 8: new 0→1",
            ["–", "–", "0–58"], (1, 0), done(58, 8)),
        row("G33, rolling", Rollout { template_changed: false, ..change(3, SURGE_ONE) },
            "", ["–", "–", "–"], (3, 3), done(0, 0)),
        row("G33, Recreate", Rollout { template_changed: false, ..change(3, Strategy::Recreate) },
            "", ["–", "–", "–"], (3, 3), done(0, 0)),
        row("G34", closing_at_once(),
            "0: old 1→0 · 8: new 0→1",
            ["–", "–", "0–28"], (1, 0), done(28, 8)),
    ]
}

/// An app that closes its listener at SIGTERM, 5 s into its termination.
fn closing_at_once() -> Rollout {
    change_of(
        1,
        Strategy::Recreate,
        PodTimes {
            accepts: 0,
            ..pods(30, 5, 3)
        },
    )
}

fn sequence(run: &Run) -> String {
    let mut seconds: Vec<(u64, String)> = Vec::new();
    for scale in &run.scales {
        let set = match scale.version {
            Version::Old => "old",
            Version::New => "new",
        };
        let step = format!("{set} {}→{}", scale.from, scale.to);
        match seconds.last_mut() {
            Some((at, steps)) if *at == scale.at => *steps = format!("{steps}, {step}"),
            _ => seconds.push((scale.at, step)),
        }
    }
    let seconds: Vec<_> = seconds
        .into_iter()
        .map(|(at, steps)| format!("{}: {steps}", at / 1_000))
        .collect();
    seconds.join(" · ")
}

fn windows(run: &Run, kind: WindowKind) -> String {
    let windows: Vec<_> = run
        .windows
        .iter()
        .filter(|window| window.kind == kind)
        .map(|window| {
            let to = window.to.map_or_else(|| "∞".to_owned(), |to| (to / 1_000).to_string());
            format!("{}–{to}", window.from / 1_000)
        })
        .collect();
    if windows.is_empty() {
        "–".to_owned()
    } else {
        windows.join(", ")
    }
}

fn run(rollout: &Rollout) -> Run {
    simulate(rollout).expect("small enough to be simulated")
}

#[test]
fn every_row_comes_out_as_written() {
    for golden in table() {
        let Golden { name, rollout, .. } = golden;
        let run = run(&rollout);
        let seconds = |at: Option<u64>| at.map(|at| at / 1_000);
        assert_eq!(sequence(&run), golden.sequence, "{name}: sequence");
        assert_eq!(windows(&run, WindowKind::Overlap), golden.overlap, "{name}: overlap");
        assert_eq!(windows(&run, WindowKind::BothReady), golden.both, "{name}: both ready");
        assert_eq!(
            windows(&run, WindowKind::NoReadyEndpoint),
            golden.gap,
            "{name}: no ready endpoint"
        );
        assert_eq!(
            (run.peak_pods, run.min_ready),
            golden.peak_and_min_ready,
            "{name}: peak and fewest ready"
        );
        assert_eq!(
            (seconds(run.complete), seconds(run.last_old_gone)),
            golden.done_and_gone,
            "{name}: complete and last old pod gone"
        );
    }
}

#[test]
fn all_thirty_four_are_there() {
    let table = table();
    for number in 1..=34 {
        let name = format!("G{number}");
        assert!(
            table
                .iter()
                .any(|golden| golden.name == name || golden.name.starts_with(&format!("{name}, "))),
            "{name}"
        );
    }
}

/// G25 and G26: the deadline passes a second after 600 s; Helm has given up before.
#[test]
fn a_rollout_that_stands_still_misses_helms_time_out_and_then_its_deadline() {
    for strategy in [rolling(Int(1), Int(1)), SURGE_ONE] {
        let run = run(&never_ready(change(3, strategy)));
        assert_eq!(run.deadline_exceeded, Some(601_000));
        assert_eq!(run.waits.helm3, Wait::TimedOut { at: 300_000 });
        assert_eq!(run.waits.helm4, Wait::TimedOut { at: 300_000 });
        assert_eq!(run.waits.rollout_status, Wait::DeadlineExceeded { at: 601_000 });
    }
}

/// The cause of a standstill names who has what the new pods wait for, and the ways out are those that free it.
#[test]
fn a_standstill_tells_its_cause() {
    let holder = Version::Old;
    let table = [
        (never_ready(change(1, SURGE_ONE)), StuckCause::NeverReady, WayOut::Undo),
        (
            claiming(Claim::OtherNode { reattach: 30_000 }, change(1, SURGE_ONE)),
            StuckCause::AttachedElsewhere { holder },
            WayOut::PatchToRecreate,
        ),
        (
            claiming(Claim::OnePod { reattach: 0 }, change(1, SURGE_ONE)),
            StuckCause::ClaimInUse { holder },
            WayOut::PatchToRecreate,
        ),
        (
            hindered(Obstacle::Lock, change(1, SURGE_ONE)),
            StuckCause::LockHeld { holder },
            WayOut::PatchToRecreate,
        ),
        (
            hindered(Obstacle::Room { pods: 1 }, change(1, SURGE_ONE)),
            StuckCause::NoRoom { holder },
            WayOut::MoreRoom,
        ),
        (
            hindered(Obstacle::Room { pods: 2 }, change(3, Strategy::Recreate)),
            StuckCause::NoRoom { holder: Version::New },
            WayOut::MoreRoom,
        ),
        (
            Rollout {
                interventions: [Change::Strategy(Strategy::Recreate), Change::Replicas(5)]
                    .map(|change| Intervention { at: 30_000, change })
                    .to_vec(),
                ..change(3, SURGE_ONE)
            },
            StuckCause::ScaledUnderRecreate,
            WayOut::RestoreReplicas,
        ),
    ];
    for (rollout, cause, way_out) in table {
        let stuck = run(&rollout).stuck.pop().expect("it stands still");
        assert_eq!((stuck.cause, stuck.to), (cause, None));
        assert_eq!(stuck.ways_out.first(), Some(&way_out), "{cause:?}");
    }
}

/// Every strategy of one replica with every kind of claim: completion, two writers, and no ready endpoint. Detaching and
/// attaching take 30 s where the volume changes its node.
#[test]
fn claims_and_strategies() {
    let other_node = Claim::OtherNode { reattach: 30_000 };
    let one_pod = Claim::OnePod { reattach: 0 };
    let table = [
        (SURGE_ONE, Claim::SameNode, Some(20), "0–28", "–"),
        (SURGE_ONE, Claim::ManyNodes, Some(20), "0–28", "–"),
        (SURGE_ONE, other_node, None, "–", "–"),
        (SURGE_ONE, one_pod, None, "–", "–"),
        (STOP_ONE, Claim::SameNode, Some(20), "0–8", "0–20"),
        (STOP_ONE, other_node, Some(58), "–", "0–58"),
        (STOP_ONE, one_pod, Some(28), "–", "0–28"),
        (Strategy::Recreate, Claim::SameNode, Some(28), "–", "0–28"),
        (Strategy::Recreate, other_node, Some(58), "–", "0–58"),
        (Strategy::Recreate, one_pod, Some(28), "–", "0–28"),
    ];
    for (strategy, claim, complete, writers, gap) in table {
        let run = run(&claiming(claim, change(1, strategy)));
        assert_eq!(run.complete.map(|at| at / 1_000), complete, "{strategy:?} {claim:?}");
        assert_eq!(
            windows(&run, WindowKind::TwoWriters),
            writers,
            "{strategy:?} {claim:?}: two writers"
        );
        assert_eq!(
            windows(&run, WindowKind::NoReadyEndpoint),
            gap,
            "{strategy:?} {claim:?}: gap"
        );
    }
}

/// Patching the strategy to Recreate frees whatever the old pod has.
#[test]
fn a_patch_to_recreate_gets_a_standstill_moving() {
    for rollout in [
        claiming(Claim::OtherNode { reattach: 30_000 }, change(1, SURGE_ONE)),
        claiming(Claim::OnePod { reattach: 0 }, change(1, SURGE_ONE)),
        hindered(Obstacle::Lock, change(1, SURGE_ONE)),
        hindered(Obstacle::Room { pods: 1 }, change(1, SURGE_ONE)),
    ] {
        let run = run(&then(100, Change::Strategy(Strategy::Recreate), rollout));
        assert_eq!(sequence(&run), "0: new 0→1 · 100: old 1→0");
        assert!(run.complete.is_some());
    }
}

/// G27: Helm 3 waits for 1 − 1 pods.
#[test]
fn helm_3_reports_success_where_it_waits_for_no_pod() {
    let run = run(&never_ready(change(1, STOP_ONE)));
    assert_eq!(run.waits.helm3, Wait::Success { at: 0, vacuous: true });
    assert_eq!(run.waits.helm4, Wait::TimedOut { at: 300_000 });
}

/// G33: nothing is rolled out, so there is nothing to wait for.
#[test]
fn waiting_for_no_rollout_succeeds_at_once() {
    for strategy in [SURGE_ONE, Strategy::Recreate] {
        let run = run(&Rollout {
            template_changed: false,
            ..change(3, strategy)
        });
        let success = Wait::Success { at: 0, vacuous: false };
        assert_eq!(
            (run.waits.helm3, run.waits.helm4, run.waits.rollout_status),
            (success, success, success)
        );
    }
}

/// G34: as long as the terminating pod accepts, proxies send it what comes.
#[test]
fn a_terminating_endpoint_bridges_a_part_of_the_gap() {
    let run = run(&closing_at_once());
    assert_eq!(windows(&run, WindowKind::NoReadyEndpoint), "0–28");
    assert_eq!(windows(&run, WindowKind::NoUsableEndpoint), "5–28");
}
