//! `servicemonitor.yaml` and `prometheusrule.yaml`.

use crate::error::Result;
use crate::names::Helper;
use crate::page::{Page, Reach};

/// The ServiceMonitor, where it is enabled.
pub(super) fn service_monitor(page: &mut Page<'_>) -> Result<()> {
    let path = "metrics.serviceMonitor";
    let enabled = page.test(0, "metrics.serviceMonitor.enabled")?;
    page.when(enabled, |page| {
        metadata(page, path, "ServiceMonitor", "-app", Some("api"), 3)?;
        page.text("spec:\n  namespaceSelector:\n    matchNames:\n      - default\n");
        page.text("  selector:\n    matchLabels:\n");
        page.include_lines(6, Helper::AppSelectorLabels)?;
        page.text("  endpoints:\n");
        page.stand_in(6, "#", 3, &[]);
        page.text("    - port: http\n");
        for key in ["path", "interval", "scrapeTimeout"] {
            page.text("      ");
            page.text(key);
            page.text(": ");
            page.value(&format!("{path}.{key}"))?;
            page.text("\n");
        }
        Ok(())
    })
}

/// The PrometheusRule, where it is enabled.
pub(super) fn prometheus_rule(page: &mut Page<'_>) -> Result<()> {
    let path = "metrics.prometheusRule";
    let enabled = page.test(0, "metrics.prometheusRule.enabled")?;
    page.when(enabled, |page| {
        metadata(page, path, "PrometheusRule", "-watchers", None, 1)?;
        page.text("spec:\n  groups:\n    - name: lobu-watchers\n      rules:\n");
        // The rules read no values.
        page.stand_in(8, "#", 5, &[(0, 22, "'")]);
        page.text("        - alert: x\n          expr: |\n");
        page.stand_in(12, "x", 31, &[(0, 49, "\"")]);
        Ok(())
    })
}

/// `apiVersion` to the labels, with a namespace and labels of the values; `comment` is the length of the template's
/// comment between the labels.
fn metadata(
    page: &mut Page<'_>,
    path: &str,
    kind: &str,
    suffix: &str,
    component: Option<&str>,
    comment: usize,
) -> Result<()> {
    page.text("apiVersion: monitoring.coreos.com/v1\nkind: ");
    page.text(kind);
    page.text("\nmetadata:\n  name: ");
    page.include(Helper::Fullname)?;
    page.text(suffix);
    page.text("\n");
    let namespace = format!("{path}.namespace");
    let given = page.value_at(18, &namespace, Reach::Value)?;
    page.skip(1);
    page.when(given.truthy(), |page| {
        page.text("  namespace: ");
        page.computed(given.print(), &namespace);
        page.text("\n");
        Ok(())
    })?;
    super::shared::labels(page, component)?;
    page.skip(comment);
    let labels = format!("{path}.additionalLabels");
    let given = page.value_at(20, &labels, Reach::Tree)?;
    page.skip(1);
    page.when(given.truthy(), |page| {
        let start = page.printed();
        page.yaml(4, given, &labels);
        // Below labels that stand there already, only a table fits.
        page.suspect(&labels, start);
        Ok(())
    })
}
