//! The parts of the API that are checked, as data: what decoding, unknown fields and server-side apply have in common
//! (k8s.io/api, apps/v1/types.go and core/v1/types.go).

use super::ApiServer;

/// The Go type of a field. The texts are its name in messages.
#[derive(Clone, Copy, Debug)]
pub(super) enum Type {
    Int32,
    Int64,
    Bool,
    /// A text, or a named type that is one.
    Text(&'static str),
    /// A number of 32 bits, or a text.
    IntOrString,
    Quantity,
    Struct(&'static Struct),
    /// A list: its own name, and the type of its items.
    List(&'static str, &'static Type),
    /// A map from texts: its own name, and the type of its values.
    Map(&'static str, &'static Type),
    /// Not looked into.
    Opaque,
}

/// A struct of the API.
#[derive(Debug)]
pub(super) struct Struct {
    /// Without its package, which is v1.
    pub(super) name: &'static str,
    pub(super) fields: &'static [(&'static str, Type)],
    /// Whether all its fields stand here, so that others are unknown.
    pub(super) complete: bool,
}

impl Struct {
    pub(super) fn field(&self, name: &str) -> Option<Type> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, of)| *of)
    }

    /// Whether the server knows a field.
    pub(super) fn knows(&self, name: &str, server: ApiServer) -> bool {
        !self.complete
            || (self.field(name).is_some() && (name != "sleep" || server.has_sleep_field()))
            || (self.name == "Lifecycle" && name == "stopSignal" && server.has_stop_signal())
    }
}

const STRING: Type = Type::Text("string");
const LABELS: Type = Type::Map("map[string]string", &STRING);

pub(super) static DEPLOYMENT: Struct = Struct {
    name: "Deployment",
    fields: &[("spec", Type::Struct(&DEPLOYMENT_SPEC))],
    complete: false,
};

static DEPLOYMENT_SPEC: Struct = Struct {
    name: "DeploymentSpec",
    fields: &[
        ("replicas", Type::Int32),
        ("selector", Type::Struct(&LABEL_SELECTOR)),
        ("template", Type::Struct(&POD_TEMPLATE_SPEC)),
        ("strategy", Type::Struct(&DEPLOYMENT_STRATEGY)),
        ("minReadySeconds", Type::Int32),
        ("revisionHistoryLimit", Type::Int32),
        ("paused", Type::Bool),
        ("progressDeadlineSeconds", Type::Int32),
    ],
    complete: true,
};

static DEPLOYMENT_STRATEGY: Struct = Struct {
    name: "DeploymentStrategy",
    fields: &[
        ("type", Type::Text("v1.DeploymentStrategyType")),
        ("rollingUpdate", Type::Struct(&ROLLING_UPDATE)),
    ],
    complete: true,
};

static ROLLING_UPDATE: Struct = Struct {
    name: "RollingUpdateDeployment",
    fields: &[("maxUnavailable", Type::IntOrString), ("maxSurge", Type::IntOrString)],
    complete: true,
};

static LABEL_SELECTOR: Struct = Struct {
    name: "LabelSelector",
    fields: &[
        ("matchLabels", LABELS),
        (
            "matchExpressions",
            Type::List("[]v1.LabelSelectorRequirement", &Type::Struct(&REQUIREMENT)),
        ),
    ],
    complete: true,
};

static REQUIREMENT: Struct = Struct {
    name: "LabelSelectorRequirement",
    fields: &[
        ("key", STRING),
        ("operator", Type::Text("v1.LabelSelectorOperator")),
        ("values", Type::List("[]string", &STRING)),
    ],
    complete: true,
};

static POD_TEMPLATE_SPEC: Struct = Struct {
    name: "PodTemplateSpec",
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&POD_SPEC)),
    ],
    complete: true,
};

static OBJECT_META: Struct = Struct {
    name: "ObjectMeta",
    fields: &[("labels", LABELS), ("annotations", LABELS)],
    complete: false,
};

static POD_SPEC: Struct = Struct {
    name: "PodSpec",
    fields: &[
        ("containers", Type::List("[]v1.Container", &Type::Struct(&CONTAINER))),
        ("restartPolicy", Type::Text("v1.RestartPolicy")),
        ("terminationGracePeriodSeconds", Type::Int64),
        ("activeDeadlineSeconds", Type::Int64),
    ],
    complete: false,
};

static CONTAINER: Struct = Struct {
    name: "Container",
    fields: &[
        ("name", STRING),
        ("lifecycle", Type::Struct(&LIFECYCLE)),
        ("livenessProbe", Type::Struct(&PROBE)),
        ("readinessProbe", Type::Struct(&PROBE)),
        ("startupProbe", Type::Struct(&PROBE)),
    ],
    complete: false,
};

static LIFECYCLE: Struct = Struct {
    name: "Lifecycle",
    fields: &[
        ("postStart", Type::Struct(&HANDLER)),
        ("preStop", Type::Struct(&HANDLER)),
    ],
    complete: true,
};

static HANDLER: Struct = Struct {
    name: "LifecycleHandler",
    fields: &[
        ("exec", Type::Struct(&EXEC)),
        ("httpGet", Type::Struct(&HTTP_GET)),
        ("tcpSocket", Type::Struct(&TCP_SOCKET)),
        ("sleep", Type::Struct(&SLEEP)),
    ],
    complete: true,
};

static PROBE: Struct = Struct {
    name: "Probe",
    fields: &[
        ("exec", Type::Struct(&EXEC)),
        ("httpGet", Type::Struct(&HTTP_GET)),
        ("tcpSocket", Type::Struct(&TCP_SOCKET)),
        ("grpc", Type::Opaque),
        ("initialDelaySeconds", Type::Int32),
        ("timeoutSeconds", Type::Int32),
        ("periodSeconds", Type::Int32),
        ("successThreshold", Type::Int32),
        ("failureThreshold", Type::Int32),
        ("terminationGracePeriodSeconds", Type::Int64),
    ],
    complete: true,
};

static EXEC: Struct = Struct {
    name: "ExecAction",
    fields: &[("command", Type::List("[]string", &STRING))],
    complete: true,
};

static SLEEP: Struct = Struct {
    name: "SleepAction",
    fields: &[("seconds", Type::Int64)],
    complete: true,
};

static HTTP_GET: Struct = Struct {
    name: "HTTPGetAction",
    fields: &[
        ("path", STRING),
        ("port", Type::IntOrString),
        ("host", STRING),
        ("scheme", Type::Text("v1.URIScheme")),
        ("httpHeaders", Type::Opaque),
    ],
    complete: true,
};

static TCP_SOCKET: Struct = Struct {
    name: "TCPSocketAction",
    fields: &[("port", Type::IntOrString), ("host", STRING)],
    complete: true,
};

pub(super) static CLAIM: Struct = Struct {
    name: "PersistentVolumeClaim",
    fields: &[("spec", Type::Struct(&CLAIM_SPEC))],
    complete: false,
};

static CLAIM_SPEC: Struct = Struct {
    name: "PersistentVolumeClaimSpec",
    fields: &[
        (
            "accessModes",
            Type::List(
                "[]v1.PersistentVolumeAccessMode",
                &Type::Text("v1.PersistentVolumeAccessMode"),
            ),
        ),
        ("selector", Type::Struct(&LABEL_SELECTOR)),
        ("resources", Type::Struct(&VOLUME_RESOURCES)),
        ("volumeName", STRING),
        ("storageClassName", STRING),
        ("volumeMode", Type::Text("v1.PersistentVolumeMode")),
        ("dataSource", Type::Opaque),
        ("dataSourceRef", Type::Opaque),
        ("volumeAttributesClassName", STRING),
    ],
    complete: true,
};

static VOLUME_RESOURCES: Struct = Struct {
    name: "VolumeResourceRequirements",
    fields: &[
        ("limits", Type::Map("v1.ResourceList", &Type::Quantity)),
        ("requests", Type::Map("v1.ResourceList", &Type::Quantity)),
    ],
    complete: true,
};
