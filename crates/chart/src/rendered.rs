use std::collections::BTreeMap;

use serde::Serialize;

/// The fields Helm prints that decide how the release rolls, each as Helm's exact text.
///
/// `None` means that Helm does not print the field at all; an empty text means that the key is printed with nothing
/// behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Rendered {
    /// The app Deployment.
    pub app: App,
    /// Everything under `spec:` of the workspaces claim; `None` when there is no claim.
    pub pvc_spec: Option<String>,
    /// `minAvailable` of the app's PodDisruptionBudget.
    pub pdb_min_available: Option<String>,
    /// The hosts of the Ingress; `None` when there is no Ingress.
    pub ingress_hosts: Option<Vec<String>>,
    /// Whether the migration Job is rendered.
    pub migration_job: bool,
    /// `sessionAffinity` of the app's Service.
    pub session_affinity: Option<String>,
    /// The worker Deployment; `None` when it is not rendered.
    pub worker: Option<Workload>,
    /// The embeddings Deployment; `None` when it is not rendered.
    pub embeddings: Option<Workload>,
}

/// The app Deployment's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct App {
    /// Text after `replicas: `.
    pub replicas: String,
    /// The block under `strategy:`, its indentation and the chart's comments left out.
    pub strategy: Option<String>,
    /// Text after `terminationGracePeriodSeconds: ` (seconds).
    pub termination_grace_period_seconds: Option<String>,
    /// Text after `command: ` of the preStop hook.
    pub pre_stop_command: Option<String>,
    /// The readiness probe.
    pub readiness_probe: Probe,
    /// The app container's plain variables: name to the text after `value: `.
    pub env: BTreeMap<String, String>,
    /// Whether the pod mounts the workspaces claim.
    pub mounts_workspaces: bool,
}

/// A probe's numbers, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Probe {
    /// Seconds before the first probe.
    pub initial_delay_seconds: String,
    /// Seconds between probes.
    pub period_seconds: String,
    /// Seconds one probe may take.
    pub timeout_seconds: String,
    /// Failures in a row that make the pod unready.
    pub failure_threshold: String,
}

/// The worker's or the embeddings' Deployment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Workload {
    /// Text after `replicas: `.
    pub replicas: String,
    /// The block under `strategy:`.
    pub strategy: Option<String>,
}
