//! `migration-job.yaml`.

use rollcast_values::Value;

use super::shared::{database, head, image, secret, secret_reference, variables};
use crate::blame;
use crate::error::Result;
use crate::names::Helper;
use crate::page::{Page, Reach};
use crate::release::Lineage;

/// The Job that migrates the database before an upgrade; gives whether it is rendered.
pub(super) fn migration(page: &mut Page<'_>) -> Result<bool> {
    let enabled = page.test(0, "migrations.enabled")?;
    page.when(enabled, job)?;
    Ok(enabled)
}

fn job(page: &mut Page<'_>) -> Result<()> {
    let platform = page.templates().lineage == Lineage::Platform;
    head(page, "batch/v1", "Job", "-migrate", platform.then_some("migrate"))?;
    page.text("  annotations:\n    \"helm.sh/hook\": pre-install,pre-upgrade\n");
    page.text("    \"helm.sh/hook-delete-policy\": before-hook-creation,hook-succeeded\n");
    page.text("spec:\n  backoffLimit: 1\n  template:\n    metadata:\n      labels:\n");
    page.include_lines(8, Helper::SelectorLabels)?;
    page.text("        app.kubernetes.io/component: migrate\n    spec:\n      restartPolicy: Never\n");
    page.table(6, "imagePullSecrets", "imagePullSecrets")?;
    page.text("      containers:\n        - name: migrate\n");
    image(page, Helper::AppImage)?;
    page.text("          command:\n            - /bin/bash\n            - -ec\n            - |\n");
    let preflight = "releaseGates.databasePreflight";
    let enabled = format!("{preflight}.enabled");
    let checked = page.test(14, &enabled)?;
    page.when(checked, |page| {
        page.stand_in(14, "x", 30, &[(0, 5, "\""), (1, 27, "'"), (8, 22, ": ")]);
        Ok(())
    })?;
    page.stand_in(14, "x", 1, &[]);
    page.text("          env:\n");
    variables(page, "app.env", |_, _| {})?;
    let checked = page.test(12, &enabled)?;
    page.when(checked, |page| {
        page.text("            - name: DB_PREFLIGHT_TIMEOUT_SECONDS\n              value: ");
        page.quoted(&format!("{preflight}.timeoutSeconds"))?;
        page.text("\n");
        Ok(())
    })?;
    if platform {
        stored_url(page)?;
    }
    database(page, "migrations.database")?;
    if platform {
        let name = page.helper_at(29, Helper::SecretName, ".")?;
        page.skip(1);
        let mut mounted = !name.is_empty();
        page.block(mounted, |page| {
            mounted &= !page.value_at(45, "secrets.create", Reach::Value)?.truthy();
            Ok(())
        })?;
        page.skip(1);
        page.when(mounted, |page| {
            secret_reference(page, name);
            Ok(())
        })
    } else {
        secret(page)
    }
}

/// `DATABASE_URL` out of the Secret the chart creates, which does not exist yet when the Job runs.
fn stored_url(page: &mut Page<'_>) -> Result<()> {
    let mut stored = stored_url_exists(page, 30, 61)?;
    page.block(stored, |page| {
        let existing = page.value_at(109, "migrations.database.existingSecret", Reach::Value)?;
        stored &= !existing.truthy();
        Ok(())
    })?;
    page.block(stored, |page| {
        let environment = page.value_at(166, "app.env", Reach::Value)?;
        stored &= !has_key(page, environment, "app.env", 166)?;
        Ok(())
    })?;
    page.skip(1);
    page.when(stored, print_stored_url)
}

/// Whether the Secret that the chart creates has `DATABASE_URL`, in an `and` on the current line.
pub(super) fn stored_url_exists(page: &mut Page<'_>, create: usize, data: usize) -> Result<bool> {
    let mut stored = page.value_at(create, "secrets.create", Reach::Value)?.truthy();
    page.block(stored, |page| {
        let values = page.value_at(data, "secrets.stringData", Reach::Keys)?;
        stored &= has_key(page, values, "secrets.stringData", data)?;
        Ok(())
    })?;
    Ok(stored)
}

/// The variable with that value.
pub(super) fn print_stored_url(page: &mut Page<'_>) -> Result<()> {
    page.text("            - name: DATABASE_URL\n              value: ");
    let values = page.value_at(37, "secrets.stringData", Reach::Keys)?;
    page.safe(values.at("DATABASE_URL").unwrap_or(&Value::Null).quote());
    page.text("\n");
    Ok(())
}

fn has_key(page: &Page<'_>, value: &Value, path: &str, column: usize) -> Result<bool> {
    if page.is_muted() {
        return Ok(false);
    }
    value.has_key("DATABASE_URL").map_err(|error| {
        page.error(
            column,
            &format!(".Values.{path}"),
            &error.to_string(),
            blame::wrong_type(path, value, "a table"),
        )
    })
}
