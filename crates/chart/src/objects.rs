//! The objects a release consists of: what two upgrades are compared by.

use rollcast_values::{Map, Origin, Value, read};

use crate::names::Names;
use crate::{Release, RenderError, templates};

/// One object of the manifest, as Helm sends it.
///
/// Text that no value touches and that decides nothing, a shell script of an init container or of a Job, is left out of
/// it; everything else stands there as the chart prints it.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The template it comes from: "deployment.yaml".
    pub template: &'static str,
    /// Its kind: "Deployment".
    pub kind: String,
    /// Its name: "lobu-app".
    pub name: String,
    /// When Helm runs it, for an object that is a hook and no part of the release: "pre-install,pre-upgrade".
    pub hook: Option<String>,
    /// All of it, always a table. The places of its values are those in the rendered text, and mean nothing outside.
    pub manifest: Value,
}

impl Object {
    fn read(template: &'static str, text: &str) -> Option<Self> {
        let manifest = Value::Map(read(text.as_bytes(), Origin::Default).ok()?.map);
        let text = |path: &str| match manifest.at(path) {
            Some(Value::Str(text)) => Some(text.clone()),
            _ => None,
        };
        let annotations = manifest.at("metadata.annotations");
        let hook = match annotations {
            Some(Value::Map(annotations)) => hook(annotations),
            _ => None,
        };
        Some(Self {
            template,
            kind: text("kind")?,
            name: text("metadata.name")?,
            hook,
            manifest,
        })
    }
}

fn hook(annotations: &Map) -> Option<String> {
    annotations.get("helm.sh/hook").map(|node| node.value.print())
}

impl Release {
    /// Every object Helm renders for effective values, in the order of the templates' names (the chart's name is `lobu`,
    /// and so is the Helm release's).
    ///
    /// # Errors
    /// As [`Release::render`].
    pub fn objects(&'static self, values: &Value) -> Result<Vec<Object>, RenderError> {
        let names = Names::new(self, values);
        // Templates are executed in the order of their names, backwards.
        let objects = templates::texts(self, values, &names)
            .map_err(|error| *error)?
            .iter()
            .rev()
            .filter_map(|(template, text)| Object::read(template, text))
            .collect();
        Ok(objects)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects(release: &'static Release, text: &str) -> Vec<Object> {
        let files = [rollcast_values::File { name: "v.yaml", text }];
        let given = rollcast_values::Given {
            files: &files,
            ..rollcast_values::Given::default()
        };
        let effective = rollcast_values::effective(release.defaults(), "lobu", &given).unwrap();
        release.objects(&effective.values).unwrap()
    }

    fn names(objects: &[Object]) -> Vec<String> {
        objects
            .iter()
            .map(|object| format!("{} {}", object.kind, object.name))
            .collect()
    }

    #[test]
    fn every_object_is_told_apart_from_hooks() {
        let release = Release::find("7.1.0").unwrap();
        let objects = objects(
            release,
            "migrations: {enabled: true}\nsecrets: {create: true, stringData: {A: b}}",
        );
        assert_eq!(
            names(&objects),
            [
                "PersistentVolumeClaim lobu-app-workspaces",
                "Deployment lobu-app",
                "Deployment lobu-embeddings",
                "PersistentVolumeClaim lobu-embeddings-cache",
                "Service lobu-embeddings",
                "Job lobu-migrate",
                "Secret lobu-secrets",
                "Service lobu-app",
                "Job lobu-smoke-test",
                "Deployment lobu-worker",
                "PersistentVolumeClaim lobu-worker-cache",
            ]
        );
        let hooks: Vec<Option<&str>> = objects.iter().map(|object| object.hook.as_deref()).collect();
        assert_eq!(hooks[5], Some("pre-install,pre-upgrade"));
        assert_eq!(hooks[8], Some("post-install,post-upgrade"));
        assert_eq!(hooks.iter().flatten().count(), 2);
    }

    /// As the real Helm renders them: between which releases the same values leave the pods of the app alone.
    #[test]
    fn pods_change_where_the_charts_did() {
        let template = |release: &'static Release| {
            let objects = objects(release, "");
            let app = objects
                .into_iter()
                .find(|object| object.name == "lobu-app" && object.kind == "Deployment");
            app.and_then(|app| app.manifest.at("spec.template").map(Value::to_json))
                .unwrap()
        };
        let same: Vec<(&str, &str)> = Release::all()
            .windows(2)
            .filter(|pair| template(&pair[0]) == template(&pair[1]))
            .map(|pair| (pair[0].id, pair[1].id))
            .collect();
        assert_eq!(
            same,
            [
                ("main-775", "main-776"),
                ("main-776", "7.1.0"),
                ("7.2.0", "11.0.0"),
                ("14.0.0", "main-1838")
            ]
        );
    }
}
