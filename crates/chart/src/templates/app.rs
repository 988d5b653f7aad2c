//! `deployment.yaml`: the app.

use rollcast_values::Value;

use super::shared::{
    database, embeddings_url, first_host, head, image, mount, pinned_strategy, probe, resources_and_volume, secret,
    selector, variables,
};
use super::smoke::{worker_smoke, worker_smoke_enabled};
use super::worker::grace;
use crate::App;
use crate::blame;
use crate::error::Result;
use crate::names::Helper;
use crate::page::{Page, Reach};
use crate::release::{Lineage, Shutdown, StrategyForm};

const WORKSPACES: &str = "app.workspaces.enabled";

/// The app Deployment.
pub(super) fn app(page: &mut Page<'_>) -> Result<App> {
    let templates = page.templates();
    let mut app = App::default();
    head(page, "apps/v1", "Deployment", "-app", Some("api"))?;
    page.text("spec:\n  replicas: ");
    app.replicas = page.value("app.replicaCount")?;
    page.text("\n");
    app.strategy = match templates.strategy {
        StrategyForm::PinWorkspaces { explained } => pinned_strategy(page, "app.strategy", WORKSPACES, |page| {
            if explained {
                page.stand_in(2, "#", 6, &[(0, 37, "'"), (2, 31, "\"")]);
            }
        })?,
        StrategyForm::OptIn { comment } => opt_in(page, comment)?,
    };
    selector(page, Helper::AppSelectorLabels)?;
    match templates.lineage {
        Lineage::Platform => platform(page, &mut app)?,
        Lineage::Owletto => owletto(page, &mut app)?,
    }
    if templates.asks_database {
        page.stand_in(10, "#", 5, &[(4, 7, "'")]);
    }
    let port = match templates.lineage {
        Lineage::Platform => "http",
        Lineage::Owletto => "8787",
    };
    let ready = if templates.asks_database {
        "/health/ready"
    } else {
        "/health"
    };
    handler(page, "readinessProbe", ready, port);
    app.readiness_probe = probe(page, "healthCheck.readinessProbe")?;
    handler(page, "livenessProbe", "/health", port);
    probe(page, "healthCheck.livenessProbe")?;
    app.mounts_workspaces = mount(page, WORKSPACES, "workspaces", "/app/workspaces")?;
    resources_and_volume(page, "app.resources", WORKSPACES, "workspaces", "-app-workspaces")?;
    Ok(app)
}

/// Lobu pull request 776.
fn opt_in(page: &mut Page<'_>, comment: usize) -> Result<Option<String>> {
    page.skip(comment);
    let path = "app.workspaces.accessModes";
    let modes = page.value_at(52, path, Reach::Value)?;
    let modes = if modes.truthy() { modes } else { &Value::Null };
    let shared = modes.has("ReadWriteMany").map_err(|error| {
        page.error(
            24,
            "has \"ReadWriteMany\" (.Values.app.workspaces.accessModes | default (list))",
            &format!("error calling has: {error}"),
            blame::wrong_type(path, modes, "a list of access modes"),
        )
    })?;
    page.skip(1);
    let allowed = page.value_at(30, "app.allowMultiReplica", Reach::Value)?.truthy();
    let safe = allowed && (!page.value_at(69, WORKSPACES, Reach::Value)?.truthy() || shared);
    page.note_read(WORKSPACES);
    page.skip(1);
    let given = page.value_at(16, "app.strategy", Reach::Tree)?;
    let overridden = given.truthy();
    page.skip(1);
    let mut strategy = None;
    page.when(overridden, |page| {
        page.text("  strategy:\n");
        let text = page.yaml(4, given, "app.strategy");
        page.keep(&mut strategy, text);
        Ok(())
    })?;
    let rolling = "type: RollingUpdate\nrollingUpdate:\n  maxSurge: 1\n  maxUnavailable: 0";
    page.when(!overridden && safe, |page| {
        page.stand_in(2, "#", 1, &[]);
        page.text("  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n");
        page.text("      maxSurge: 1\n      maxUnavailable: 0\n");
        page.keep(&mut strategy, rolling.to_owned());
        Ok(())
    })?;
    page.when(!overridden && !safe, |page| {
        page.stand_in(2, "#", 2, &[]);
        page.text("  strategy:\n    type: Recreate\n");
        page.keep(&mut strategy, "type: Recreate".to_owned());
        Ok(())
    })?;
    Ok(strategy)
}

fn platform(page: &mut Page<'_>, app: &mut App) -> Result<()> {
    page.table(6, "annotations", "app.podAnnotations")?;
    page.text("    spec:\n");
    page.table(6, "imagePullSecrets", "imagePullSecrets")?;
    page.table(6, "securityContext", "app.podSecurityContext")?;
    let delays = page.templates().shutdown == Shutdown::Delay;
    if delays {
        page.stand_in(6, "#", 5, &[(3, 58, "'")]);
        page.text("      terminationGracePeriodSeconds: ");
        app.termination_grace_period_seconds = Some(page.value_or("app.terminationGracePeriodSeconds", 45)?);
        page.text("\n");
    }
    page.text("      containers:\n        - name: app\n");
    image(page, Helper::AppImage)?;
    page.table(10, "securityContext", "app.securityContext")?;
    page.text("          ports:\n            - name: http\n              containerPort: 8787\n");
    page.text("              protocol: TCP\n          env:\n");
    variables(page, "app.env", |name, text| {
        app.env.insert(name.to_owned(), text);
    })?;
    let mut derived = page.value_at(30, "ingress.hosts", Reach::Value)?.truthy();
    page.block(derived, |page| {
        let environment = page.value_at(65, "app.env", Reach::Keys)?;
        let has = environment.has_key("PUBLIC_WEB_URL").map_err(|error| {
            page.error(
                65,
                ".Values.app.env",
                &error.to_string(),
                blame::wrong_type("app.env", environment, "a table"),
            )
        });
        derived &= !page.is_muted() && !has?;
        Ok(())
    })?;
    page.skip(1);
    page.when(derived, |page| host_variable(page, app, "PUBLIC_WEB_URL"))?;
    environment_tail(page, app)?;
    secret(page)?;
    if delays {
        let path = "app.preStopDelaySeconds";
        // A comment in the template's source.
        page.skip(12);
        let waits = page.value_at(33, path, Reach::Value)?.to_int() > 0;
        page.skip(1);
        page.when(waits, |page| hook(page, app, "sh", path))?;
    }
    Ok(())
}

fn owletto(page: &mut Page<'_>, app: &mut App) -> Result<()> {
    page.text("    spec:\n");
    page.table(6, "imagePullSecrets", "imagePullSecrets")?;
    let graceful = page.templates().shutdown == Shutdown::Lifecycle;
    if graceful {
        app.termination_grace_period_seconds = grace(page, "app.terminationGracePeriodSeconds")?;
    }
    page.text("      containers:\n        - name: app\n");
    image(page, Helper::AppImage)?;
    if page.templates().hardened {
        page.table(10, "securityContext", "app.containerSecurityContext")?;
    }
    if graceful {
        let sleep = "app.lifecycle.preStopSleepSeconds";
        let mut waits = page.value_at(28, "app.lifecycle", Reach::Value)?.truthy();
        page.block(waits, |page| {
            let seconds = page.value_at(50, sleep, Reach::Value)?;
            waits &= seconds.truthy() && seconds.to_int() > 0;
            Ok(())
        })?;
        page.skip(1);
        page.when(waits, |page| hook(page, app, "/bin/sh", sleep))?;
    }
    page.text("          ports:\n            - containerPort: 8787\n              protocol: TCP\n          env:\n");
    variables(page, "app.env", |name, text| {
        app.env.insert(name.to_owned(), text);
    })?;
    let derived = page.test(12, "ingress.hosts")?;
    page.when(derived, |page| host_variable(page, app, "BASE_URL"))?;
    let smoke = worker_smoke(page, 39)?;
    page.skip(1);
    let on = worker_smoke_enabled(page, smoke, 44)?.truthy();
    page.skip(1);
    page.when(on, |page| {
        page.stand_in(12, "#", 5, &[(2, 43, "'")]);
        page.text("            - name: SMOKE_TEST_ALLOWED_HOST\n              value: ");
        let name = page.helper_at(43, Helper::Fullname, ".")?;
        let text = page.safe(Value::Str(format!("{name}-app")).quote());
        page.text("\n");
        if !page.is_muted() {
            app.env.insert("SMOKE_TEST_ALLOWED_HOST".to_owned(), text);
        }
        Ok(())
    })?;
    environment_tail(page, app)?;
    secret(page)
}

/// The variable with the address of the ingress's first host.
fn host_variable(page: &mut Page<'_>, app: &mut App, name: &str) -> Result<()> {
    page.text("            - name: ");
    page.text(name);
    page.text("\n              value: ");
    let text = first_host(page, 58)?;
    let text = page.safe(text);
    page.text("\n");
    if !page.is_muted() {
        app.env.insert(name.to_owned(), text);
    }
    Ok(())
}

fn environment_tail(page: &mut Page<'_>, app: &mut App) -> Result<()> {
    if let Some(url) = embeddings_url(page)? {
        app.env.insert("EMBEDDINGS_SERVICE_URL".to_owned(), url);
    }
    if let Some(url) = database(page, "database")? {
        app.env.insert("DATABASE_URL".to_owned(), url);
    }
    Ok(())
}

/// The hook that sleeps before the app is told to stop. The seconds are a Go integer, so they fit between quotes.
fn hook(page: &mut Page<'_>, app: &mut App, shell: &str, seconds: &str) -> Result<()> {
    page.text("          lifecycle:\n            preStop:\n              exec:\n                command: [\"");
    page.text(shell);
    page.text("\", \"-c\", \"sleep ");
    let text = page.value(seconds)?;
    page.text("\"]\n");
    page.keep(
        &mut app.pre_stop_command,
        format!("[\"{shell}\", \"-c\", \"sleep {text}\"]"),
    );
    Ok(())
}

/// A probe down to its port.
fn handler(page: &mut Page<'_>, probe: &str, path: &str, port: &str) {
    page.text("          ");
    page.text(probe);
    page.text(":\n            httpGet:\n              path: ");
    page.text(path);
    page.text("\n              port: ");
    page.text(port);
    page.text("\n");
}
