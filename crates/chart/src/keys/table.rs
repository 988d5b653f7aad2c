//! What each key does.

use rollcast_values::Value;

use crate::Release;

/// A values key that some release of the chart reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its path, in dots; `*` stands for any key or item.
    pub path: &'static str,
    /// The types that make sense; Helm itself takes what it is given.
    pub types: &'static [ValueType],
}

/// A type of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// true or false.
    Boolean,
    /// A whole number.
    Integer,
    /// A text.
    Text,
    /// A list.
    List,
    /// A table.
    Table,
}

impl ValueType {
    /// It in words: "true or false", "whole number".
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Boolean => "true or false",
            Self::Integer => "whole number",
            Self::Text => "text",
            Self::List => "list",
            Self::Table => "table",
        }
    }
}

impl Key {
    /// Every key, in byte order of the paths.
    #[must_use]
    pub const fn all() -> &'static [Self] {
        &KEYS
    }

    /// The key at a path.
    #[must_use]
    pub fn find(path: &str) -> Option<&'static Self> {
        KEYS.get(place(path)?)
    }

    /// What it does, in a sentence.
    #[must_use]
    pub fn effect(&self) -> &'static str {
        place(self.path)
            .and_then(|at| EFFECTS.get(at).copied())
            .unwrap_or_default()
    }

    /// The releases whose templates read it, oldest first.
    pub fn read_by(&self) -> impl Iterator<Item = &'static Release> {
        Release::all()
            .iter()
            .filter(|release| release.keys().0.contains_key(self.path))
    }

    /// Its types in words: "whole number or text".
    #[must_use]
    pub fn types_in_words(&self) -> String {
        let words: Vec<&str> = self.types.iter().map(|kind| kind.word()).collect();
        words.join(" or ")
    }

    /// The releases that read it in words: "all chart releases", "main-776 to main-871".
    #[must_use]
    pub fn read_by_in_words(&self) -> String {
        let all = Release::all();
        let readers: Vec<&Release> = self.read_by().collect();
        let (Some(first), Some(last)) = (readers.first(), readers.last()) else {
            return "none".to_owned();
        };
        let at = |release: &Release| all.iter().position(|other| other.id == release.id);
        let gapless = at(last)
            .zip(at(first))
            .is_some_and(|(last, first)| last - first + 1 == readers.len());
        if readers.len() == all.len() {
            "all chart releases".to_owned()
        } else if !gapless {
            readers.iter().map(|release| release.id).collect::<Vec<_>>().join(", ")
        } else if first.id == last.id {
            format!("{} only", first.id)
        } else if at(last) == Some(all.len() - 1) {
            format!("{} and later", first.id)
        } else {
            format!("{} to {}", first.id, last.id)
        }
    }
}

impl Release {
    /// The default at a path, given by its keys; `None` where there is none.
    pub fn default_at<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Option<&Value> {
        let mut names = path.into_iter();
        let mut value = &self.defaults().get(names.next()?)?.value;
        for name in names {
            let Value::Map(map) = value else { return None };
            value = &map.get(name)?.value;
        }
        Some(value)
    }

    /// The default that a dotted path states itself; `None` also for a table with keys, whose defaults stand at theirs.
    #[must_use]
    pub fn own_default_at(&self, path: &str) -> Option<&Value> {
        self.default_at(path.split('.'))
            .filter(|default| !matches!(default, Value::Map(map) if !map.is_empty()))
    }
}

fn place(path: &str) -> Option<usize> {
    KEYS.binary_search_by(|key| key.path.cmp(path)).ok()
}

/// A key and what it does.
type Row = (Key, &'static str);

const fn key(path: &'static str, types: &'static [ValueType], effect: &'static str) -> Row {
    (Key { path, types }, effect)
}

/// The keys, and beside them what each does: a page that tells no effects does not carry the texts.
static KEYS: [Key; ROWS.len()] = {
    let mut keys = [ROWS[0].0; ROWS.len()];
    let mut at = 0;
    while at < ROWS.len() {
        keys[at] = ROWS[at].0;
        at += 1;
    }
    keys
};
static EFFECTS: [&str; ROWS.len()] = {
    let mut effects = [""; ROWS.len()];
    let mut at = 0;
    while at < ROWS.len() {
        effects[at] = ROWS[at].1;
        at += 1;
    }
    effects
};

const BOOLEAN: &[ValueType] = &[ValueType::Boolean];
const INTEGER: &[ValueType] = &[ValueType::Integer];
const TEXT: &[ValueType] = &[ValueType::Text];
const LIST: &[ValueType] = &[ValueType::List];
const TABLE: &[ValueType] = &[ValueType::Table];

const ROWS: &[Row] = &[
    key(
        "app.allowMultiReplica",
        BOOLEAN,
        "Opts in to RollingUpdate 1 / 0, if workspaces are off or ReadWriteMany.",
    ),
    key(
        "app.containerSecurityContext",
        TABLE,
        "The security context of the app's container, as it is.",
    ),
    key(
        "app.env",
        TABLE,
        "Environment variables of the app's container and of the migration Job; every value is quoted.",
    ),
    key("app.lifecycle", TABLE, "Where falsy, the app has no preStop hook."),
    key(
        "app.lifecycle.preStopSleepSeconds",
        INTEGER,
        "How long the app's preStop hook sleeps; 0 leaves the hook out.",
    ),
    key(
        "app.pdb.enabled",
        BOOLEAN,
        "Whether an app of several replicas has a PodDisruptionBudget.",
    ),
    key(
        "app.pdb.minAvailable",
        &[ValueType::Integer, ValueType::Text],
        "How many of the app's pods a drain must leave, as a number or a percentage.",
    ),
    key("app.podAnnotations", TABLE, "Annotations of the app's pods."),
    key(
        "app.podSecurityContext",
        TABLE,
        "The security context of the app's pods, as it is.",
    ),
    key(
        "app.preStopDelaySeconds",
        INTEGER,
        "How long the app's preStop hook sleeps; 0 leaves the hook out.",
    ),
    key("app.replicaCount", INTEGER, "How many pods the app has."),
    key(
        "app.resources",
        TABLE,
        "Requests and limits of the app's container, in which the agents run too.",
    ),
    key(
        "app.securityContext",
        TABLE,
        "The security context of the app's container, as it is.",
    ),
    key(
        "app.strategy",
        TABLE,
        "The app's deployment strategy, printed as it is; where empty, the chart chooses.",
    ),
    key(
        "app.terminationGracePeriodSeconds",
        INTEGER,
        "How long the app may take to end, its preStop hook included, before it is killed.",
    ),
    key(
        "app.workspaces.accessModes",
        LIST,
        "Access modes of the workspaces claim.",
    ),
    key(
        "app.workspaces.enabled",
        BOOLEAN,
        "Whether the app has a claim for workspaces, mounted at /app/workspaces.",
    ),
    key(
        "app.workspaces.size",
        TEXT,
        "How much storage the workspaces claim asks for.",
    ),
    key(
        "app.workspaces.storageClass",
        TEXT,
        "The storage class of the workspaces claim; empty means the cluster's default.",
    ),
    key(
        "database.existingSecret",
        TEXT,
        "The Secret the app and the worker takes its database address or credentials from; empty means none.",
    ),
    key(
        "database.existingSecretKey",
        TEXT,
        "The Secret's key that holds the address, without a pooler.",
    ),
    key("database.name", TEXT, "The database's name, behind a pooler."),
    key("database.poolerService", TEXT, "The pooler's host name."),
    key(
        "database.usePooler",
        BOOLEAN,
        "Whether the address is put together from the Secret's username and password and the pooler.",
    ),
    key(
        "embeddings.cache.accessModes",
        LIST,
        "Access modes of the claim for the embeddings service's model cache.",
    ),
    key(
        "embeddings.cache.enabled",
        BOOLEAN,
        "Whether the embeddings service has a claim for its model cache; with it, it keeps to Recreate.",
    ),
    key(
        "embeddings.cache.size",
        TEXT,
        "How much storage the embeddings service's cache asks for.",
    ),
    key(
        "embeddings.cache.storageClass",
        TEXT,
        "The storage class of the embeddings service's cache; empty means the cluster's default.",
    ),
    key(
        "embeddings.containerSecurityContext",
        TABLE,
        "The security context of the embeddings service's containers, as it is.",
    ),
    key(
        "embeddings.enabled",
        BOOLEAN,
        "Whether there is an embeddings service at all.",
    ),
    key(
        "embeddings.env",
        TABLE,
        "Environment variables of the embeddings service; every value is quoted.",
    ),
    key(
        "embeddings.healthCheck.livenessProbe.failureThreshold",
        INTEGER,
        "How many liveness probes of the embeddings service must fail in a row to count.",
    ),
    key(
        "embeddings.healthCheck.livenessProbe.initialDelaySeconds",
        INTEGER,
        "Seconds before the first liveness probe of the embeddings service.",
    ),
    key(
        "embeddings.healthCheck.livenessProbe.periodSeconds",
        INTEGER,
        "Seconds between liveness probes of the embeddings service.",
    ),
    key(
        "embeddings.healthCheck.livenessProbe.timeoutSeconds",
        INTEGER,
        "Seconds a liveness probe of the embeddings service may take.",
    ),
    key(
        "embeddings.healthCheck.readinessProbe.failureThreshold",
        INTEGER,
        "How many readiness probes of the embeddings service must fail in a row to count.",
    ),
    key(
        "embeddings.healthCheck.readinessProbe.initialDelaySeconds",
        INTEGER,
        "Seconds before the first readiness probe of the embeddings service.",
    ),
    key(
        "embeddings.healthCheck.readinessProbe.periodSeconds",
        INTEGER,
        "Seconds between readiness probes of the embeddings service.",
    ),
    key(
        "embeddings.healthCheck.readinessProbe.timeoutSeconds",
        INTEGER,
        "Seconds a readiness probe of the embeddings service may take.",
    ),
    key(
        "embeddings.podAnnotations",
        TABLE,
        "Annotations of the embeddings service's pods.",
    ),
    key(
        "embeddings.podSecurityContext",
        TABLE,
        "The security context of the embeddings service's pods, as it is.",
    ),
    key(
        "embeddings.replicaCount",
        INTEGER,
        "How many pods the embeddings service has; above 1 only without a cache.",
    ),
    key(
        "embeddings.resources",
        TABLE,
        "Requests and limits of the embeddings service's container.",
    ),
    key(
        "embeddings.securityContext",
        TABLE,
        "The security context of the embeddings service's container, as it is.",
    ),
    key(
        "embeddings.service.port",
        INTEGER,
        "The port the embeddings service listens on; where falsy, nobody is told its address.",
    ),
    key(
        "embeddings.serviceUrl",
        TEXT,
        "The address of an embeddings service to use instead of the chart's own.",
    ),
    key(
        "embeddings.strategy",
        TABLE,
        "The embeddings service's deployment strategy, printed as it is; where empty, Recreate with a cache.",
    ),
    key(
        "fullnameOverride",
        TEXT,
        "Replaces the name that the names of all resources begin with.",
    ),
    key(
        "healthCheck.livenessProbe.failureThreshold",
        INTEGER,
        "How many liveness probes of the app must fail in a row to count.",
    ),
    key(
        "healthCheck.livenessProbe.initialDelaySeconds",
        INTEGER,
        "Seconds before the first liveness probe of the app.",
    ),
    key(
        "healthCheck.livenessProbe.periodSeconds",
        INTEGER,
        "Seconds between liveness probes of the app.",
    ),
    key(
        "healthCheck.livenessProbe.timeoutSeconds",
        INTEGER,
        "Seconds a liveness probe of the app may take.",
    ),
    key(
        "healthCheck.readinessProbe.failureThreshold",
        INTEGER,
        "How many readiness probes of the app must fail in a row to count.",
    ),
    key(
        "healthCheck.readinessProbe.initialDelaySeconds",
        INTEGER,
        "Seconds before the first readiness probe of the app.",
    ),
    key(
        "healthCheck.readinessProbe.periodSeconds",
        INTEGER,
        "Seconds between readiness probes of the app.",
    ),
    key(
        "healthCheck.readinessProbe.timeoutSeconds",
        INTEGER,
        "Seconds a readiness probe of the app may take.",
    ),
    key(
        "image.pullPolicy",
        TEXT,
        "When images are pulled: Always, IfNotPresent or Never.",
    ),
    key("image.registry", TEXT, "The registry of all images."),
    key(
        "image.repository",
        TEXT,
        "The repository of all images, to which the component's name is added.",
    ),
    key(
        "image.tag",
        TEXT,
        "The tag of all images; a number loses its zeros unless it is quoted.",
    ),
    key(
        "imagePullSecrets",
        LIST,
        "Secrets for pulling images, as a list of tables with a name.",
    ),
    key("ingress.annotations", TABLE, "Annotations of the Ingress."),
    key(
        "ingress.className",
        TEXT,
        "The class of the Ingress; empty leaves it to the cluster.",
    ),
    key("ingress.enabled", BOOLEAN, "Whether there is an Ingress."),
    key(
        "ingress.hosts",
        LIST,
        "Host names of the Ingress; the first one also becomes the app's PUBLIC_WEB_URL, or BASE_URL since 7.2.0.",
    ),
    key("ingress.tls", LIST, "TLS entries of the Ingress."),
    key("ingress.tls.*.hosts", LIST, "Host names a TLS entry covers."),
    key(
        "ingress.tls.*.secretName",
        TEXT,
        "The Secret with a TLS entry's certificate.",
    ),
    key(
        "metrics.prometheusRule.additionalLabels",
        TABLE,
        "Labels of the PrometheusRule besides the chart's.",
    ),
    key(
        "metrics.prometheusRule.enabled",
        BOOLEAN,
        "Whether there is a PrometheusRule.",
    ),
    key(
        "metrics.prometheusRule.namespace",
        TEXT,
        "The namespace of the PrometheusRule; empty means the release's.",
    ),
    key(
        "metrics.serviceMonitor.additionalLabels",
        TABLE,
        "Labels of the ServiceMonitor besides the chart's.",
    ),
    key(
        "metrics.serviceMonitor.enabled",
        BOOLEAN,
        "Whether there is a ServiceMonitor.",
    ),
    key("metrics.serviceMonitor.interval", TEXT, "How often Prometheus asks."),
    key(
        "metrics.serviceMonitor.namespace",
        TEXT,
        "The namespace of the ServiceMonitor; empty means the release's.",
    ),
    key("metrics.serviceMonitor.path", TEXT, "The path Prometheus asks."),
    key(
        "metrics.serviceMonitor.scrapeTimeout",
        TEXT,
        "How long Prometheus waits.",
    ),
    key(
        "migrations.database.existingSecret",
        TEXT,
        "The Secret the migration Job takes its database address or credentials from; empty means none.",
    ),
    key(
        "migrations.database.existingSecretKey",
        TEXT,
        "The Secret's key that holds the address, without a pooler.",
    ),
    key(
        "migrations.database.name",
        TEXT,
        "The database's name, behind a pooler.",
    ),
    key("migrations.database.poolerService", TEXT, "The pooler's host name."),
    key(
        "migrations.database.usePooler",
        BOOLEAN,
        "Whether the address is put together from the Secret's username and password and the pooler.",
    ),
    key(
        "migrations.enabled",
        BOOLEAN,
        "Whether a Job migrates the database before the release is installed or upgraded.",
    ),
    key("nameOverride", TEXT, "Replaces the chart's name in names and labels."),
    key(
        "releaseGates.databasePreflight.enabled",
        BOOLEAN,
        "Whether the migration Job first tries to connect.",
    ),
    key(
        "releaseGates.databasePreflight.timeoutSeconds",
        INTEGER,
        "How long that try may take.",
    ),
    key(
        "releaseGates.smokeTest.enabled",
        BOOLEAN,
        "Whether a Job asks the app after an installation or upgrade.",
    ),
    key(
        "releaseGates.smokeTest.intervalSeconds",
        INTEGER,
        "Seconds between its tries.",
    ),
    key("releaseGates.smokeTest.path", TEXT, "The path it asks."),
    key(
        "releaseGates.smokeTest.requiredSchema",
        LIST,
        "Columns the database must have, as table.column; looked at only with `secrets.create`.",
    ),
    key("releaseGates.smokeTest.timeoutSeconds", INTEGER, "How long it tries."),
    key(
        "releaseGates.smokeTest.workerSmoke",
        TABLE,
        "The part of the smoke test that runs a worker; where it is no table, Helm refuses.",
    ),
    key(
        "releaseGates.smokeTest.workerSmoke.conversationIdPrefix",
        TEXT,
        "What the id of its conversation begins with.",
    ),
    key(
        "releaseGates.smokeTest.workerSmoke.enabled",
        BOOLEAN,
        "Whether the smoke test runs a worker; must be a real boolean.",
    ),
    key(
        "releaseGates.smokeTest.workerSmoke.intervalSeconds",
        INTEGER,
        "Seconds between looking for the worker's answer.",
    ),
    key(
        "releaseGates.smokeTest.workerSmoke.timeoutSeconds",
        INTEGER,
        "How long the worker may take; it is added to the Job's deadline.",
    ),
    key(
        "secretName",
        TEXT,
        "The Secret whose keys become environment variables of app, worker and embeddings.",
    ),
    key(
        "secrets.create",
        BOOLEAN,
        "Whether the chart creates that Secret itself.",
    ),
    key("secrets.name", TEXT, "Its name; empty means one made of the release's."),
    key("secrets.stringData", TABLE, "Its content, as texts."),
    key("service.port", INTEGER, "The port of the app's Service."),
    key(
        "service.sessionAffinity",
        TEXT,
        "ClientIP pins each client to one pod; None does not.",
    ),
    key(
        "service.sessionAffinityTimeoutSeconds",
        INTEGER,
        "How long a client stays pinned.",
    ),
    key("service.type", TEXT, "The type of the app's Service."),
    key(
        "worker.cache.accessModes",
        LIST,
        "Access modes of the claim for the worker's model cache.",
    ),
    key(
        "worker.cache.enabled",
        BOOLEAN,
        "Whether the worker has a claim for its model cache; with it, it keeps to Recreate.",
    ),
    key(
        "worker.cache.size",
        TEXT,
        "How much storage the worker's cache asks for.",
    ),
    key(
        "worker.cache.storageClass",
        TEXT,
        "The storage class of the worker's cache; empty means the cluster's default.",
    ),
    key(
        "worker.containerSecurityContext",
        TABLE,
        "The security context of the worker's containers, as it is.",
    ),
    key("worker.enabled", BOOLEAN, "Whether there is a worker at all."),
    key(
        "worker.env",
        TABLE,
        "Environment variables of the worker; every value is quoted.",
    ),
    key("worker.podAnnotations", TABLE, "Annotations of the worker's pods."),
    key(
        "worker.podSecurityContext",
        TABLE,
        "The security context of the worker's pods, as it is.",
    ),
    key(
        "worker.replicaCount",
        INTEGER,
        "How many pods the worker has; above 1 only without a cache.",
    ),
    key(
        "worker.resources",
        TABLE,
        "Requests and limits of the worker's container.",
    ),
    key(
        "worker.securityContext",
        TABLE,
        "The security context of the worker's container, as it is.",
    ),
    key(
        "worker.strategy",
        TABLE,
        "The worker's deployment strategy, printed as it is; where empty, Recreate with a cache.",
    ),
    key(
        "worker.terminationGracePeriodSeconds",
        INTEGER,
        "How long the worker may take to end before it is killed.",
    ),
];
