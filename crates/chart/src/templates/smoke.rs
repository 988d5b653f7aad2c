//! `smoke-test-job.yaml`.

use rollcast_values::Value;

use super::migration::{print_stored_url, stored_url_exists};
use super::shared::{head, image};
use crate::blame;
use crate::error::Result;
use crate::names::Helper;
use crate::page::{Page, Reach};
use crate::release::Lineage;

const PATH: &str = "releaseGates.smokeTest";

/// The Job that asks the app after an upgrade.
pub(super) fn smoke_test(page: &mut Page<'_>) -> Result<()> {
    let enabled = page.test(0, "releaseGates.smokeTest.enabled")?;
    page.when(enabled, |page| {
        if page.templates().lineage == Lineage::Platform {
            platform(page)
        } else {
            owletto(page)
        }
    })
}

fn seconds(page: &mut Page<'_>, key: &str) -> Result<i64> {
    // Its table has been read by the first line, so this cannot fail, and the column does not matter.
    Ok(page.value_at(0, &format!("{PATH}.{key}"), Reach::Value)?.to_int())
}

fn job(page: &mut Page<'_>, deadline: i64) -> Result<()> {
    head(page, "batch/v1", "Job", "-smoke-test", Some("smoke-test"))?;
    page.text("  annotations:\n    \"helm.sh/hook\": post-install,post-upgrade\n");
    page.text("    \"helm.sh/hook-delete-policy\": before-hook-creation,hook-succeeded\n");
    page.text("spec:\n  backoffLimit: 0\n  activeDeadlineSeconds: ");
    page.safe(deadline.to_string());
    page.text("\n  template:\n    metadata:\n      labels:\n");
    page.include_lines(8, Helper::SelectorLabels)?;
    page.text("        app.kubernetes.io/component: smoke-test\n    spec:\n      restartPolicy: Never\n");
    page.table(6, "imagePullSecrets", "imagePullSecrets")?;
    page.text("      containers:\n        - name: smoke-test\n");
    image(page, Helper::AppImage)
}

/// The first lines of the script: the address it asks.
fn address(page: &mut Page<'_>) -> Result<()> {
    page.text("          command:\n            - /bin/bash\n            - -ec\n            - |\n");
    page.text("              url=\"http://");
    page.include(Helper::Fullname)?;
    page.text("-app:");
    page.value("service.port")?;
    page.value(&format!("{PATH}.path"))?;
    page.text("\"\n");
    Ok(())
}

fn platform(page: &mut Page<'_>) -> Result<()> {
    let timeout = seconds(page, "timeoutSeconds")?;
    job(page, timeout.wrapping_add(30))?;
    page.text("          env:\n");
    let stored = stored_url_exists(page, 30, 61)?;
    page.skip(1);
    page.when(stored, print_stored_url)?;
    page.text("            - name: REQUIRED_SCHEMA\n              value: ");
    // Joined and quoted, so any value will do.
    page.value_at(56, "releaseGates.smokeTest.requiredSchema", Reach::Tree)?;
    page.text("\"\"\n");
    address(page)?;
    page.stand_in(14, "x", 17, &[(1, 5, "\"")]);
    seconds(page, "intervalSeconds")?;
    page.stand_in(14, "x", 65, &[(12, 38, ": "), (13, 27, "'")]);
    Ok(())
}

fn owletto(page: &mut Page<'_>) -> Result<()> {
    let smoke = worker_smoke(page, 27)?;
    page.skip(1);
    let enabled = worker_smoke_enabled(page, smoke, 52)?;
    page.skip(1);
    // Looked up in a table by now.
    for key in ["timeoutSeconds", "conversationIdPrefix", "intervalSeconds"] {
        page.note_read(&format!("{PATH}.workerSmoke.{key}"));
    }
    let worker_timeout = smoke
        .at("timeoutSeconds")
        .unwrap_or(&Value::Null)
        .or(&Value::Int(90))
        .to_int();
    page.skip(1);
    let timeout = seconds(page, "timeoutSeconds")?;
    let worker_timeout_used = match enabled {
        Value::Bool(true) => worker_timeout,
        Value::Bool(false) => 0,
        _ if page.is_muted() => 0,
        other => {
            let got = match other {
                Value::Null => "invalid value; expected bool".to_owned(),
                _ => format!("wrong type for value; expected bool; got {}", other.go_type()),
            };
            return Err(page.error(
                110,
                "$workerSmokeEnabled",
                &got,
                if smoke.truthy() {
                    blame::wrong_type("releaseGates.smokeTest.workerSmoke.enabled", other, "true or false")
                } else {
                    blame::empty("releaseGates.smokeTest.workerSmoke", "enabled", "true or false")
                },
            ));
        }
    };
    page.skip(1);
    job(page, timeout.wrapping_add(worker_timeout_used).wrapping_add(30))?;
    let on = enabled.truthy();
    let mut named = on;
    page.block(on, |page| {
        named &= page.value_at(48, "secretName", Reach::Value)?.truthy();
        Ok(())
    })?;
    page.skip(1);
    page.when(named, |page| {
        page.text(
            "          envFrom:\n            - secretRef:\n                #\n                #\n                #\n",
        );
        page.text("                name: ");
        page.value("secretName")?;
        page.text("\n");
        Ok(())
    })?;
    page.skip(1);
    page.when(on, |page| {
        page.text("          env:\n            - name: WORKER_SMOKE_ENABLED\n              value: \"1\"\n");
        page.stand_in(12, "#", 5, &[]);
        for (name, value) in [
            ("CONV_PREFIX", "x"),
            ("TIMEOUT", "0"),
            ("INTERVAL", "0"),
            ("RELEASE", "x"),
            ("REVISION", "1"),
        ] {
            page.text("            - name: WORKER_SMOKE_");
            page.text(name);
            page.text("\n              value: \"");
            page.text(value);
            page.text("\"\n");
        }
        Ok(())
    })?;
    address(page)?;
    page.stand_in(14, "x", 17, &[(1, 5, "\""), (1, 13, ": ")]);
    seconds(page, "intervalSeconds")?;
    page.stand_in(14, "x", 17, &[(16, 8, "\"")]);
    page.text("              x           =\"http://");
    page.include(Helper::Fullname)?;
    page.text("-app:");
    page.value("service.port")?;
    page.text("/api/internal/smoke/dispatch\"\n");
    page.stand_in(14, "x", 80, &[(0, 5, "\""), (0, 13, ": "), (2, 68, "'")]);
    Ok(())
}

/// `workerSmoke`, or an empty table where it is falsy.
pub(super) fn worker_smoke<'a>(page: &mut Page<'a>, column: usize) -> Result<&'a Value> {
    static EMPTY: Value = Value::Map(rollcast_values::Map::new());
    let given = page.value_at(column, "releaseGates.smokeTest.workerSmoke", Reach::Value)?;
    Ok(given.or(&EMPTY))
}

/// What `and $workerSmoke (hasKey $workerSmoke "enabled") $workerSmoke.enabled` gives: the operand that decides, of
/// whichever type.
pub(super) fn worker_smoke_enabled<'a>(page: &mut Page<'a>, smoke: &'a Value, column: usize) -> Result<&'a Value> {
    page.note_read("releaseGates.smokeTest.workerSmoke.enabled");
    if page.is_muted() || !smoke.truthy() {
        return Ok(smoke);
    }
    let has = smoke.has_key("enabled").map_err(|error| {
        page.error(
            column,
            "$workerSmoke",
            &error.to_string(),
            blame::wrong_type("releaseGates.smokeTest.workerSmoke", smoke, "a table"),
        )
    })?;
    Ok(if has {
        smoke.at("enabled").unwrap_or(&Value::Null)
    } else {
        &Value::Bool(false)
    })
}
