use std::fmt;

use super::Path;
use crate::ReadError;

/// Why a text cannot be edited as asked. The same change can then still be made by another file or by flags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Helm does not read the text.
    Unreadable(ReadError),
    /// The path leads through an alias, so the value stands, and would change, in another place.
    Alias {
        /// The path as far as the alias.
        path: Path,
        /// The anchor it names.
        anchor: String,
    },
    /// The value has an anchor that aliases elsewhere repeat; they would change with it.
    Anchored {
        /// The path of the anchored value.
        path: Path,
        /// Its anchor.
        anchor: String,
    },
    /// The value comes from a merge (`<<`), so it stands in another place.
    Merged {
        /// The path as far as the merged key.
        path: Path,
    },
    /// Two keys that YAML tells apart and JSON does not (`1` and `"1"`): Helm picks one at random.
    Ambiguous {
        /// The path of the key.
        path: Path,
    },
    /// A key is asked for where no table stands.
    NoTable {
        /// The path of what stands there.
        path: Path,
    },
    /// An item is asked for where no list stands.
    NoList {
        /// The path of what stands there.
        path: Path,
    },
    /// The list is shorter.
    NoItem {
        /// The path of the list.
        path: Path,
        /// How many items it has.
        length: usize,
    },
    /// The edited text does not read as exactly what was asked; the text uses YAML in a way the edit cannot keep.
    Inexact,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "the text cannot be read: {}", error.problem),
            Self::Alias { path, anchor } => {
                write!(
                    f,
                    "`{path}` repeats what the anchor `{anchor}` names; an edit would change both places"
                )
            }
            Self::Anchored { path, anchor } => {
                write!(
                    f,
                    "`{path}` has the anchor `{anchor}`, which is repeated elsewhere; an edit would change both places"
                )
            }
            Self::Merged { path } => write!(f, "`{path}` comes from a merge (`<<`), not from this place"),
            Self::Ambiguous { path } => {
                write!(
                    f,
                    "`{path}` stands twice, once as text and once not; Helm picks one of the two at random"
                )
            }
            Self::NoTable { path } if path.steps.is_empty() => write!(f, "the values are no table"),
            Self::NoTable { path } => write!(f, "`{path}` is no table"),
            Self::NoList { path } => write!(f, "`{path}` is no list"),
            Self::NoItem { path, length } => write!(f, "`{path}` has {length} items"),
            Self::Inexact => write!(f, "the text cannot take the edit without changing something else"),
        }
    }
}

impl std::error::Error for Refusal {}
