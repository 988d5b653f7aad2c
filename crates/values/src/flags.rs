use serde::{Deserialize, Serialize};

/// One flag that changes values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag<'a> {
    /// Which flag.
    pub kind: FlagKind,
    /// Its argument, whole.
    pub arg: &'a str,
    /// The content of the file a `--set-file` argument names; ignored for the other kinds.
    pub content: Option<&'a str>,
}

/// The kinds of flags that change values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum FlagKind {
    /// `--set`
    Set,
    /// `--set-string`
    SetString,
    /// `--set-json`
    SetJson,
    /// `--set-file`
    SetFile,
    /// `--set-literal`
    SetLiteral,
}
