//! `ingress.yaml`.

use rollcast_values::{Value, field};

use super::shared::head;
use crate::blame;
use crate::error::Result;
use crate::names::Helper;
use crate::page::{Page, Reach};
use crate::release::Lineage;

/// The Ingress, where it is enabled; gives its hosts.
pub(super) fn ingress(page: &mut Page<'_>) -> Result<Option<Vec<String>>> {
    let enabled = page.test(0, "ingress.enabled")?;
    let mut hosts = Vec::new();
    page.when(enabled, |page| {
        head(page, "networking.k8s.io/v1", "Ingress", "", None)?;
        annotations(page)?;
        page.text("spec:\n");
        let classed = page.test(2, "ingress.className")?;
        page.when(classed, |page| {
            page.text("  ingressClassName: ");
            page.value("ingress.className")?;
            page.text("\n");
            Ok(())
        })?;
        tls(page)?;
        page.text("  rules:\n");
        let items = page.range(4, "ingress.hosts")?;
        page.each(&items, |page, _, host| {
            page.text("    - host: ");
            let text = page.safe(host.quote());
            if !page.is_muted() {
                hosts.push(text);
            }
            page.text("\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n");
            page.text("            backend:\n              service:\n                name: ");
            let name = page.helper_at(25, Helper::Fullname, "$")?;
            page.computed(name, page.path_of(Helper::Fullname));
            page.text("-app\n                port:\n                  number: ");
            let port = page.root_value_at(30, "service.port")?.print();
            page.computed(port, "service.port");
            page.text("\n");
            Ok(())
        })
    })?;
    let mut dropped = false;
    page.block(enabled, |page| {
        let annotations = page.value_at(0, "ingress.annotations", Reach::Tree)?;
        dropped = is_unknown_hook(annotations);
        Ok(())
    })?;
    Ok((enabled && !dropped).then_some(hosts))
}

/// Whether Helm takes the resource for a hook of a kind it does not know, and drops it (pkg/releaseutil, `hookTypes`).
fn is_unknown_hook(annotations: &Value) -> bool {
    const EVENTS: [&str; 10] = [
        "pre-install",
        "post-install",
        "pre-delete",
        "post-delete",
        "pre-upgrade",
        "post-upgrade",
        "pre-rollback",
        "post-rollback",
        "test",
        "test-success",
    ];
    let Value::Map(annotations) = annotations else {
        return false;
    };
    annotations.get("helm.sh/hook").is_some_and(|hook| {
        let kinds = hook.value.print().to_ascii_lowercase();
        kinds.split(',').any(|kind| !EVENTS.contains(&kind.trim()))
    })
}

fn annotations(page: &mut Page<'_>) -> Result<()> {
    let path = "ingress.annotations";
    let value = page.value_at(if is_platform(page) { 18 } else { 20 }, path, Reach::Tree)?;
    let start = if is_platform(page) {
        let start = page.printed();
        page.table(2, "annotations", path)?;
        start
    } else {
        page.text("  annotations:\n");
        page.skip(1);
        let start = page.printed();
        page.when(value.truthy(), |page| {
            page.yaml(4, value, path);
            Ok(())
        })?;
        start
    };
    // Helm decodes them as texts, in its second reading.
    let sound = match value {
        Value::Map(entries) => entries
            .values()
            .all(|node| !matches!(node.value, Value::List(_) | Value::Map(_))),
        other => !other.truthy(),
    };
    if !sound {
        page.suspect(path, start);
    }
    Ok(())
}

fn is_platform(page: &Page<'_>) -> bool {
    page.templates().lineage == Lineage::Platform
}

fn tls(page: &mut Page<'_>) -> Result<()> {
    let path = "ingress.tls";
    let given = page.test(2, path)?;
    page.when(given, |page| {
        page.text("  tls:\n");
        let items = page.range(4, path)?;
        page.each(&items, |page, _, entry| {
            page.text("    - hosts:\n");
            let hosts = of_entry(page, entry, "hosts", 18)?;
            let items = page.items(18, ".hosts", "ingress.tls", hosts)?;
            page.skip(1);
            page.each(&items, |page, _, host| {
                page.text("        - ");
                page.safe(host.quote());
                page.text("\n");
                Ok(())
            })?;
            page.text("      secretName: ");
            let name = of_entry(page, entry, "secretName", 21)?;
            page.computed(name.print(), path);
            page.text("\n");
            Ok(())
        })
    })
}

/// A field of an entry of `ingress.tls`.
fn of_entry<'a>(page: &mut Page<'_>, entry: &'a Value, key: &str, column: usize) -> Result<&'a Value> {
    page.note_read(&format!("ingress.tls.*.{key}"));
    if page.is_muted() {
        return Ok(&Value::Null);
    }
    field(entry, key).map_err(|error| {
        page.error(
            column,
            &format!(".{key}"),
            &error.to_string(),
            blame::no_table("ingress.tls", entry, key),
        )
    })
}
