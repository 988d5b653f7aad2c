//! What several templates have in common.

use rollcast_values::{Value, sprintf_s};

use crate::Probe;
use crate::error::Result;
use crate::names::Helper;
use crate::page::{Page, Reach};
use crate::release::Lineage;

/// `apiVersion` to the labels; `suffix` follows the full name, and `component` is the label the template adds itself.
pub(super) fn head(page: &mut Page<'_>, api: &str, kind: &str, suffix: &str, component: Option<&str>) -> Result<()> {
    page.text("apiVersion: ");
    page.text(api);
    page.text("\nkind: ");
    page.text(kind);
    page.text("\nmetadata:\n  name: ");
    page.include(Helper::Fullname)?;
    page.text(suffix);
    page.text("\n");
    labels(page, component)
}

/// `labels:` below `metadata:`.
pub(super) fn labels(page: &mut Page<'_>, component: Option<&str>) -> Result<()> {
    page.text("  labels:\n");
    page.include_lines(4, Helper::Labels)?;
    if let Some(component) = component {
        page.text("    app.kubernetes.io/component: ");
        page.text(component);
        page.text("\n");
    }
    Ok(())
}

/// A Deployment's `strategy:`, `selector:` and the labels of its pods.
pub(super) fn selector(page: &mut Page<'_>, helper: Helper) -> Result<()> {
    page.text("  selector:\n    matchLabels:\n");
    page.include_lines(6, helper)?;
    page.text("  template:\n    metadata:\n      labels:\n");
    page.include_lines(8, helper)
}

/// The strategy of a Deployment that keeps to Recreate while it has a cache: the override, Recreate, or nothing.
pub(super) fn cache_strategy(page: &mut Page<'_>, workload: &str) -> Result<Option<String>> {
    pinned_strategy(
        page,
        &format!("{workload}.strategy"),
        &format!("{workload}.cache.enabled"),
        |_| {},
    )
}

/// The override, or Recreate where `pin` is truthy, or nothing.
pub(super) fn pinned_strategy(
    page: &mut Page<'_>,
    overriding: &str,
    pin: &str,
    comment: impl FnOnce(&mut Page<'_>),
) -> Result<Option<String>> {
    let given = page.value_at(18, overriding, Reach::Tree)?;
    let overridden = given.truthy();
    let mut strategy = None;
    page.skip(1);
    page.when(overridden, |page| {
        page.text("  strategy:\n");
        let text = page.yaml(4, given, overriding);
        page.keep(&mut strategy, text);
        Ok(())
    })?;
    page.when(!overridden, |page| {
        let pinned = page.test(2, pin)?;
        page.when(pinned, |page| {
            comment(page);
            page.text("  strategy:\n    type: Recreate\n");
            page.keep(&mut strategy, "type: Recreate".to_owned());
            Ok(())
        })
    })?;
    Ok(strategy)
}

/// A container's `image:` and `imagePullPolicy:`.
pub(super) fn image(page: &mut Page<'_>, helper: Helper) -> Result<()> {
    page.text("          image: ");
    page.include(helper)?;
    page.text("\n          imagePullPolicy: ");
    page.value("image.pullPolicy")?;
    page.text("\n");
    Ok(())
}

/// Every variable of a table in `env:`; `each` gets its name and the text after `value: `.
pub(super) fn variables(page: &mut Page<'_>, path: &str, mut each: impl FnMut(&str, String)) -> Result<()> {
    let items = page.range_pairs(12, path)?;
    page.each(&items, |page, key, value| {
        page.text("            - name: ");
        let key = page.computed(key.to_owned(), path);
        page.text("\n              value: ");
        let text = page.safe(value.quote());
        page.text("\n");
        if !page.is_muted() {
            each(&key, text);
        }
        Ok(())
    })
}

/// The address of the embeddings service; gives the text after `value: ` where there is one.
pub(super) fn embeddings_url(page: &mut Page<'_>) -> Result<Option<String>> {
    let mut url = None;
    let has_port = page.test(12, "embeddings.service.port")?;
    page.when(has_port, |page| {
        let given = page.test(12, "embeddings.serviceUrl")?;
        page.block(given, |page| {
            page.text("            - name: EMBEDDINGS_SERVICE_URL\n              value: ");
            let text = page.quoted("embeddings.serviceUrl")?;
            page.keep(&mut url, text);
            page.text("\n");
            Ok(())
        })?;
        let deployed = page.test_else(12, "embeddings.enabled", !given)?;
        page.when(deployed, |page| {
            page.text("            - name: EMBEDDINGS_SERVICE_URL\n              value: ");
            let name = page.helper_at(59, Helper::Fullname, ".")?;
            let port = page.value_at(93, "embeddings.service.port", Reach::Value)?.to_int();
            let text = page.safe(Value::Str(format!("http://{name}-embeddings:{port}")).quote());
            page.text("\n");
            page.keep(&mut url, text);
            Ok(())
        })
    })?;
    Ok(url)
}

/// `DATABASE_URL` from a Secret, below a table of the values; gives the text after its `value: ` where it has one.
pub(super) fn database(page: &mut Page<'_>, path: &str) -> Result<Option<String>> {
    let existing = format!("{path}.existingSecret");
    let secret_key = |page: &mut Page<'_>, name: &str| -> Result<()> {
        page.text("            - name: ");
        page.text(name);
        page.text("\n              valueFrom:\n                secretKeyRef:\n                  name: ");
        page.value(&existing)?;
        page.text("\n                  key: ");
        Ok(())
    };
    let mut url = None;
    let has_secret = page.test(12, &existing)?;
    page.when(has_secret, |page| {
        let pooled = page.test(12, &format!("{path}.usePooler"))?;
        page.when(pooled, |page| {
            secret_key(page, "DB_USER")?;
            page.text("username\n");
            secret_key(page, "DB_PASS")?;
            page.text("password\n");
            page.text("            - name: DATABASE_URL\n              value: ");
            let start = page.printed();
            page.text("\"postgresql://$(DB_USER):$(DB_PASS)@");
            page.value(&format!("{path}.poolerService"))?;
            page.text(":5432/");
            page.value(&format!("{path}.name"))?;
            page.text("?sslmode=disable\"\n");
            let text = page.line_since(start);
            page.keep(&mut url, text);
            Ok(())
        })?;
        page.when(!pooled, |page| {
            secret_key(page, "DATABASE_URL")?;
            page.value(&format!("{path}.existingSecretKey"))?;
            page.text("\n");
            Ok(())
        })
    })?;
    Ok(url)
}

/// `envFrom:` with the Secret of the values, by the helper that the older chart has for it or by its own key.
pub(super) fn secret(page: &mut Page<'_>) -> Result<()> {
    let name = match page.templates().lineage {
        Lineage::Platform => {
            let name = page.helper_at(29, Helper::SecretName, ".")?;
            page.skip(2);
            Some(name).filter(|name| !name.is_empty())
        }
        Lineage::Owletto => {
            let name = page.value_at(24, "secretName", Reach::Value)?;
            page.skip(1);
            name.truthy().then(|| name.print())
        }
    };
    page.when(name.is_some(), |page| {
        secret_reference(page, name.unwrap_or_default());
        Ok(())
    })
}

/// `envFrom:` with a Secret.
pub(super) fn secret_reference(page: &mut Page<'_>, name: String) {
    page.text("          envFrom:\n            - secretRef:\n                name: ");
    page.computed(name, page.path_of(Helper::SecretName));
    page.text("\n");
}

/// The four numbers of a probe, below a table of the values.
pub(super) fn probe(page: &mut Page<'_>, path: &str) -> Result<Probe> {
    let mut number = |key: &str| -> Result<String> {
        page.text("            ");
        page.text(key);
        page.text(": ");
        let text = page.value(&format!("{path}.{key}"))?;
        page.text("\n");
        Ok(text)
    };
    Ok(Probe {
        initial_delay_seconds: number("initialDelaySeconds")?,
        period_seconds: number("periodSeconds")?,
        timeout_seconds: number("timeoutSeconds")?,
        failure_threshold: number("failureThreshold")?,
    })
}

/// What a Deployment with a claim has below its container: the mount.
pub(super) fn mount(page: &mut Page<'_>, enabled: &str, name: &str, path: &str) -> Result<bool> {
    let mounted = page.test(10, enabled)?;
    page.when(mounted, |page| {
        page.text("          volumeMounts:\n            - name: ");
        page.text(name);
        page.text("\n              mountPath: ");
        page.text(path);
        page.text("\n");
        Ok(())
    })?;
    Ok(mounted)
}

/// The container's resources and, below, the claim it mounts.
pub(super) fn resources_and_volume(
    page: &mut Page<'_>,
    resources: &str,
    enabled: &str,
    volume: &str,
    claim: &str,
) -> Result<()> {
    page.text("          resources:\n");
    page.yaml_of(12, resources)?;
    let mounted = page.test(6, enabled)?;
    page.when(mounted, |page| {
        page.text("      volumes:\n        - name: ");
        page.text(volume);
        page.text("\n          persistentVolumeClaim:\n            claimName: ");
        page.include(Helper::Fullname)?;
        page.text(claim);
        page.text("\n");
        Ok(())
    })
}

/// `https://` and the first host of the ingress, as the text after `value: `; `column` is that of `first`'s argument.
pub(super) fn first_host(page: &mut Page<'_>, column: usize) -> Result<String> {
    let path = "ingress.hosts";
    let hosts = page.value_at(column, path, Reach::Value)?;
    let first = hosts.first().map_err(|error| {
        page.error(
            column - 13,
            "first .Values.ingress.hosts",
            &format!("error calling first: {error}"),
            crate::blame::wrong_type(path, hosts, "a list of host names"),
        )
    });
    // Nothing is looked up in silence.
    let first = if page.is_muted() { &Value::Null } else { first? };
    Ok(Value::Str(format!("https://{}", sprintf_s(first))).quote())
}
