//! 7.2.0 that refuses several worker or embeddings replicas on one cache. Published as 10.0.0 to 11.0.0.

use crate::Release;
use crate::release::{Cache, Templates};

pub(super) const TEMPLATES: Templates = Templates {
    labelled_service: true,
    guards: true,
    ..super::v7_2_0::TEMPLATES
};

static CACHE: Cache = Cache::new();

pub(super) const fn release() -> Release {
    Release {
        id: "11.0.0",
        summary: "7.2.0 that refuses several worker or embeddings replicas on one cache. Published as 10.0.0 to 11.0.0.",
        label: "11.0.0",
        commit: "16970611",
        published: &["10.0.0", "10.1.0", "10.2.0", "11.0.0"],
        tell: "its values have `embeddings.healthCheck`, but not `app.pdb`",
        changes: &[
            "More than one worker or embeddings replica with its cache on is refused.",
            "The embeddings have probe numbers of their own under `embeddings.healthCheck`; `healthCheck` no longer reaches them.",
            "The worker has a liveness probe, with the numbers of `healthCheck.livenessProbe`.",
            "`metrics` can add a ServiceMonitor and a PrometheusRule (since 9.4.0).",
            "The embeddings ask for 1000m of CPU instead of 500m.",
        ],
        templates: TEMPLATES,
        defaults: include_str!("defaults.yaml"),
        cache: &CACHE,
    }
}
