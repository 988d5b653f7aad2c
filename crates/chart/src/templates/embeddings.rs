//! `embeddings-deployment.yaml`.

use super::shared::{cache_strategy, head, image, mount, probe, resources_and_volume, secret, selector, variables};
use super::worker::one_replica_per_cache;
use crate::Workload;
use crate::error::Result;
use crate::names::Helper;
use crate::page::Page;
use crate::release::Lineage;

/// The embeddings Deployment, where it is enabled.
pub(super) fn embeddings(page: &mut Page<'_>) -> Result<Option<Workload>> {
    let enabled = page.test(0, "embeddings.enabled")?;
    let mut workload = None;
    page.when(enabled, |page| {
        let fields = deployment(page)?;
        page.keep(&mut workload, fields);
        Ok(())
    })?;
    Ok(workload)
}

fn deployment(page: &mut Page<'_>) -> Result<Workload> {
    let templates = page.templates();
    let platform = templates.lineage == Lineage::Platform;
    if templates.guards {
        one_replica_per_cache(page, "embeddings")?;
    }
    head(page, "apps/v1", "Deployment", "-embeddings", Some("embeddings"))?;
    page.text("spec:\n  replicas: ");
    let replicas = page.value("embeddings.replicaCount")?;
    page.text("\n");
    let strategy = cache_strategy(page, "embeddings")?;
    selector(page, Helper::EmbeddingsSelectorLabels)?;
    if platform {
        page.table(6, "annotations", "embeddings.podAnnotations")?;
    }
    page.text("    spec:\n");
    page.table(6, "imagePullSecrets", "imagePullSecrets")?;
    page.table(6, "securityContext", "embeddings.podSecurityContext")?;
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
    Ok(Workload { replicas, strategy })
}
