use rollcast_values::FlagKind;
use serde::Deserialize;
use serde_json::Value;

/// One recorded case: what was given to Helm, and what it answered for each chart release.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// Texts of values files in `-f` order; they were named `values-0.yaml`, `values-1.yaml`, ….
    pub files: Vec<String>,
    /// Flags in the order they were given.
    #[serde(default)]
    pub set: Vec<RecordedFlag>,
    /// What Helm answered; releases with equal answers share one.
    pub expect: Vec<Expectation>,
}

/// A flag.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedFlag {
    /// Which flag.
    pub kind: FlagKind,
    /// Its argument, whole.
    pub arg: String,
    /// The content of the file that a `--set-file` argument names.
    #[serde(default)]
    pub content: Option<String>,
}

/// What Helm answered for some releases.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The releases.
    pub charts: Vec<String>,
    /// The fields that Helm printed.
    pub ok: Option<Value>,
    /// Its message, where it refused.
    pub error: Option<String>,
    /// Its warnings, in an order that Go draws by lot.
    #[serde(default)]
    pub warnings: Vec<String>,
}
