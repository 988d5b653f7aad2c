//! 7.0.0 with a grace period of 45 seconds and an optional preStop hook (Lobu pull request 775). Never published; labelled 7.0.0.

use crate::Release;
use crate::release::{Cache, Shutdown, StrategyForm, Templates};

pub(super) const TEMPLATES: Templates = Templates {
    strategy: StrategyForm::PinWorkspaces { explained: true },
    shutdown: Shutdown::Delay,
    asks_database: true,
    ..super::v7_0_0::TEMPLATES
};

static CACHE: Cache = Cache::new();

pub(super) const fn release() -> Release {
    Release {
        id: "main-775",
        summary: "7.0.0 with a grace period of 45 seconds and an optional preStop hook (Lobu pull request 775). Never published; labelled 7.0.0.",
        label: "7.0.0",
        commit: "bdea9d5c",
        published: &[],
        tell: "its values have `app.preStopDelaySeconds`, but not `app.allowMultiReplica`",
        changes: &[
            "`app.terminationGracePeriodSeconds` is read, 45 by default; a falsy value gives 45 too.",
            "`app.preStopDelaySeconds` above 0 adds a hook that sleeps; the default is 0.",
            "Readiness is asked at `/health/ready`, which looks at the database too (Lobu pull request 767).",
        ],
        templates: TEMPLATES,
        defaults: include_str!("defaults.yaml"),
        cache: &CACHE,
    }
}
