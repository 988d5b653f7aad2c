//! Edits of an operator's own text: the lines an edit is about change, and nothing else.
//!
//! An edit is spliced into the text, so that comments, order, anchors, quotes, line ends and indentation stay. Then both
//! texts are read as Helm reads them, and the edit counts only if the values differ in exactly what was asked. What
//! cannot be kept is refused with its reason ([`Refusal`]); the caller can then offer the same change as another file or
//! as flags.

mod draft;
mod find;
mod flags;
mod hand;
mod lines;
mod path;
mod refusal;
mod splice;
mod tree;
pub mod unread;
mod wanted;
mod write;

pub use flags::{OwnFlag, flags};
pub use path::{Path, Step};
pub use refusal::Refusal;

use draft::Draft;

use crate::read;
use crate::value::{Origin, Value};

/// One change of the values a text holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Gives the path this value. Tables on the way are made where they are missing or null.
    Set {
        /// The path.
        path: Path,
        /// The value; its origins do not matter.
        value: Value,
    },
    /// Deletes the key or item, every duplicate of it included. Nothing happens where there is none.
    Delete {
        /// The path.
        path: Path,
    },
    /// Puts a value into the list at the path, which is made where it is missing or null.
    Insert {
        /// The path of the list.
        path: Path,
        /// The index the value gets, at most the list's length.
        at: usize,
        /// The value; its origins do not matter.
        value: Value,
    },
}

/// A text after its edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The text.
    pub text: String,
    /// What changed, in the order to apply it: each change counts on the text the one before it left.
    pub changes: Vec<TextChange>,
}

/// A stretch of text that another replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    /// Byte offset of the stretch.
    pub at: usize,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

impl Edited {
    /// The text before the edits, byte for byte.
    #[must_use]
    pub fn undone(&self) -> String {
        let mut text = self.text.clone();
        for change in self.changes.iter().rev() {
            let range = change.at..change.at + change.inserted.len();
            if text.get(range.clone()) == Some(change.inserted.as_str()) {
                text.replace_range(range, &change.removed);
            }
        }
        text
    }
}

/// Whether two values are the same wherever they come from; a whole number is the same from a file and from a flag.
#[must_use]
pub fn same(left: &Value, right: &Value) -> bool {
    wanted::same(left, right)
}

/// Makes edits in a text, one after the other.
///
/// # Errors
/// The text cannot be read, a path does not lead where an edit can be made, or the text cannot take the edit without
/// another value changing.
pub fn edit(text: &str, edits: &[Edit]) -> Result<Edited, Refusal> {
    let values = |text: &str| {
        read(text.as_bytes(), |span| Origin::File { file: 0, span })
            .map(|read| read.map)
            .map_err(Refusal::Unreadable)
    };
    let mut wanted = values(text)?;
    for edit in edits {
        wanted::apply(&mut wanted, edit)?;
    }
    let mut draft = Draft::new(text);
    for edit in edits {
        draft.make(edit)?;
    }
    let edited = draft.finish();
    let found = values(&edited.text).map_err(|_| Refusal::Inexact)?;
    if wanted::same(&Value::Map(found), &Value::Map(wanted)) {
        Ok(edited)
    } else {
        Err(Refusal::Inexact)
    }
}

#[cfg(test)]
mod tests;
