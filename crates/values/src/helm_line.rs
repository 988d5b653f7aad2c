use serde::{Deserialize, Serialize};

/// The Helm releases that read values alike.
///
/// Read in the sources of the versions named; 3.17.3 was also run. Four groups of patch releases stand between the lines:
/// 3.19.5, 3.20.0 and 4.0.0 to 4.1.2 also drop a user's null inside a table where the chart has no default for it, and
/// 4.1.3 and 4.1.4 keep the chart's own nulls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum HelmLine {
    /// 3.17 to 3.19.4.
    #[default]
    #[serde(rename = "3.17")]
    V3_17,
    /// 3.20.1 and later 3.x: a null stays where the chart's default, inside a table, is null.
    #[serde(rename = "3.20")]
    V3_20,
    /// 4.x, as 4.2 does it: all documents of a values file are merged, `--set-json` also takes a whole object, and nulls
    /// of the chart's defaults are dropped.
    #[serde(rename = "4")]
    V4,
}

impl HelmLine {
    /// All lines, the oldest first.
    pub const ALL: [Self; 3] = [Self::V3_17, Self::V3_20, Self::V4];
}
