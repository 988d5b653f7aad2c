//! Each hazard of the app appears exactly in the chart releases, app versions and windows in which it bites.

use rollcast_core::When::{Gap, Overlap, Replicas, Restart};
use rollcast_core::{Cluster, Outcome, Placement, PrerequisiteState, Request, ValuesFile, When, evaluate};

const RELEASES: [&str; 10] = [
    "7.0.0",
    "main-775",
    "main-776",
    "7.1.0",
    "main-871",
    "7.2.0",
    "11.0.0",
    "11.1.0",
    "14.0.0",
    "main-1838",
];

/// A version at or next to each change.
const APPS: [&str; 16] = [
    "6.1.1", "7.0.0", "7.1.0", "7.2.0", "8.0.0", "9.0.0", "9.4.1", "10.0.0", "10.1.0", "10.2.0", "11.0.0", "11.1.0",
    "11.2.0", "11.3.0", "12.0.0", "14.0.0",
];

struct Hazard {
    id: &'static str,
    windows: &'static [When],
    /// Chart releases at which it is there if the app version is not known; both ends included.
    releases: (&'static str, &'static str),
    /// App versions with it: the first one, and the first one without it.
    apps: (&'static str, &'static str),
    /// What it needs beside the windows.
    values: &'static str,
}

const FIRST: &str = "7.0.0";
const LAST: &str = "main-1838";
/// No version is without it.
const NEVER: &str = "99.0.0";

const ALWAYS: Hazard = Hazard {
    id: "",
    windows: &[],
    releases: (FIRST, LAST),
    apps: ("0.0.0", NEVER),
    values: "",
};

const HAZARDS: &[Hazard] = &[
    // H1
    Hazard {
        id: "sse-pod-local",
        windows: &[Overlap, Replicas, Restart],
        releases: (FIRST, "14.0.0"),
        apps: ("0.0.0", "12.0.0"),
        ..ALWAYS
    },
    // H2
    Hazard {
        id: "chat-replies-split",
        windows: &[Overlap, Replicas],
        ..ALWAYS
    },
    // H3
    Hazard {
        id: "ask-user-pod-local",
        windows: &[Overlap, Replicas, Restart],
        releases: (FIRST, "main-776"),
        apps: ("0.0.0", "7.1.0"),
        ..ALWAYS
    },
    Hazard {
        id: "questions-throw",
        windows: &[],
        releases: ("7.1.0", "14.0.0"),
        apps: ("7.1.0", "12.0.0"),
        ..ALWAYS
    },
    // H4
    Hazard {
        id: "telegram-polling",
        windows: &[Overlap, Replicas],
        releases: (FIRST, "14.0.0"),
        apps: ("0.0.0", "12.0.0"),
        ..ALWAYS
    },
    // H5
    Hazard {
        id: "agent-memory-ephemeral",
        windows: &[Overlap, Replicas, Restart],
        releases: (FIRST, "7.1.0"),
        apps: ("0.0.0", "7.2.0"),
        ..ALWAYS
    },
    Hazard {
        id: "agent-memory-ephemeral",
        windows: &[Overlap, Replicas, Restart],
        releases: (FIRST, "11.0.0"),
        apps: ("0.0.0", "11.0.0"),
        values: "  env: {LOBU_SESSION_STORE: file}\n",
    },
    Hazard {
        id: "conversation-workers-collide",
        windows: &[Overlap, Replicas],
        releases: (FIRST, "7.1.0"),
        apps: ("0.0.0", "7.2.0"),
        values: "  workspaces: {enabled: true}\n",
    },
    Hazard {
        id: "conversation-lock-busy",
        windows: &[Overlap, Replicas],
        releases: ("main-871", "14.0.0"),
        apps: ("7.2.0", "12.0.0"),
        ..ALWAYS
    },
    // H6
    Hazard {
        id: "agent-turns-die",
        windows: &[Restart],
        ..ALWAYS
    },
    // H7
    Hazard {
        id: "artifact-files-local",
        windows: &[Replicas, Restart],
        ..ALWAYS
    },
    // H8
    Hazard {
        id: "migrations-in-every-pod",
        windows: &[Overlap, Replicas],
        ..ALWAYS
    },
    Hazard {
        id: "nobody-migrates",
        windows: &[Restart],
        releases: ("main-775", LAST),
        apps: ("7.1.0", NEVER),
        values: "  env: {SKIP_MIGRATIONS: '1'}\n",
    },
    // H9
    Hazard {
        id: "mixed-versions",
        windows: &[Overlap],
        ..ALWAYS
    },
    // H10
    Hazard {
        id: "chat-connections-stale",
        windows: &[Replicas],
        releases: (FIRST, "14.0.0"),
        apps: ("0.0.0", "12.0.0"),
        ..ALWAYS
    },
    Hazard {
        id: "oauth-refresh-race",
        windows: &[Overlap, Replicas],
        releases: (FIRST, "14.0.0"),
        apps: ("0.0.0", "12.0.0"),
        ..ALWAYS
    },
    Hazard {
        id: "rate-limits-multiply",
        windows: &[Replicas],
        releases: (FIRST, "11.1.0"),
        apps: ("0.0.0", "11.2.0"),
        ..ALWAYS
    },
    Hazard {
        id: "admin-pages-stale",
        windows: &[Replicas],
        ..ALWAYS
    },
    Hazard {
        id: "scheduled-jobs-unguarded",
        windows: &[Replicas],
        releases: (FIRST, "11.0.0"),
        apps: ("0.0.0", "11.1.0"),
        ..ALWAYS
    },
    Hazard {
        id: "mcp-sessions-recover",
        windows: &[Overlap, Replicas],
        ..ALWAYS
    },
    Hazard {
        id: "slack-needs-warm-instance",
        windows: &[Replicas],
        releases: (FIRST, "7.2.0"),
        apps: ("0.0.0", "10.0.0"),
        ..ALWAYS
    },
    Hazard {
        id: "ephemeral-encryption-key",
        windows: &[Replicas],
        values: "  env: {LOBU_ALLOW_EPHEMERAL_ENCRYPTION_KEY: '1'}\n",
        ..ALWAYS
    },
    Hazard {
        id: "db-connections",
        windows: &[Overlap, Replicas],
        values: "  env: {DB_POOL_MAX: '120'}\n",
        ..ALWAYS
    },
    Hazard {
        id: "transaction-pooler",
        windows: &[Overlap, Replicas],
        values: "database: {usePooler: true, existingSecret: pg, poolerService: pooler}\n",
        ..ALWAYS
    },
];

/// Values that bring one set of windows on every release, and these windows.
struct Setting {
    values: &'static str,
    windows: &'static [When],
}

const SETTINGS: [Setting; 3] = [
    Setting {
        values: "  strategy: {type: Recreate}\n",
        windows: &[Gap, Restart],
    },
    Setting {
        values: "  strategy: {type: RollingUpdate}\n",
        windows: &[Overlap, Restart],
    },
    Setting {
        values: "  replicaCount: 2\n  strategy: {type: Recreate}\n",
        windows: &[Gap, Replicas, Restart],
    },
];

/// In which windows the finding bites, if it is there and not settled.
fn bites(chart: &str, app: Option<&str>, setting: &Setting, hazard: &Hazard) -> Option<Vec<When>> {
    let workspaces = if hazard.values.contains("workspaces") {
        ""
    } else {
        "  workspaces: {enabled: false}\n"
    };
    let text = format!("app:\n{}{workspaces}{}", setting.values, hazard.values);
    let request = Request {
        chart: chart.to_owned(),
        app: app.map(str::to_owned),
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text,
        }],
        cluster: Cluster {
            placement: Placement::SameNode,
            ..Cluster::default()
        },
        ..Request::default()
    };
    match evaluate(&request).outcome {
        Outcome::Rendered(answer) => answer
            .findings
            .into_iter()
            .find(|finding| finding.id == hazard.id)
            .filter(|finding| {
                !matches!(
                    finding.state,
                    Some(PrerequisiteState::Met | PrerequisiteState::NotApplicable)
                )
            })
            .map(|finding| finding.bites),
        Outcome::Refused(failure) => panic!("{chart}: {failure:?}"),
    }
}

/// What must come out where the hazard exists: nothing where it bites in no window, but prerequisites always appear.
fn expected(hazard: &Hazard, setting: &Setting, exists: bool) -> Option<Vec<When>> {
    let prerequisite = ["sse-pod-local", "ask-user-pod-local", "telegram-polling"].contains(&hazard.id);
    let windows: Vec<When> = hazard
        .windows
        .iter()
        .copied()
        .filter(|when| setting.windows.contains(when))
        .collect();
    (exists && (prerequisite || hazard.windows.is_empty() || !windows.is_empty())).then_some(windows)
}

fn position(release: &str) -> usize {
    RELEASES.iter().position(|each| *each == release).unwrap()
}

fn version(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap()).collect()
}

#[test]
fn on_each_chart_release_with_an_unknown_app() {
    for hazard in HAZARDS {
        let (from, to) = hazard.releases;
        for chart in RELEASES {
            let exists = (position(from)..=position(to)).contains(&position(chart));
            for setting in &SETTINGS {
                assert_eq!(
                    bites(chart, None, setting, hazard),
                    expected(hazard, setting, exists),
                    "{} on {chart} with\n{}",
                    hazard.id,
                    setting.values
                );
            }
        }
    }
}

#[test]
fn with_each_app_version() {
    for hazard in HAZARDS {
        let (from, to) = (version(hazard.apps.0), version(hazard.apps.1));
        for app in APPS {
            let exists = (from.clone()..to.clone()).contains(&version(app));
            for setting in &SETTINGS {
                for chart in ["7.1.0", "14.0.0"] {
                    assert_eq!(
                        bites(chart, Some(app), setting, hazard),
                        expected(hazard, setting, exists),
                        "{} with app {app} on {chart} with\n{}",
                        hazard.id,
                        setting.values
                    );
                }
            }
        }
    }
}
