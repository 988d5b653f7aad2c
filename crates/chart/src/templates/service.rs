//! `service.yaml` and `embeddings-service.yaml`.

use super::shared::head;
use crate::blame;
use crate::error::Result;
use crate::names::Helper;
use crate::page::{Page, Reach};
use crate::release::Lineage;

/// The app's Service; gives its `sessionAffinity`.
pub(super) fn service(page: &mut Page<'_>) -> Result<Option<String>> {
    let templates = page.templates();
    head(
        page,
        "v1",
        "Service",
        "-app",
        templates.labelled_service.then_some("api"),
    )?;
    page.text("spec:\n  type: ");
    page.value("service.type")?;
    page.text("\n");
    let affinity = if templates.session_affinity {
        session_affinity(page)?
    } else {
        None
    };
    page.text("  ports:\n    - port: ");
    page.value("service.port")?;
    page.text("\n      targetPort: ");
    page.text(if templates.lineage == Lineage::Platform {
        "http"
    } else {
        "8787"
    });
    page.text("\n      protocol: TCP\n      name: http\n  selector:\n");
    page.include_lines(4, Helper::AppSelectorLabels)?;
    Ok(affinity)
}

/// `None`, compared exactly, prints nothing; `ClientIP`, compared exactly, adds its timeout.
fn session_affinity(page: &mut Page<'_>) -> Result<Option<String>> {
    let path = "service.sessionAffinity";
    let value = page.value_at(18, path, Reach::Value)?;
    page.skip(1);
    let mut affinity = None;
    page.when(value.truthy(), |page| {
        let is_none = value.equals("None").map_err(|error| {
            page.error(
                9,
                "ne . \"None\"",
                &format!("error calling ne: {error}"),
                blame::wrong_type(path, value, "a text: None or ClientIP"),
            )
        });
        let printed = !page.is_muted() && !is_none?;
        page.skip(1);
        page.when(printed, |page| {
            page.text("  sessionAffinity: ");
            let text = page.computed(value.print(), path);
            page.keep(&mut affinity, text);
            page.text("\n");
            page.skip(1);
            page.when(value.equals("ClientIP") == Ok(true), |page| {
                page.text("  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: ");
                page.root_value_or("service.sessionAffinityTimeoutSeconds", 10_800)?;
                page.text("\n");
                Ok(())
            })
        })
    })?;
    Ok(affinity)
}

/// The embeddings' Service.
pub(super) fn embeddings(page: &mut Page<'_>) -> Result<()> {
    let enabled = page.test(0, "embeddings.enabled")?;
    page.when(enabled, |page| {
        let platform = page.templates().lineage == Lineage::Platform;
        head(page, "v1", "Service", "-embeddings", platform.then_some("embeddings"))?;
        page.text("spec:\n  type: ClusterIP\n  ports:\n    - port: ");
        page.value("embeddings.service.port")?;
        page.text("\n      targetPort: ");
        if platform {
            page.text("http");
        } else {
            page.value("embeddings.service.port")?;
        }
        page.text("\n      protocol: TCP\n      name: http\n  selector:\n");
        page.include_lines(4, Helper::EmbeddingsSelectorLabels)
    })
}
