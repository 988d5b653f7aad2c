use std::fmt;

use super::{Flag, FlagKind};

/// Why a flag cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagError {
    /// Its place among all flags as they were given, from 0.
    pub flag: usize,
    /// Which flag it is.
    pub kind: FlagKind,
    /// Byte offset in its argument at which the trouble begins.
    pub at: usize,
    /// What is wrong, in our words: one sentence.
    pub what: String,
    /// What to change: one sentence.
    pub action: String,
    /// Helm's message without the `Error: ` before it, or `None` where Helm may well take the flag and the limit is ours.
    pub helm: Option<String>,
}

/// Helm's message, without the `Error: ` it prints before every message; ours where the limit is ours.
impl fmt::Display for FlagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.helm.as_ref().unwrap_or(&self.what))
    }
}

impl std::error::Error for FlagError {}

impl FlagError {
    pub(super) fn new(index: usize, flag: &Flag<'_>, problem: Problem) -> Self {
        let Problem { at, what, action, helm } = problem;
        let (name, arg) = (flag.kind.name(), flag.arg);
        let helm = match helm {
            // Helm drops the reason here.
            Reason::Words(_) if flag.kind == FlagKind::SetJson => Some(format!("failed parsing {name} data {arg}")),
            Reason::Words(words) => Some(format!("failed parsing {name} data: {words}")),
            Reason::Object => Some(format!("failed parsing {name} data JSON: {arg}")),
            Reason::Ours => None,
        };
        Self {
            flag: index,
            kind: flag.kind,
            at,
            what,
            action,
            helm,
        }
    }
}

/// What stops the reading of one argument.
#[derive(Debug)]
pub(super) struct Problem {
    /// Byte offset in the argument.
    pub(super) at: usize,
    pub(super) what: String,
    pub(super) action: String,
    pub(super) helm: Reason,
}

/// Helm's side of it.
#[derive(Debug)]
pub(super) enum Reason {
    /// Helm's words behind `failed parsing --set data: `.
    Words(String),
    /// Helm 4's wording for a whole object.
    Object,
    /// A limit of ours, not of Helm's.
    Ours,
}

impl Problem {
    pub(super) fn new(at: usize, helm: impl Into<String>, what: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            at,
            what: what.into(),
            action: action.into(),
            helm: Reason::Words(helm.into()),
        }
    }

    pub(super) fn limit(at: usize, what: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            at,
            what: what.into(),
            action: action.into(),
            helm: Reason::Ours,
        }
    }
}
