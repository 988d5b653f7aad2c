//! The chart's templates, in the order Helm executes them.

mod app;
mod budget;
mod claims;
mod embeddings;
mod ingress;
mod migration;
mod monitoring;
mod notes;
mod secret;
mod service;
mod shared;
mod smoke;
mod worker;

use rollcast_values::Value;

use crate::error::Result;
use crate::names::Names;
use crate::page::{Page, Printed, Reads};
use crate::release::Lineage;
use crate::{Release, Rendered, reparse};

/// Executes every template and reads what they print again, as `helm template` does.
pub(crate) fn render(release: &'static Release, values: &Value, names: &Names<'_>) -> Result<Rendered> {
    let (rendered, pages) = execute(release, values, names, None)?;
    reparse::check(pages)?;
    Ok(rendered)
}

/// The text of every template that prints one, with the template's name.
pub(crate) fn texts(
    release: &'static Release,
    values: &Value,
    names: &Names<'_>,
) -> Result<Vec<(&'static str, String)>> {
    let (_, pages) = execute(release, values, names, None)?;
    let texts: Vec<(&str, String)> = pages.iter().map(|page| (page.file, page.text.clone())).collect();
    reparse::check(pages)?;
    Ok(texts)
}

/// Every values path the templates read, on whichever branch.
pub(crate) fn survey(release: &'static Release) -> Reads {
    let reads = Reads::default();
    let values = Value::Null;
    let names = Names::new(release, &values);
    // Walked in silence, no template fails.
    let _ = execute(release, &values, &names, Some(&reads));
    reads
}

/// Helm's order: names backwards, and the first error ends it (pkg/engine `sortTemplates`).
fn execute(
    release: &'static Release,
    values: &Value,
    names: &Names<'_>,
    reads: Option<&Reads>,
) -> Result<(Rendered, Vec<Printed>)> {
    let mut pages = Vec::with_capacity(15);
    let mut rendered = Rendered::default();
    let page = |file| Page::new(release, values, names, reads, file);
    macro_rules! template {
        ($file:literal, $execute:expr) => {{
            let mut page = page($file);
            let result = $execute(&mut page)?;
            pages.push(page.finish());
            result
        }};
    }
    let Release { templates, .. } = release;
    template!("worker-pvc.yaml", claims::worker);
    rendered.worker = template!("worker-deployment.yaml", worker::worker);
    template!("smoke-test-job.yaml", smoke::smoke_test);
    if templates.guards {
        template!("servicemonitor.yaml", monitoring::service_monitor);
    }
    rendered.session_affinity = template!("service.yaml", service::service);
    if templates.lineage == Lineage::Platform {
        template!("secret.yaml", secret::secret);
    }
    if templates.guards {
        template!("prometheusrule.yaml", monitoring::prometheus_rule);
    }
    if templates.hardened {
        rendered.pdb_min_available = template!("pdb.yaml", budget::budget);
    }
    rendered.migration_job = template!("migration-job.yaml", migration::migration);
    rendered.ingress_hosts = template!("ingress.yaml", ingress::ingress);
    template!("embeddings-service.yaml", service::embeddings);
    template!("embeddings-pvc.yaml", claims::embeddings);
    rendered.embeddings = template!("embeddings-deployment.yaml", embeddings::embeddings);
    rendered.app = template!("deployment.yaml", app::app);
    rendered.pvc_spec = template!("app-pvc.yaml", claims::workspaces);
    // The notes are executed for their errors; nobody reads them as YAML.
    notes::notes(&mut page("NOTES.txt"))?;
    Ok((rendered, pages))
}
