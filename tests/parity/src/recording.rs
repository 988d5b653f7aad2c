use rollcast_verify::{Case, CaseFlag};
use serde::Deserialize;
use serde_json::Value;

/// One recorded case: what was given to Helm, and what it answered for each chart release.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Line")]
pub struct Recording {
    /// What was given.
    pub case: Case,
    /// What Helm answered; releases with equal answers share one.
    pub expect: Vec<Expectation>,
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

/// A recording as a line of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    files: Vec<String>,
    #[serde(default)]
    set: Vec<CaseFlag>,
    expect: Vec<Expectation>,
}

impl From<Line> for Recording {
    fn from(line: Line) -> Self {
        let Line { id, files, set, expect } = line;
        Self {
            case: Case { id, files, set },
            expect,
        }
    }
}
