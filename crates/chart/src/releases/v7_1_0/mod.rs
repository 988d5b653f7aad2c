//! main-776 with `service.sessionAffinity` (Lobu pull request 848). Published as 7.1.0, the only published version with `app.allowMultiReplica`.

use crate::Release;
use crate::release::{Cache, Templates};

pub(super) const TEMPLATES: Templates = Templates {
    session_affinity: true,
    ..super::main_776::TEMPLATES
};

static CACHE: Cache = Cache::new();

pub(super) const fn release() -> Release {
    Release {
        id: "7.1.0",
        summary: "main-776 with `service.sessionAffinity` (Lobu pull request 848). Published as 7.1.0, the only published version with `app.allowMultiReplica`.",
        label: "7.1.0",
        commit: "bd3001e4",
        published: &["7.1.0"],
        tell: "its values have `service.sessionAffinity`, and `app.workspaces.enabled` is true",
        changes: &[
            "`service.sessionAffinity: ClientIP` pins each client to a pod, for `service.sessionAffinityTimeoutSeconds` (10800).",
            "The notes warn about several replicas without it.",
        ],
        templates: TEMPLATES,
        defaults: include_str!("defaults.yaml"),
        cache: &CACHE,
    }
}
