//! `worker-deployment.yaml`.

use super::beside::{begin, where_enabled};
use super::shared::{database, embeddings_url, image, mount, probe, resources_and_volume, secret, variables};
use crate::Workload;
use crate::error::Result;
use crate::names::Helper;
use crate::page::{Page, Reach};
use crate::release::Lineage;

/// The worker Deployment, where it is enabled.
pub(super) fn worker(page: &mut Page<'_>) -> Result<Option<Workload>> {
    where_enabled(page, "worker.enabled", deployment)
}

fn deployment(page: &mut Page<'_>) -> Result<Workload> {
    let templates = page.templates();
    let platform = templates.lineage == Lineage::Platform;
    let workload = begin(page, "worker", Helper::WorkerSelectorLabels)?;
    if templates.hardened {
        grace(page, "worker.terminationGracePeriodSeconds")?;
    }
    page.text("      initContainers:\n");
    if !platform {
        page.stand_in(8, "#", 4, &[(0, 22, "'")]);
    }
    page.text("        - name: wait-for-app\n");
    image(page, Helper::WorkerImage)?;
    if templates.hardened {
        page.table(10, "securityContext", "worker.containerSecurityContext")?;
    }
    page.text("          command:\n            - sh\n            - -c\n            - |\n");
    page.text("              url=\"http://");
    page.include(Helper::Fullname)?;
    page.text("-app:");
    page.value("service.port")?;
    page.text("/health\"\n");
    page.stand_in(14, "x", 10, &[(0, 5, "\"")]);
    page.text("          resources:\n            requests:\n              cpu: 10m\n              memory: 16Mi\n");
    page.text("            limits:\n              cpu: 100m\n              memory: 64Mi\n");
    page.text("      containers:\n        - name: worker\n");
    image(page, Helper::WorkerImage)?;
    if platform {
        page.table(10, "securityContext", "worker.securityContext")?;
    } else if templates.hardened {
        page.table(10, "securityContext", "worker.containerSecurityContext")?;
    }
    page.text("          env:\n            - name: API_URL\n              value: http://");
    page.include(Helper::Fullname)?;
    page.text("-app:");
    page.value("service.port")?;
    page.text("\n            - name: WORKER_ID\n              valueFrom:\n                fieldRef:\n");
    page.text("                  fieldPath: metadata.name\n");
    page.text("            - name: TRANSFORMERS_CACHE\n              value: /app/.cache/transformers\n");
    embeddings_url(page)?;
    variables(page, "worker.env", |_, _| {})?;
    database(page, "database")?;
    secret(page)?;
    mount(page, "worker.cache.enabled", "worker-cache", "/app/.cache")?;
    if templates.guards {
        page.stand_in(10, "#", 6, &[(0, 64, "'"), (5, 11, "'")]);
        page.text("          livenessProbe:\n            exec:\n              command:\n                - sh\n");
        page.text("                - -c\n                - grep -qa daemon /proc/1/cmdline\n");
        probe(page, "healthCheck.livenessProbe")?;
    }
    resources_and_volume(
        page,
        "worker.resources",
        "worker.cache.enabled",
        "worker-cache",
        "-worker-cache",
    )?;
    Ok(workload)
}

/// `terminationGracePeriodSeconds:` where the value is truthy.
pub(super) fn grace(page: &mut Page<'_>, path: &str) -> Result<Option<String>> {
    let value = page.value_at(22, path, Reach::Value)?;
    page.skip(1);
    let mut grace = None;
    page.when(value.truthy(), |page| {
        page.text("      terminationGracePeriodSeconds: ");
        let text = page.computed(value.print(), path);
        page.text("\n");
        page.keep(&mut grace, text);
        Ok(())
    })?;
    Ok(grace)
}
