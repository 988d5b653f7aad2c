//! What the Deployments beside the app's have in common: the worker's and the embeddings'.

use super::shared::{cache_strategy, head, selector};
use crate::Workload;
use crate::blame::Blame;
use crate::error::Result;
use crate::names::Helper;
use crate::page::{Page, Reach};
use crate::release::Lineage;

/// A Deployment that is rendered where the value under `enabled` is truthy.
pub(super) fn where_enabled(
    page: &mut Page<'_>,
    enabled: &str,
    deployment: impl FnOnce(&mut Page<'_>) -> Result<Workload>,
) -> Result<Option<Workload>> {
    let enabled = page.test(0, enabled)?;
    let mut workload = None;
    page.when(enabled, |page| {
        let fields = deployment(page)?;
        page.keep(&mut workload, fields);
        Ok(())
    })?;
    Ok(workload)
}

/// From the first line to the pods' `securityContext`; `name` is the workload's key in the values.
pub(super) fn begin(page: &mut Page<'_>, name: &str, labels: Helper) -> Result<Workload> {
    let templates = page.templates();
    if templates.guards {
        one_replica_per_cache(page, name)?;
    }
    head(page, "apps/v1", "Deployment", &format!("-{name}"), Some(name))?;
    page.text("spec:\n  replicas: ");
    let replicas = page.value(&format!("{name}.replicaCount"))?;
    page.text("\n");
    let strategy = cache_strategy(page, name)?;
    selector(page, labels)?;
    if templates.lineage == Lineage::Platform {
        page.table(6, "annotations", &format!("{name}.podAnnotations"))?;
    }
    page.text("    spec:\n");
    page.table(6, "imagePullSecrets", "imagePullSecrets")?;
    page.table(6, "securityContext", &format!("{name}.podSecurityContext"))?;
    Ok(Workload { replicas, strategy })
}

/// The chart's own refusal of several replicas on one ReadWriteOnce cache.
fn one_replica_per_cache(page: &mut Page<'_>, workload: &str) -> Result<()> {
    let count = format!("{workload}.replicaCount");
    let cache = format!("{workload}.cache.enabled");
    let mut refused = page.value_at(27, &count, Reach::Value)?.to_int() > 1;
    page.block(refused, |page| {
        refused &= page.value_at(53 + workload.len(), &cache, Reach::Value)?.truthy();
        Ok(())
    })?;
    page.skip(1);
    page.when(refused, |page| {
        if page.is_muted() {
            page.skip(1);
            return Ok(());
        }
        Err(page.failure(
            4,
            &format!(
                "{workload}.replicaCount > 1 requires {workload}.cache.enabled=false: the {workload} cache PVC is \
                 ReadWriteOnce and cannot be mounted by multiple pods at once (a second replica would hit a \
                 Multi-Attach error). Disable the cache or keep a single {workload} replica."
            ),
            Blame::of(
                &count,
                format!(
                    "`{count}` is above 1 while `{cache}` is on, and the pods would share one ReadWriteOnce claim."
                ),
                format!("Set `{cache}: false`, or keep `{count}` at 1."),
            ),
        ))
    })
}
