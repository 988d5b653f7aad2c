use serde::{Deserialize, Serialize};

/// The Helm releases that read values alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum HelmLine {
    /// 3.17 to 3.20.0.
    #[default]
    #[serde(rename = "3.17")]
    V3_17,
    /// 3.20.1 and later 3.x.
    #[serde(rename = "3.20")]
    V3_20,
    /// 4.x.
    #[serde(rename = "4")]
    V4,
}
