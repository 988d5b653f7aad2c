//! The chart swapped for the owletto one (Lobu pull request 882): no `allowMultiReplica`, no hook, no grace period. Published as 7.2.0 to 9.4.1.

use crate::Release;
use crate::release::{Cache, Lineage, Shutdown, StrategyForm, Templates};

pub(super) const TEMPLATES: Templates = Templates {
    lineage: Lineage::Owletto,
    strategy: StrategyForm::PinWorkspaces { explained: false },
    shutdown: Shutdown::Unset,
    labelled_service: false,
    ..super::main_871::TEMPLATES
};

static CACHE: Cache = Cache::new();

pub(super) const fn release() -> Release {
    Release {
        id: "7.2.0",
        summary: "The chart swapped for the owletto one (Lobu pull request 882): no `allowMultiReplica`, no hook, no grace period. Published as 7.2.0 to 9.4.1.",
        label: "7.2.0",
        commit: "daa20943",
        published: &[
            "7.2.0", "8.0.0", "9.0.0", "9.1.0", "9.1.1", "9.2.0", "9.3.0", "9.4.0", "9.4.1",
        ],
        tell: "its values have `database.host`, and no `embeddings.healthCheck`",
        changes: &[
            "`app.allowMultiReplica` is ignored: Recreate where `app.workspaces.enabled` is truthy, else no strategy is printed.",
            "The claims are always ReadWriteOnce; `accessModes` is ignored.",
            "`app.preStopDelaySeconds` and `app.terminationGracePeriodSeconds` are ignored: no hook, and the API server's 30 seconds.",
            "The first of `ingress.hosts` becomes `BASE_URL`, which the app does not read; `PUBLIC_WEB_URL` must be set in `app.env`.",
            "`secrets` is ignored; only `secretName` is read.",
            "`podAnnotations`, `securityContext` and the app's `podSecurityContext` are ignored.",
            "`ingress.enabled` is true and `ingress.className` traefik by default.",
            "`image.pullPolicy` is Always, and `imagePullSecrets` names ghcr-credentials by default.",
            "The app's memory limit is 1Gi instead of 2Gi, and readiness fails after 3 instead of 6 probes.",
            "`releaseGates.smokeTest.workerSmoke` lets the smoke test run a worker (Lobu pull request 878); `requiredSchema` is ignored.",
        ],
        templates: TEMPLATES,
        defaults: include_str!("defaults.yaml"),
        cache: &CACHE,
    }
}
