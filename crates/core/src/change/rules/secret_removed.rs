use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{NAMESPACE, Upgrade, app_container, object, rendered, variable};

pub(super) static RULE: Rule = Rule {
    id: "secret-removed",
    kind: ChangeKind::Deleted,
    severity: Severity::Error,
    title: "The Secret goes, and the app loses its environment",
    why: "Releases from 7.2.0 on do not know `secrets`: Helm deletes the Secret it had created, and the pods no longer take \
          their variables from it. Without DATABASE_URL the app does not boot.",
    source: "Lobu pull request 882",
    check,
    examples: &[
        Example {
            name: "Created by the chart",
            to: "7.2.0",
            values: "ingress: {enabled: false}\nsecrets:\n  create: true\n  stringData:\n    DATABASE_URL: postgres://db/app\n",
            ..Example::BASE
        },
        Example {
            name: "Named where both releases read it",
            to: "7.2.0",
            values: "ingress: {enabled: false}\nsecretName: lobu-env\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let (Some(old), Some(new)) = (app_container(upgrade.old), app_container(&upgrade.new)) else {
        return Vec::new();
    };
    let (was, is) = (old.at("envFrom"), new.at("envFrom"));
    let Some(was) = was.filter(|_| is.is_none()) else {
        return Vec::new();
    };
    let created = object(upgrade.old, "secret.yaml");
    let leaves = created.filter(|_| object(&upgrade.new, "secret.yaml").is_none());
    let name = secret_name(was).unwrap_or_else(|| "lobu-secrets".to_owned());
    let database = if variable(new, "DATABASE_URL").is_none() && !has_reference(new, "DATABASE_URL") {
        " No DATABASE_URL is left."
    } else {
        ""
    };
    let what = match leaves {
        Some(secret) => format!(
            "Helm deletes the Secret `{}`, and the app's container no longer has `envFrom`.{database}",
            secret.name
        ),
        None => format!("The app's container no longer takes its variables from the Secret `{name}`.{database}"),
    };
    let path = format!("{}.envFrom", upgrade.app());
    Found::new(what)
        .was(rendered(&path, Some(was)))
        .is(rendered(&path, is))
        .on(upgrade, "secrets.create")
        .on(upgrade, "secrets.name")
        .on(upgrade, "secretName")
        .way(
            Way::new("Keep the Secret and name it")
                .run(
                    "Before the upgrade, so that Helm leaves it alone.",
                    format!("kubectl --namespace {NAMESPACE} annotate secret {name} helm.sh/resource-policy=keep"),
                )
                .step("Then upgrade with its name in `secretName`.")
                .set("secretName", Value::Str(name.clone())),
        )
        .one()
}

fn secret_name(sources: &Value) -> Option<String> {
    let Value::List(sources) = sources else { return None };
    sources
        .iter()
        .find_map(|source| match source.value.at("secretRef.name") {
            Some(Value::Str(name)) => Some(name.clone()),
            _ => None,
        })
}

/// Whether a variable comes from a key of a Secret.
fn has_reference(container: &Value, name: &str) -> bool {
    let Some(Value::List(variables)) = container.at("env") else {
        return false;
    };
    variables.iter().any(|variable| {
        matches!(variable.value.at("name"), Some(Value::Str(found)) if found == name)
            && variable.value.at("valueFrom").is_some()
    })
}
