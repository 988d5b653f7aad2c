//! The first public chart: Recreate where workspaces are on, else no strategy. Published as 6.1.1 and 7.0.0.

use crate::Release;
use crate::release::{Cache, Lineage, Shutdown, StrategyForm, Templates};

pub(super) const TEMPLATES: Templates = Templates {
    lineage: Lineage::Platform,
    strategy: StrategyForm::PinWorkspaces { explained: false },
    shutdown: Shutdown::Unset,
    asks_database: false,
    session_affinity: false,
    labelled_service: true,
    guards: false,
    hardened: false,
};

static CACHE: Cache = Cache::new();

pub(super) const fn release() -> Release {
    Release {
        id: "7.0.0",
        summary: "The first public chart: Recreate where workspaces are on, else no strategy. Published as 6.1.1 and 7.0.0.",
        label: "7.0.0",
        commit: "597d8da6",
        published: &["6.1.1", "7.0.0"],
        tell: "its values have neither `app.preStopDelaySeconds` nor `app.allowMultiReplica`",
        changes: &[
            "Recreate where `app.workspaces.enabled` is truthy (the default), else no strategy is printed; a truthy `app.strategy` is printed instead.",
            "The workspaces claim takes `app.workspaces.accessModes`.",
            "Readiness is asked at `/health`; there is no preStop hook, and the grace period is the API server's 30 seconds.",
            "`PUBLIC_WEB_URL` follows from the first of `ingress.hosts` unless `app.env` has the key.",
            "`secrets.create` makes a Secret.",
            "The smoke test looks for the columns of `releaseGates.smokeTest.requiredSchema` (7.0.0 alone; not 6.1.1).",
        ],
        templates: TEMPLATES,
        defaults: include_str!("defaults.yaml"),
        cache: &CACHE,
    }
}
