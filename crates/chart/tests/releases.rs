//! What each release is, and what it changed.

use rollcast_chart::{Key, Release};
use rollcast_values::Value;

#[test]
fn every_release_renders_its_defaults() {
    for release in Release::all() {
        assert!(!release.defaults().is_empty(), "{}", release.id);
        let rendered = release.render(&Value::Map(release.defaults().clone())).unwrap();
        assert_eq!(rendered.app.replicas, "1", "{}", release.id);
        assert_eq!(rendered.worker.unwrap().strategy.as_deref(), Some("type: Recreate"));
    }
}

/// Defaults as `path: before -> after`, keys as `+path` and `-path`.
fn changes(id: &str) -> Vec<String> {
    let release = Release::find(id).unwrap();
    let text = |value: Option<String>| value.unwrap_or_else(|| "nothing".to_owned());
    let defaults = release
        .default_changes()
        .into_iter()
        .map(|change| format!("{}: {} -> {}", change.path, text(change.before), text(change.after)));
    let gained = release.keys_gained().into_iter().map(|key| format!("+{}", key.path));
    let lost = release.keys_lost().into_iter().map(|key| format!("-{}", key.path));
    defaults.chain(gained).chain(lost).collect()
}

const CHANGES: &[(&str, &[&str])] = &[
    (
        "main-775",
        &[
            "app.preStopDelaySeconds: nothing -> 0",
            "app.terminationGracePeriodSeconds: nothing -> 45",
            "+app.preStopDelaySeconds",
            "+app.terminationGracePeriodSeconds",
        ],
    ),
    (
        "main-776",
        &["app.allowMultiReplica: nothing -> false", "+app.allowMultiReplica"],
    ),
    (
        "7.1.0",
        &[
            r#"service.sessionAffinity: nothing -> "None""#,
            "service.sessionAffinityTimeoutSeconds: nothing -> 10800",
            "+service.sessionAffinity",
            "+service.sessionAffinityTimeoutSeconds",
        ],
    ),
    ("main-871", &["app.workspaces.enabled: true -> false"]),
    (
        "7.2.0",
        &[
            "app.allowMultiReplica: false -> nothing",
            "app.podAnnotations: {} -> nothing",
            "app.podSecurityContext: {} -> nothing",
            "app.preStopDelaySeconds: 0 -> nothing",
            r#"app.resources.limits.cpu: "2000m" -> "1000m""#,
            r#"app.resources.limits.memory: "2Gi" -> "1Gi""#,
            r#"app.resources.requests.memory: "512Mi" -> "256Mi""#,
            "app.securityContext: {} -> nothing",
            "app.terminationGracePeriodSeconds: 45 -> nothing",
            r#"app.workspaces.accessModes: ["ReadWriteOnce"] -> nothing"#,
            r#"database.host: nothing -> """#,
            "database.port: nothing -> 5432",
            r#"embeddings.cache.accessModes: ["ReadWriteOnce"] -> nothing"#,
            "embeddings.podAnnotations: {} -> nothing",
            "embeddings.securityContext: {} -> nothing",
            "healthCheck.readinessProbe.failureThreshold: 6 -> 3",
            r#"image.pullPolicy: "IfNotPresent" -> "Always""#,
            r#"imagePullSecrets: [] -> [{"name":"ghcr-credentials"}]"#,
            r#"ingress.className: "" -> "traefik""#,
            "ingress.enabled: false -> true",
            r#"releaseGates.smokeTest.requiredSchema: ["device_workers.id","device_workers.organization_id","connections.device_worker_id","connections.organization_id"] -> nothing"#,
            r#"releaseGates.smokeTest.workerSmoke: nothing -> {"conversationIdPrefix":"smoke-","enabled":false,"intervalSeconds":3,"timeoutSeconds":90}"#,
            r#"secrets: {"create":false,"name":"","stringData":{}} -> nothing"#,
            r#"worker.cache.accessModes: ["ReadWriteOnce"] -> nothing"#,
            "worker.podAnnotations: {} -> nothing",
            "worker.securityContext: {} -> nothing",
            "+releaseGates.smokeTest.workerSmoke",
            "+releaseGates.smokeTest.workerSmoke.conversationIdPrefix",
            "+releaseGates.smokeTest.workerSmoke.enabled",
            "+releaseGates.smokeTest.workerSmoke.intervalSeconds",
            "+releaseGates.smokeTest.workerSmoke.timeoutSeconds",
            "-app.allowMultiReplica",
            "-app.podAnnotations",
            "-app.podSecurityContext",
            "-app.preStopDelaySeconds",
            "-app.securityContext",
            "-app.terminationGracePeriodSeconds",
            "-app.workspaces.accessModes",
            "-embeddings.cache.accessModes",
            "-embeddings.podAnnotations",
            "-embeddings.securityContext",
            "-releaseGates.smokeTest.requiredSchema",
            "-secrets.create",
            "-secrets.name",
            "-secrets.stringData",
            "-worker.cache.accessModes",
            "-worker.podAnnotations",
            "-worker.securityContext",
        ],
    ),
    (
        "11.0.0",
        &[
            r#"embeddings.healthCheck: nothing -> {"livenessProbe":{"failureThreshold":8,"initialDelaySeconds":45,"periodSeconds":30,"timeoutSeconds":15},"readinessProbe":{"failureThreshold":6,"initialDelaySeconds":10,"periodSeconds":15,"timeoutSeconds":10}}"#,
            r#"embeddings.resources.requests.cpu: "500m" -> "1000m""#,
            r#"metrics: nothing -> {"prometheusRule":{"additionalLabels":{},"enabled":false},"serviceMonitor":{"additionalLabels":{},"enabled":false,"interval":"30s","path":"/lobu/metrics","scrapeTimeout":"10s"}}"#,
            "+embeddings.healthCheck.livenessProbe.failureThreshold",
            "+embeddings.healthCheck.livenessProbe.initialDelaySeconds",
            "+embeddings.healthCheck.livenessProbe.periodSeconds",
            "+embeddings.healthCheck.livenessProbe.timeoutSeconds",
            "+embeddings.healthCheck.readinessProbe.failureThreshold",
            "+embeddings.healthCheck.readinessProbe.initialDelaySeconds",
            "+embeddings.healthCheck.readinessProbe.periodSeconds",
            "+embeddings.healthCheck.readinessProbe.timeoutSeconds",
            "+metrics.prometheusRule.additionalLabels",
            "+metrics.prometheusRule.enabled",
            "+metrics.prometheusRule.namespace",
            "+metrics.serviceMonitor.additionalLabels",
            "+metrics.serviceMonitor.enabled",
            "+metrics.serviceMonitor.interval",
            "+metrics.serviceMonitor.namespace",
            "+metrics.serviceMonitor.path",
            "+metrics.serviceMonitor.scrapeTimeout",
        ],
    ),
    (
        "11.1.0",
        &[
            r#"app.containerSecurityContext: nothing -> {"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"seccompProfile":{"type":"RuntimeDefault"}}"#,
            r#"app.env.ENVIRONMENT: nothing -> "production""#,
            r#"app.env.HTTP_CLOSE_TIMEOUT_MS: nothing -> "10000""#,
            r#"app.env.SHUTDOWN_READINESS_DRAIN_MS: nothing -> "5000""#,
            r#"app.lifecycle: nothing -> {"preStopSleepSeconds":5}"#,
            r#"app.pdb: nothing -> {"enabled":true,"minAvailable":1}"#,
            "app.terminationGracePeriodSeconds: nothing -> 60",
            r#"embeddings.containerSecurityContext: nothing -> {"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}}"#,
            r#"worker.containerSecurityContext: nothing -> {"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}}"#,
            r#"worker.env.ENVIRONMENT: nothing -> "production""#,
            "worker.terminationGracePeriodSeconds: nothing -> 300",
            "+app.containerSecurityContext",
            "+app.lifecycle",
            "+app.lifecycle.preStopSleepSeconds",
            "+app.pdb.enabled",
            "+app.pdb.minAvailable",
            "+app.terminationGracePeriodSeconds",
            "+embeddings.containerSecurityContext",
            "+worker.containerSecurityContext",
            "+worker.terminationGracePeriodSeconds",
        ],
    ),
    (
        "14.0.0",
        &[
            r#"app.resources.limits.cpu: "1000m" -> "3000m""#,
            r#"app.resources.limits.memory: "1Gi" -> "4Gi""#,
            r#"app.resources.requests.cpu: "100m" -> "500m""#,
            r#"app.resources.requests.memory: "256Mi" -> "512Mi""#,
            "embeddings.containerSecurityContext.runAsGroup: nothing -> 1001",
            "embeddings.containerSecurityContext.runAsUser: nothing -> 1001",
            "worker.containerSecurityContext.runAsGroup: nothing -> 1001",
            "worker.containerSecurityContext.runAsUser: nothing -> 1001",
        ],
    ),
    ("main-1838", &[r#"app.strategy.type: nothing -> "Recreate""#]),
];

#[test]
fn each_release_changed_this_against_its_predecessor() {
    assert_eq!(changes("7.0.0"), [""; 0]);
    for (id, expected) in CHANGES {
        assert_eq!(changes(id), *expected, "{id}");
    }
}

/// The values paths in backquotes in a statement, cut before a value.
fn paths(statement: &str) -> impl Iterator<Item = &str> {
    let quoted = statement.split('`').skip(1).step_by(2);
    quoted.filter_map(|text| text.split(':').next())
}

#[test]
fn statements_name_keys_that_exist() {
    // Fields of Kubernetes and variables of the app, which are no keys of the chart.
    let others = [
        "type",
        "rollingUpdate",
        "podAnnotations",
        "securityContext",
        "podSecurityContext",
        "accessModes",
    ];
    let is_other = |path: &str| others.contains(&path) || path.starts_with('/') || !path.contains(char::is_lowercase);
    for release in Release::all() {
        assert!(
            !release.changes.is_empty() && !release.tell.is_empty(),
            "{}",
            release.id
        );
        for statement in release.changes.iter().chain([&release.tell, &release.summary]) {
            for path in paths(statement).filter(|path| !is_other(path)) {
                let known = Release::all().iter().any(|other| {
                    let segment = |key: &'static Key| key.path.split('.').any(|segment| segment == path);
                    let is_default = Value::Map(other.defaults().clone()).at(path).is_some();
                    other.reads(path) || is_default || other.known_keys().any(segment)
                });
                assert!(known, "{}: `{path}` in {statement:?}", release.id);
            }
        }
    }
}
