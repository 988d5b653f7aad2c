//! `pdb.yaml`: the app's PodDisruptionBudget.

use super::shared::head;
use crate::error::Result;
use crate::names::Helper;
use crate::page::{Page, Reach};

/// The budget, where it is enabled and the app has several replicas; gives its `minAvailable`.
pub(super) fn budget(page: &mut Page<'_>) -> Result<Option<String>> {
    page.skip(8);
    let mut printed = page.value_at(18, "app.pdb.enabled", Reach::Value)?.truthy();
    page.block(printed, |page| {
        printed &= page.value_at(51, "app.replicaCount", Reach::Value)?.to_int() > 1;
        Ok(())
    })?;
    page.skip(1);
    let mut minimum = None;
    page.when(printed, |page| {
        head(page, "policy/v1", "PodDisruptionBudget", "-app", Some("api"))?;
        page.text("spec:\n  minAvailable: ");
        let text = page.value("app.pdb.minAvailable")?;
        page.keep(&mut minimum, text);
        page.text("\n  selector:\n    matchLabels:\n");
        page.include_lines(6, Helper::AppSelectorLabels)
    })?;
    Ok(minimum)
}
