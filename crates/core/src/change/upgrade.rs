//! Both sides of a change, and what rules ask about them.

use rollcast_chart::Object;
use rollcast_rollout::change::{Applier, Helm4ServerSide, InstalledBy};
use rollcast_rollout::validate::ApiServer;
use rollcast_values::{HelmLine, Node, Value};

use super::discreet::discreet;
use crate::findings::Releases;
use crate::side::Side;
use crate::{Evidence, LiveClaim, Request};

/// The namespace in commands and messages; the request does not say one.
pub(super) const NAMESPACE: &str = "lobu";

/// The chart's workloads: the template of its Deployment, and what it is called.
pub(super) const WORKLOADS: [(&str, &str); 3] = [
    ("deployment.yaml", "app"),
    ("worker-deployment.yaml", "worker"),
    ("embeddings-deployment.yaml", "embeddings"),
];

/// An upgrade from one side to the other.
pub(super) struct Upgrade<'a> {
    pub(super) request: &'a Request,
    pub(super) before: &'a Side,
    pub(super) after: &'a Side,
    pub(super) old: &'a [Object],
    pub(super) new: Vec<Object>,
    pub(super) applier: Applier,
    pub(super) server: ApiServer,
    pub(super) claim: LiveClaim,
}

impl<'a> Upgrade<'a> {
    pub(super) fn new(
        request: &'a Request,
        today: &'a Request,
        before: &'a Side,
        old: &'a [Object],
        after: &'a Side,
    ) -> Self {
        Self {
            request,
            before,
            after,
            old,
            new: objects(after),
            applier: applier(request, today),
            server: ApiServer::minor(request.cluster.kubernetes),
            claim: request
                .baseline
                .as_ref()
                .map(|baseline| baseline.claim.clone())
                .unwrap_or_default(),
        }
    }

    /// The objects of one template on both sides, if it is the same live object.
    pub(super) fn both(&self, template: &str) -> Option<(&Object, &Object)> {
        let (old, new) = (object(self.old, template)?, object(&self.new, template)?);
        (old.name == new.name && old.kind == new.kind).then_some((old, new))
    }

    /// The fields of a workload's pod template that change; `None` where there is not the same Deployment on both sides.
    pub(super) fn template_changes(&self, template: &str) -> Option<Vec<FieldChange>> {
        let (old, new) = self.both(template)?;
        let mut changes = Vec::new();
        let pods = "spec.template";
        compare("", old.manifest.at(pods), new.manifest.at(pods), &mut changes);
        Some(changes)
    }

    /// The name of a workload's Deployment, or of what was its.
    pub(super) fn name(&self, template: &str) -> &str {
        let found = object(&self.new, template).or_else(|| object(self.old, template));
        found.map_or("lobu-app", |object| &object.name)
    }

    /// The name of the app's Deployment.
    pub(super) fn app(&self) -> &str {
        self.name("deployment.yaml")
    }

    /// The strategy that the app's manifest names today.
    pub(super) fn old_strategy(&self) -> Option<&Value> {
        object(self.old, "deployment.yaml").and_then(|app| app.manifest.at("spec.strategy"))
    }

    /// The strategy that the app's manifest shall name.
    pub(super) fn new_strategy(&self) -> Option<&Value> {
        object(&self.new, "deployment.yaml").and_then(|app| app.manifest.at("spec.strategy"))
    }

    /// Whether the operator's values at these paths differ: then a change there is asked for, not silent.
    pub(super) fn asked(&self, paths: &[&str]) -> bool {
        let given = |side: &Side, path: &str| side.effective.given.at(path).map(Value::to_json);
        paths
            .iter()
            .any(|path| given(self.before, path) != given(self.after, path))
    }

    /// Today's value at a path as evidence.
    pub(super) fn was(&self, path: &str) -> Evidence {
        evidence(self.before, path)
    }

    /// The proposed value at a path as evidence.
    pub(super) fn is(&self, path: &str) -> Evidence {
        evidence(self.after, path)
    }

    /// Whether the proposed release is among these.
    pub(super) fn to(&self, releases: Releases) -> bool {
        releases.contains(self.after.release.id)
    }
}

/// The objects of one side.
pub(super) fn objects(side: &Side) -> Vec<Object> {
    side.release.objects(&side.effective.values).unwrap_or_default()
}

/// What brings the objects, where the request leaves it open.
fn applier(request: &Request, today: &Request) -> Applier {
    request.applier.unwrap_or(match request.helm {
        HelmLine::V3_17 | HelmLine::V3_20 => Applier::Helm3 { force: false },
        HelmLine::V4 => Applier::Helm4 {
            server_side: Helm4ServerSide::Auto,
            installed_by: if today.helm == HelmLine::V4 {
                InstalledBy::Helm4
            } else {
                InstalledBy::Helm3
            },
            force_replace: false,
        },
    })
}

fn evidence(side: &Side, path: &str) -> Evidence {
    let node: Option<&Node> = side.effective.values.node_at(path);
    let name = path.rsplit('.').next().unwrap_or(path);
    Evidence {
        path: path.to_owned(),
        value: node.map(|node| discreet(name, &node.value).to_json()),
        origin: node.map(|node| node.origin.into()),
    }
}

/// Something the rendered objects say.
pub(super) fn rendered(path: impl Into<String>, value: Option<&Value>) -> Evidence {
    Evidence {
        path: path.into(),
        value: value.map(Value::to_json),
        origin: None,
    }
}

/// The object of a template.
pub(super) fn object<'o>(objects: &'o [Object], template: &str) -> Option<&'o Object> {
    objects.iter().find(|object| object.template == template)
}

/// The first container of a Deployment.
pub(super) fn container(object: &Object) -> Option<&Value> {
    match object.manifest.at("spec.template.spec.containers") {
        Some(Value::List(containers)) => containers.first().map(|node| &node.value),
        _ => None,
    }
}

/// The first container of the app.
pub(super) fn app_container(objects: &[Object]) -> Option<&Value> {
    object(objects, "deployment.yaml").and_then(container)
}

/// A plain variable of a container.
pub(super) fn variable(container: &Value, name: &str) -> Option<String> {
    let Some(Value::List(variables)) = container.at("env") else {
        return None;
    };
    variables.iter().find_map(
        |variable| match (variable.value.at("name"), variable.value.at("value")) {
            (Some(Value::Str(found)), Some(Value::Str(value))) if found == name => Some(value.clone()),
            _ => None,
        },
    )
}

/// A field that changes.
pub(super) struct FieldChange {
    /// Its path in the pod template; named entries of lists by their names.
    pub(super) path: String,
    /// Before, as compact JSON.
    pub(super) before: Option<String>,
    /// After, as compact JSON.
    pub(super) after: Option<String>,
}

impl FieldChange {
    /// One side of it as evidence.
    pub(super) fn evidence(&self, side: Option<&str>) -> Evidence {
        Evidence {
            path: self.path.clone(),
            value: side.map(str::to_owned),
            origin: None,
        }
    }
}

fn compare(path: &str, old: Option<&Value>, new: Option<&Value>, changes: &mut Vec<FieldChange>) {
    let below = |step: &str| match path {
        "" => step.to_owned(),
        path => format!("{path}.{step}"),
    };
    match (old, new) {
        (Some(Value::Map(old)), Some(Value::Map(new))) => {
            let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                let value = |map: &'_ rollcast_values::Map| map.get(key).map(|node| node.value.clone());
                compare(&below(key), value(old).as_ref(), value(new).as_ref(), changes);
            }
        }
        (Some(Value::List(old)), Some(Value::List(new))) if named(old) && named(new) => {
            let names: Vec<String> = old.iter().chain(new).filter_map(|node| name(&node.value)).collect();
            let mut names: Vec<&String> = names.iter().collect();
            names.sort_unstable();
            names.dedup();
            for wanted in names {
                let item = |items: &[Node]| {
                    let found = items.iter().find(|node| name(&node.value).as_ref() == Some(wanted));
                    found.map(|node| node.value.clone())
                };
                compare(
                    &format!("{path}[{wanted}]"),
                    item(old).as_ref(),
                    item(new).as_ref(),
                    changes,
                );
            }
        }
        (old, new) => {
            if old.map(Value::to_json) != new.map(Value::to_json) {
                let shown = |value: Option<&Value>| value.map(|value| discreet(path, value).to_json());
                changes.push(FieldChange {
                    path: path.to_owned(),
                    before: shown(old),
                    after: shown(new),
                });
            }
        }
    }
}

fn name(value: &Value) -> Option<String> {
    match value.at("name") {
        Some(Value::Str(name)) => Some(name.clone()),
        _ => None,
    }
}

fn named(items: &[Node]) -> bool {
    !items.is_empty() && items.iter().all(|node| name(&node.value).is_some())
}
