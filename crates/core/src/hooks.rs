//! The chart's hooks on the time axis: the migration Job before the upgrade, the smoke test behind it.

use rollcast_rollout::{Range, Strategy, WindowKind};
use rollcast_values::Value;

use crate::findings::Releases;
use crate::outlooks::length;
use crate::workloads::exactly;
use crate::{Cluster, Hook, HookPhase, Outlook};

/// The releases whose smoke test can also send an agent to work.
const WORKER_SMOKE: Releases = Releases::from("7.2.0");
/// The releases whose smoke test can look for columns of the database.
const SCHEMA_CHECK: Releases = Releases::between("main-775", "main-871");

/// What the hooks are told apart by.
pub(crate) struct Setting<'a> {
    pub(crate) release: &'a str,
    pub(crate) values: &'a Value,
    pub(crate) migration_job: bool,
    pub(crate) strategy: Option<Strategy>,
    pub(crate) cluster: &'a Cluster,
    pub(crate) of_app: &'a [Outlook],
}

/// The hooks that are rendered, in the order in which Helm runs them.
pub(crate) fn hooks(setting: &Setting<'_>) -> Vec<Hook> {
    let mut hooks = Vec::new();
    if setting.migration_job {
        hooks.push(migration());
    }
    if setting.truthy("releaseGates.smokeTest.enabled") {
        hooks.push(setting.smoke_test());
    }
    hooks
}

fn migration() -> Hook {
    Hook {
        name: "lobu-migrate",
        phase: HookPhase::PreUpgrade,
        passes: None,
        deadline: None,
        does: "Brings the database's schema up to date. Helm waits for it before it changes anything else.".to_owned(),
        proves: "The migrations have run.".to_owned(),
        leaves_open: "Old pods work on the new schema from here until the last of them is gone, under Recreate too. The Job \
                      has no deadline of its own; helm's --timeout ends it. It reads migrations.database, secretName and \
                      app.env, never database.existingSecret."
            .to_owned(),
    }
}

impl Setting<'_> {
    fn truthy(&self, path: &str) -> bool {
        self.values.at(path).is_some_and(Value::truthy)
    }

    /// sprig's `int` of a value, as seconds.
    fn seconds(&self, path: &str, default: u64) -> u64 {
        match self.values.at(path) {
            Some(value) if value.truthy() => u64::try_from(value.to_int()).unwrap_or(0),
            _ => default,
        }
    }

    fn smoke_test(&self) -> Hook {
        let worker_smoke =
            WORKER_SMOKE.contains(self.release) && self.truthy("releaseGates.smokeTest.workerSmoke.enabled");
        let mut deadline = self.seconds("releaseGates.smokeTest.timeoutSeconds", 0) + 30;
        if worker_smoke {
            deadline += self.seconds("releaseGates.smokeTest.workerSmoke.timeoutSeconds", 90);
        }
        let deadline = deadline.saturating_mul(1_000);
        let mut does = "Asks the app's Service for its health until it answers.".to_owned();
        if SCHEMA_CHECK.contains(self.release) {
            does.push_str(if self.has_database() {
                " Then it looks for the columns that the values name."
            } else {
                " The columns that the values name are not looked for: the Job has no DATABASE_URL without \
                 secrets.create."
            });
        }
        if worker_smoke {
            does.push_str(" Then it sends an agent to work and waits for its answer.");
        }
        let rolls = matches!(self.strategy, Some(Strategy::RollingUpdate { .. }));
        Hook {
            name: "lobu-smoke-test",
            phase: HookPhase::PostUpgrade,
            passes: self.smoke_passes(),
            deadline: Some(deadline),
            does,
            proves: if rolls {
                "Some pod answers.".to_owned()
            } else {
                "The new version answers: no old pod is left that could.".to_owned()
            },
            leaves_open: if rolls {
                "Which version has answered. Old pods serve while the new ones start, and helm runs this Job as soon as the \
                 manifest is applied, unless it is told to --wait for the rollout first."
                    .to_owned()
            } else {
                format!(
                    "Everything behind the health path. The Job is given up after {}.",
                    exactly(deadline)
                )
            },
        }
    }

    fn has_database(&self) -> bool {
        self.truthy("secrets.create") && self.values.at("secrets.stringData.DATABASE_URL").is_some()
    }

    /// When it can pass at the earliest without --wait: its own start, or the moment from which somebody answers.
    fn smoke_passes(&self) -> Option<Range<Option<u64>>> {
        let start = self.cluster.scheduling.milliseconds();
        let app = self.of_app.first()?;
        let back = |run: &rollcast_rollout::Run| {
            let mut windows = run
                .windows
                .iter()
                .filter(|window| window.kind == WindowKind::NoUsableEndpoint);
            windows.try_fold(0, |latest, window| window.to.map(|to| to.max(latest)))
        };
        let passes = |start: u64, run| back(run).map(|back| back.max(start));
        let forecast = &app.forecast;
        if length(forecast, WindowKind::NoUsableEndpoint).is_none() {
            return Some(Range {
                earliest: Some(start.earliest),
                likely: Some(start.likely),
                latest: Some(start.latest),
            });
        }
        Some(Range {
            earliest: passes(start.earliest, &forecast.earliest),
            likely: passes(start.likely, &forecast.likely),
            latest: passes(start.latest, &forecast.latest),
        })
    }
}
