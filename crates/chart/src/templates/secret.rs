//! `secret.yaml`: the Secret the older chart can create.

use super::shared::labels;
use crate::error::Result;
use crate::names::Helper;
use crate::page::Page;

/// The Secret, where `secrets.create` is truthy.
pub(super) fn secret(page: &mut Page<'_>) -> Result<()> {
    let created = page.test(0, "secrets.create")?;
    page.when(created, |page| {
        page.text("apiVersion: v1\nkind: Secret\nmetadata:\n  name: ");
        page.include(Helper::SecretName)?;
        page.text("\n");
        labels(page, None)?;
        page.text("type: Opaque\nstringData:\n");
        let path = "secrets.stringData";
        let items = page.range_pairs(2, path)?;
        page.each(&items, |page, key, value| {
            page.text("  ");
            let start = page.printed();
            page.computed(key.to_owned(), path);
            // A key that YAML would take for a number, for null or for nothing need not survive.
            if !key.starts_with(|first: char| first.is_ascii_alphabetic()) || key.eq_ignore_ascii_case("null") {
                page.suspect(path, start);
            }
            page.text(": ");
            page.safe(value.quote());
            page.text("\n");
            Ok(())
        })
    })
}
