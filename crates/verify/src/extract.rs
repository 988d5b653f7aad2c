//! Reading fields out of what `helm template` prints.

use serde_json::{Map, Value, json};

/// A field of a printed manifest: the text behind its key, or `None` where the key is not printed.
pub type Field = Option<String>;

/// The fields of a printed release, in the shape of Rollcast's own: each is the text Helm printed, `null` where it printed
/// none. A resource is known by its kind and the end of its name; a field by its key and indentation, as the Lobu chart
/// prints it.
#[must_use]
pub fn extract(printed: &str) -> Value {
    let documents: Vec<Document<'_>> = documents(printed).collect();
    let find = |kind: &str, name: &str| {
        documents
            .iter()
            .find(|document| document.kind == kind && document.name.ends_with(name))
    };
    let app = find("Deployment", "-app");
    let workload = |name: &str| find("Deployment", name).map(|document| json!(workload(document)));
    json!({
        "app": app.map_or_else(Map::new, app_fields),
        "pvcSpec": find("PersistentVolumeClaim", "-app-workspaces").and_then(Document::spec),
        "pdbMinAvailable": find("PodDisruptionBudget", "-app").and_then(|document| document.field("  minAvailable")),
        "ingressHosts": find("Ingress", "").map(|document| document.all("    - host")),
        "migrationJob": find("Job", "-migrate").is_some(),
        "sessionAffinity": find("Service", "-app").and_then(|document| document.field("  sessionAffinity")),
        "worker": workload("-worker"),
        "embeddings": workload("-embeddings"),
    })
}

fn workload(document: &Document<'_>) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("replicas".to_owned(), json!(document.field("  replicas")));
    fields.insert("strategy".to_owned(), json!(document.strategy()));
    fields
}

fn app_fields(document: &Document<'_>) -> Map<String, Value> {
    let mut fields = workload(document);
    let mut add = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    add(
        "terminationGracePeriodSeconds",
        json!(document.field("      terminationGracePeriodSeconds")),
    );
    add("preStopCommand", json!(document.hook()));
    add("readinessProbe", document.probe("readinessProbe"));
    add("env", Value::Object(document.environment()));
    let mounts = document
        .lines()
        .any(|line| line.trim_start_matches([' ', '-']).trim_end() == "mountPath: /app/workspaces");
    add("mountsWorkspaces", json!(mounts));
    fields
}

/// One printed manifest.
struct Document<'a> {
    text: &'a str,
    kind: &'a str,
    name: &'a str,
}

/// The manifests: Helm puts `---` and a comment that names the template before each.
fn documents(printed: &str) -> impl Iterator<Item = Document<'_>> {
    let parts = printed.split("\n---\n").flat_map(|part| part.split("---\n# Source: "));
    parts.map(|text| Document {
        text,
        kind: value_of(text, "kind").unwrap_or_default(),
        name: value_of(text, "  name").unwrap_or_default(),
    })
}

/// The text behind a key at the beginning of a line.
fn value_of<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.split('\n').find_map(|line| behind(line, key))
}

/// What stands behind `KEY:` and one blank.
fn behind<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(key)?.strip_prefix(':')?;
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix(' ')
    }
}

impl<'a> Document<'a> {
    fn lines(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text.split('\n')
    }

    fn field(&self, key: &str) -> Field {
        value_of(self.text, key).map(str::to_owned)
    }

    fn all(&self, key: &str) -> Vec<String> {
        let found = self.lines().filter_map(|line| behind(line, key));
        found.map(str::to_owned).collect()
    }

    /// The lines below a line, as long as they are indented so far; with that much taken off.
    fn below(&self, line: &str, indent: usize) -> Option<Vec<&'a str>> {
        let mut lines = self.lines().skip_while(|each| *each != line);
        lines.next()?;
        let blanks = " ".repeat(indent);
        Some(lines.map_while(|line| line.strip_prefix(blanks.as_str())).collect())
    }

    fn strategy(&self) -> Field {
        Some(self.below("  strategy:", 4)?.join("\n"))
    }

    fn spec(&self) -> Field {
        let (_, spec) = self.text.split_once("\nspec:\n")?;
        Some(spec.trim_end().to_owned())
    }

    fn hook(&self) -> Field {
        let lines = self.below("            preStop:", 14)?;
        let command = lines.iter().find_map(|line| behind(line.trim_start(), "command"))?;
        Some(command.to_owned())
    }

    fn probe(&self, name: &str) -> Value {
        let lines = self.below(&format!("          {name}:"), 12).unwrap_or_default();
        let number = |key: &str| lines.iter().find_map(|line| behind(line, key));
        let keys = [
            "initialDelaySeconds",
            "periodSeconds",
            "timeoutSeconds",
            "failureThreshold",
        ];
        keys.into_iter()
            .map(|key| (key.to_owned(), json!(number(key))))
            .collect::<Map<String, Value>>()
            .into()
    }

    /// Variables with a plain value, of the only container.
    fn environment(&self) -> Map<String, Value> {
        let lines: Vec<&str> = self.lines().collect();
        let pairs = lines.windows(2).filter_map(|pair| match pair {
            [name, value] => Some((
                behind(name, "            - name")?,
                behind(value, "              value")?,
            )),
            _ => None,
        });
        pairs.map(|(name, value)| (name.to_owned(), json!(value))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_text() {
        let printed = "---
# Source: lobu/templates/app-pvc.yaml
kind: PersistentVolumeClaim
metadata:
  name: lobu-app-workspaces
spec:
  accessModes:
    - ReadWriteOnce
---
# Source: lobu/templates/service.yaml
kind: Service
metadata:
  name: lobu-app
spec:
  sessionAffinity: ClientIP
---
# Source: lobu/templates/deployment.yaml
kind: Deployment
metadata:
  name: lobu-app
spec:
  replicas: 2
  strategy:
    rollingUpdate:
      maxSurge: 1
    type: RollingUpdate
  selector:
  template:
    spec:
      terminationGracePeriodSeconds: 60
      containers:
        - name: app
          env:
            - name: A
              value: \"1\"
            - name: SECRET
              valueFrom:
                secretKeyRef: {}
            - name: B
              value: \"x: y\"
          lifecycle:
            preStop:
              exec:
                command: [\"sh\", \"-c\", \"sleep 5\"]
          readinessProbe:
            httpGet:
              port: http
            periodSeconds: 10
            failureThreshold:
          livenessProbe:
            periodSeconds: 99
          volumeMounts:
            - name: workspaces
              mountPath: /app/workspaces
---
# Source: lobu/templates/ingress.yaml
kind: Ingress
metadata:
  name: lobu
spec:
  rules:
    - host: \"a\"
    - host: \"b\"
---
# Source: lobu/templates/migration-job.yaml
kind: Job
metadata:
  name: lobu-migrate
";
        assert_eq!(
            extract(printed),
            json!({
                "app": {
                    "replicas": "2",
                    "strategy": "rollingUpdate:\n  maxSurge: 1\ntype: RollingUpdate",
                    "terminationGracePeriodSeconds": "60",
                    "preStopCommand": "[\"sh\", \"-c\", \"sleep 5\"]",
                    "readinessProbe": {
                        "initialDelaySeconds": null,
                        "periodSeconds": "10",
                        "timeoutSeconds": null,
                        "failureThreshold": "",
                    },
                    "env": {"A": "\"1\"", "B": "\"x: y\""},
                    "mountsWorkspaces": true,
                },
                "pvcSpec": "  accessModes:\n    - ReadWriteOnce",
                "pdbMinAvailable": null,
                "ingressHosts": ["\"a\"", "\"b\""],
                "migrationJob": true,
                "sessionAffinity": "ClientIP",
                "worker": null,
                "embeddings": null,
            })
        );
    }
}
