//! `app-pvc.yaml`, `worker-pvc.yaml`, `embeddings-pvc.yaml`: the claims.

use super::shared::head;
use crate::error::Result;
use crate::page::{Page, Reach};
use crate::release::Lineage;

/// The claim of the app's workspaces; gives everything under its `spec:`.
pub(super) fn workspaces(page: &mut Page<'_>) -> Result<Option<String>> {
    let enabled = page.test(0, "app.workspaces.enabled")?;
    let mut spec = None;
    page.when(enabled, |page| {
        head(page, "v1", "PersistentVolumeClaim", "-app-workspaces", Some("api"))?;
        let text = claim(page, "app.workspaces")?;
        page.keep(&mut spec, text);
        Ok(())
    })?;
    Ok(spec)
}

/// The claim of the worker's cache.
pub(super) fn worker(page: &mut Page<'_>) -> Result<()> {
    cache(page, "worker")
}

/// The claim of the embeddings' cache.
pub(super) fn embeddings(page: &mut Page<'_>) -> Result<()> {
    cache(page, "embeddings")
}

fn cache(page: &mut Page<'_>, workload: &str) -> Result<()> {
    let mut enabled = page
        .value_at(18, &format!("{workload}.enabled"), Reach::Value)?
        .truthy();
    page.block(enabled, |page| {
        let path = format!("{workload}.cache.enabled");
        enabled &= page.value_at(35 + workload.len(), &path, Reach::Value)?.truthy();
        Ok(())
    })?;
    page.skip(1);
    page.when(enabled, |page| {
        let component = (page.templates().lineage == Lineage::Platform).then_some(workload);
        head(
            page,
            "v1",
            "PersistentVolumeClaim",
            &format!("-{workload}-cache"),
            component,
        )?;
        claim(page, &format!("{workload}.cache")).map(drop)
    })
}

/// `spec:` of a claim; gives the lines below it.
fn claim(page: &mut Page<'_>, path: &str) -> Result<String> {
    let platform = page.templates().lineage == Lineage::Platform;
    page.text("spec:\n");
    let start = page.printed();
    page.text("  accessModes:\n");
    if platform {
        page.yaml_of(4, &format!("{path}.accessModes"))?;
    } else {
        page.text("    - ReadWriteOnce\n");
    }
    let class = format!("{path}.storageClass");
    let named = page.test(2, &class)?;
    page.when(named, |page| {
        page.text("  storageClassName: ");
        if platform {
            page.quoted(&class)?;
        } else {
            page.value(&class)?;
        }
        page.text("\n");
        Ok(())
    })?;
    page.text("  resources:\n    requests:\n      storage: ");
    page.value(&format!("{path}.size"))?;
    page.text("\n");
    Ok(page.printed_since(start))
}
