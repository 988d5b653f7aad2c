//! A small chart of our own that follows the rule of release 7.1.0, and what happens when it drifts.
//!
//! Needs a Helm 3: the one that `ROLLCAST_HELM` names, or that of the search path.

use std::fs;
use std::path::Path;

use rollcast_chart::Release;
use rollcast_verify::{Case, CaseFlag, Chart, DisagreementKind, Helm, Verification, built_in_cases, verify};

const STRATEGY: &str = r#"
{{- $w := .Values.app.workspaces }}
{{- $rolls := and .Values.app.allowMultiReplica (or (has "ReadWriteMany" $w.accessModes) (not $w.enabled)) }}
  strategy:
{{- if .Values.app.strategy }}
{{ .Values.app.strategy | toYaml | indent 4 }}
{{- else if $rolls }}
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
{{- else }}
    type: Recreate
{{- end }}
"#;

/// The templates: a name, and the text with `STRATEGY` where the strategy goes.
const TEMPLATES: &[(&str, &str)] = &[
    (
        "app.yaml",
        r#"kind: Deployment
metadata:
  name: lobu-app
spec:
  replicas: {{ .Values.app.replicaCount }}
STRATEGY
  template:
    spec:
      terminationGracePeriodSeconds: {{ .Values.app.terminationGracePeriodSeconds }}
      containers:
        - env:
{{- range $name, $text := .Values.app.env }}
            - name: {{ $name }}
              value: {{ quote $text }}
{{- end }}
            - name: EMBEDDINGS_SERVICE_URL
              value: "http://lobu-embeddings:8790"
{{- if .Values.app.preStopDelaySeconds }}
          lifecycle:
            preStop:
              exec:
                command: ["sh", "-c", "sleep {{ .Values.app.preStopDelaySeconds }}"]
{{- end }}
          readinessProbe:
{{- range $name, $number := .Values.healthCheck.readinessProbe }}
            {{ $name }}: {{ $number }}
{{- end }}
{{- if $w.enabled }}
          volumeMounts:
            - mountPath: /app/workspaces
{{- end }}
"#,
    ),
    (
        "claim.yaml",
        r#"{{- with .Values.app.workspaces }}{{- if .enabled }}
kind: PersistentVolumeClaim
metadata:
  name: lobu-app-workspaces
spec:
  accessModes:
{{ toYaml .accessModes | indent 4 }}
{{- with .storageClass }}
  storageClassName: {{ quote . }}
{{- end }}
  resources:
    requests:
      storage: {{ .size }}
{{- end }}{{- end }}
"#,
    ),
    (
        "others.yaml",
        r#"{{- range list "worker" "embeddings" }}
kind: Deployment
metadata:
  name: lobu-{{ . }}
spec:
  replicas: 1
  strategy:
    type: Recreate
---
{{- end }}
kind: Service
metadata:
  name: lobu-app
spec:
{{- if eq .Values.service.sessionAffinity "ClientIP" }}
  sessionAffinity: ClientIP
{{- end }}
---
{{- if .Values.migrations.enabled }}
kind: Job
metadata:
  name: lobu-migrate
{{- end }}
"#,
    ),
];

fn write_chart(folder: &Path, version: &str, values: &str, strategy: &str) {
    fs::create_dir(folder.join("templates")).unwrap();
    fs::write(
        folder.join("Chart.yaml"),
        format!("apiVersion: v2\nname: lobu\nversion: {version}\n"),
    )
    .unwrap();
    fs::write(folder.join("values.yaml"), values).unwrap();
    for (name, text) in TEMPLATES {
        let text = text.replace("\nSTRATEGY\n", strategy);
        fs::write(folder.join("templates").join(name), text).unwrap();
    }
}

/// The built-in cases that the small chart is made for, and one with a flag.
fn cases() -> Vec<Case> {
    let names = [
        "defaults",
        "the recipe of pull request 776",
        "opted in, volume of one node",
        "opted in, no volume",
        "not opted in, no volume",
        "opted in by a quoted false",
        "a mode in the wrong case",
        "an explicit strategy",
        "pinned clients",
        "many replicas",
        "probe numbers",
    ];
    let mut cases = built_in_cases();
    cases.retain(|case| names.contains(&case.id.as_str()));
    assert_eq!(cases.len(), names.len());
    cases.push(Case {
        id: "a flag".to_owned(),
        set: vec![CaseFlag {
            kind: rollcast_values::FlagKind::Set,
            arg: "app.allowMultiReplica=true,app.workspaces.enabled=false".to_owned(),
            content: None,
        }],
        ..Case::default()
    });
    cases
}

fn helm() -> Option<Helm> {
    let program = std::env::var_os("ROLLCAST_HELM").unwrap_or_else(|| "helm".into());
    match Helm::find(program) {
        Ok(helm) => Some(helm),
        Err(error) => {
            eprintln!("SKIPPED, nothing was verified: {error}; set ROLLCAST_HELM to a Helm 3");
            None
        }
    }
}

fn verified(helm: &Helm, values: &str, strategy: &str) -> (Chart, Verification) {
    let folder = tempfile::tempdir().unwrap();
    write_chart(folder.path(), "7.1.0", values, strategy);
    let chart = Chart::open(folder.path()).unwrap();
    let release = Release::find(&chart.version).unwrap();
    let verification = verify(helm, &chart, release, &cases()).unwrap();
    (chart, verification)
}

fn defaults() -> &'static str {
    Release::find("7.1.0").unwrap().defaults_text()
}

#[test]
fn a_chart_that_follows_the_release_agrees() {
    let Some(helm) = helm() else { return };
    let (chart, verification) = verified(&helm, defaults(), STRATEGY);
    assert!(verification.agrees(), "{verification}");
    assert_eq!(verification.defaults, []);
    assert_eq!(chart.drifts()[0].release.id, "7.1.0");
    let last = format!("12 of 12 cases agree with release 7.1.0 (Helm {})", helm.version);
    assert_eq!(verification.to_string(), last);
}

#[test]
fn a_rule_that_drifted_is_found_in_the_cases_it_decides() {
    let Some(helm) = helm() else { return };
    // Somebody dropped the condition on workspaces.
    let drifted = STRATEGY.replace(
        "and .Values.app.allowMultiReplica (or (has \"ReadWriteMany\" $w.accessModes) (not $w.enabled))",
        "and .Values.app.allowMultiReplica",
    );
    assert_ne!(drifted, STRATEGY);
    let (_, verification) = verified(&helm, defaults(), &drifted);
    let found: Vec<&str> = verification
        .disagreements
        .iter()
        .map(|each| each.case.as_str())
        .collect();
    assert_eq!(found, ["opted in, volume of one node", "a mode in the wrong case"]);
    for disagreement in &verification.disagreements {
        let DisagreementKind::Fields(fields) = &disagreement.kind else {
            panic!("{disagreement}");
        };
        let names: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(names, ["app.strategy"]);
    }
    assert!(verification.to_string().contains("10 of 12 cases agree"));
}

#[test]
fn defaults_that_drifted_are_named() {
    let Some(helm) = helm() else { return };
    let values = defaults().replace(
        "replicaCount: 1\n  strategy: {}\n  allowMultiReplica",
        "replicaCount: 2\n  strategy: {}\n  allowMultiReplica",
    );
    assert_ne!(values, defaults());
    let (_, verification) = verified(&helm, &values, STRATEGY);
    let report = verification.to_string();
    assert!(
        report.contains("app.replicaCount: 1 in the release, 2 in the chart"),
        "{report}"
    );
    assert!(
        report.contains("defaults: app.replicas: Helm \"2\", Rollcast \"1\""),
        "{report}"
    );
}

#[test]
fn a_chart_that_refuses_what_the_release_takes_is_found() {
    let Some(helm) = helm() else { return };
    let refusing = format!("{{{{- if .Values.app.allowMultiReplica }}}}{{{{ fail \"no\" }}}}{{{{ end }}}}{STRATEGY}");
    let (_, verification) = verified(&helm, defaults(), &format!("\n{refusing}"));
    assert!(
        verification
            .disagreements
            .iter()
            .any(|each| matches!(&each.kind, DisagreementKind::OnlyRollcastAccepts { helm } if helm.ends_with("no"))),
        "{verification}"
    );
}
