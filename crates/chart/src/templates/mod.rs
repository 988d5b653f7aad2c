//! The chart's templates, in the order Helm executes them.

mod app;
mod beside;
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
    reparse::check(&pages)?;
    Ok(rendered)
}

/// The text of every template that prints one, with the template's name.
pub(crate) fn texts(
    release: &'static Release,
    values: &Value,
    names: &Names<'_>,
) -> Result<Vec<(&'static str, String)>> {
    let (_, pages) = execute(release, values, names, None)?;
    reparse::check(&pages)?;
    Ok(pages.into_iter().map(|page| (page.file, page.text)).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of each template, release by release; 0 where a release has no such template.
    const LENGTHS: &[(&str, [usize; 10])] = &[
        ("app-pvc.yaml", [18, 18, 18, 18, 18, 18, 18, 18, 18, 18]),
        ("deployment.yaml", [125, 160, 188, 188, 194, 126, 126, 139, 139, 139]),
        ("embeddings-deployment.yaml", [96, 96, 96, 96, 96, 86, 89, 93, 93, 93]),
        ("embeddings-pvc.yaml", [18, 18, 18, 18, 18, 17, 17, 17, 17, 17]),
        ("embeddings-service.yaml", [18, 18, 18, 18, 18, 17, 17, 17, 17, 17]),
        ("ingress.yaml", [39, 39, 39, 39, 39, 39, 39, 39, 39, 39]),
        ("migration-job.yaml", [107, 107, 107, 107, 107, 101, 101, 101, 101, 101]),
        ("pdb.yaml", [0, 0, 0, 0, 0, 0, 0, 22, 22, 22]),
        ("prometheusrule.yaml", [0, 0, 0, 0, 0, 0, 57, 57, 57, 57]),
        ("secret.yaml", [13, 13, 13, 13, 13, 0, 0, 0, 0, 0]),
        ("service.yaml", [16, 16, 16, 26, 26, 25, 26, 26, 26, 26]),
        ("servicemonitor.yaml", [0, 0, 0, 0, 0, 0, 33, 33, 33, 33]),
        (
            "smoke-test-job.yaml",
            [124, 124, 124, 124, 124, 182, 182, 182, 182, 182],
        ),
        (
            "worker-deployment.yaml",
            [137, 137, 137, 137, 137, 132, 151, 162, 162, 162],
        ),
        ("worker-pvc.yaml", [18, 18, 18, 18, 18, 17, 17, 17, 17, 17]),
    ];

    /// Every branch is walked whether it is taken or not, so a template's end is reached where the real one ends. The
    /// first pass takes no branch, the second those of the defaults.
    #[test]
    fn templates_are_as_long_as_the_real_ones() {
        for (at, release) in Release::all().iter().enumerate() {
            let defaults = Value::Map(release.defaults().clone());
            let names = Names::new(release, &defaults);
            let reads = Reads::default();
            for reads in [Some(&reads), None] {
                let (_, pages) = execute(release, &defaults, &names, reads).unwrap();
                for (file, lengths) in LENGTHS {
                    let page = pages.iter().find(|page| page.file == *file);
                    assert_eq!(page.map_or(0, |page| page.lines), lengths[at], "{} {file}", release.id);
                }
                assert_eq!(
                    pages.len(),
                    LENGTHS.iter().filter(|(_, lengths)| lengths[at] > 0).count()
                );
            }
        }
    }
}
