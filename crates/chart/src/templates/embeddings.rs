//! `embeddings-deployment.yaml`.

use super::beside::{begin, where_enabled};
use super::shared::{image, mount, probe, resources_and_volume, secret, variables};
use crate::Workload;
use crate::error::Result;
use crate::names::Helper;
use crate::page::Page;
use crate::release::Lineage;

/// The embeddings Deployment, where it is enabled.
pub(super) fn embeddings(page: &mut Page<'_>) -> Result<Option<Workload>> {
    where_enabled(page, "embeddings.enabled", deployment)
}

fn deployment(page: &mut Page<'_>) -> Result<Workload> {
    let templates = page.templates();
    let platform = templates.lineage == Lineage::Platform;
    let workload = begin(page, "embeddings", Helper::EmbeddingsSelectorLabels)?;
    page.text("      containers:\n        - name: embeddings\n");
    image(page, Helper::EmbeddingsImage)?;
    if platform {
        page.table(10, "securityContext", "embeddings.securityContext")?;
        page.text("          ports:\n            - name: http\n              containerPort: ");
    } else {
        if templates.hardened {
            page.table(10, "securityContext", "embeddings.containerSecurityContext")?;
        }
        page.text("          ports:\n            - containerPort: ");
    }
    page.value("embeddings.service.port")?;
    page.text("\n              protocol: TCP\n          env:\n            - name: PORT\n              value: ");
    page.quoted("embeddings.service.port")?;
    page.text("\n            - name: TRANSFORMERS_CACHE\n              value: /app/.cache/transformers\n");
    variables(page, "embeddings.env", |_, _| {})?;
    secret(page)?;
    let numbers = if templates.guards {
        "embeddings.healthCheck"
    } else {
        "healthCheck"
    };
    for kind in ["readinessProbe", "livenessProbe"] {
        page.text("          ");
        page.text(kind);
        page.text(":\n            httpGet:\n              path: /health\n              port: ");
        if platform {
            page.text("http");
        } else {
            page.value("embeddings.service.port")?;
        }
        page.text("\n");
        probe(page, &format!("{numbers}.{kind}"))?;
    }
    mount(page, "embeddings.cache.enabled", "embeddings-cache", "/app/.cache")?;
    resources_and_volume(
        page,
        "embeddings.resources",
        "embeddings.cache.enabled",
        "embeddings-cache",
        "-embeddings-cache",
    )?;
    Ok(workload)
}
