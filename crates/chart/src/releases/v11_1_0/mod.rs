//! 11.0.0 with a graceful end for the app's pods and a disruption budget (Lobu pull request 1191). Published as 11.1.0 and 11.2.0.

use crate::Release;
use crate::release::{Cache, Shutdown, Templates};

pub(super) const TEMPLATES: Templates = Templates {
    shutdown: Shutdown::Lifecycle,
    hardened: true,
    ..super::v11_0_0::TEMPLATES
};

static CACHE: Cache = Cache::new();

pub(super) const fn release() -> Release {
    Release {
        id: "11.1.0",
        summary: "11.0.0 with a graceful end for the app's pods and a disruption budget (Lobu pull request 1191). Published as 11.1.0 and 11.2.0.",
        label: "11.1.0",
        commit: "e91c0e62",
        published: &["11.1.0", "11.2.0"],
        tell: "its values have `app.pdb`, and no `worker.containerSecurityContext.runAsUser`",
        changes: &[
            "`app.terminationGracePeriodSeconds` is read again, 60 by default; a falsy value leaves the API server's 30 seconds.",
            "`app.lifecycle.preStopSleepSeconds` adds a hook that sleeps, 5 seconds by default; `app.preStopDelaySeconds` stays ignored.",
            "`SHUTDOWN_READINESS_DRAIN_MS` (5000), `HTTP_CLOSE_TIMEOUT_MS` (10000) and `ENVIRONMENT` are in `app.env` by default.",
            "With more than one replica the app has a PodDisruptionBudget, by `app.pdb`.",
            "The containers have a `containerSecurityContext`; worker and embeddings must not run as root, though no user is named.",
            "The worker's grace period is 300 seconds.",
        ],
        templates: TEMPLATES,
        defaults: include_str!("defaults.yaml"),
        cache: &CACHE,
    }
}
