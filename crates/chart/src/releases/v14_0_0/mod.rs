//! 11.1.0 with numeric users (Lobu pull request 1228). Published as 11.3.0 to 14.0.0.

use crate::Release;
use crate::release::{Cache, Templates};

pub(super) const TEMPLATES: Templates = super::v11_1_0::TEMPLATES;

static CACHE: Cache = Cache::new();

pub(super) const fn release() -> Release {
    Release {
        id: "14.0.0",
        summary: "11.1.0 with numeric users (Lobu pull request 1228). Published as 11.3.0 to 14.0.0.",
        label: "14.0.0",
        commit: "c2d9d39b",
        published: &[
            "11.3.0", "12.0.0", "12.1.0", "13.0.0", "13.1.0", "13.2.0", "13.3.0", "13.4.0", "14.0.0",
        ],
        tell: "its values have `worker.containerSecurityContext.runAsUser`, and `app.strategy` is empty",
        changes: &[
            "Worker and embeddings run as user and group 1001, so that Kubernetes can tell that they are not root.",
            "The app's limits are 3000m of CPU and 4Gi of memory (14.0.0 alone; 1000m and 1Gi before).",
        ],
        templates: TEMPLATES,
        defaults: include_str!("defaults.yaml"),
        cache: &CACHE,
    }
}
