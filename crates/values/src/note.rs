//! Silent traps: what Helm takes without a word although people rarely mean it.

use rollcast_yaml::Span;

use crate::Origin;
use crate::in_order::in_order;
use crate::path::{self, Step};

/// Something a person should know about values that Helm accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// The value it is about, spelt as the key of a `--set` argument (`app.hosts[0]`, `annotations.a\\.b`); `None` where
    /// it is about a whole file or argument, or the path is too long to read.
    pub path: Option<String>,
    /// Where it stands: a place in a file, or a flag.
    pub origin: Origin,
}

/// Notes that are taken, with an end: a hostile text could ask for millions.
#[derive(Debug, Default)]
pub(crate) struct Notes(Vec<Note>);

impl Notes {
    /// Nobody reads more.
    const MOST: usize = 1_000;

    pub(crate) fn take<'a>(&mut self, kind: NoteKind, origin: Origin, path: impl IntoIterator<Item = &'a Step>) {
        if !self.are_enough() {
            self.0.push(Note {
                kind,
                path: path::spell(path),
                origin,
            });
        }
    }

    /// Whether no more are taken.
    pub(crate) fn are_enough(&self) -> bool {
        self.0.len() >= Self::MOST
    }

    /// In the order of the text they stand in.
    pub(crate) fn into_text_order(self) -> Vec<Note> {
        in_order(self.0, |note| note.origin.span().map(|span| span.start.offset))
    }

    pub(crate) fn into_vec(self) -> Vec<Note> {
        self.0
    }
}

/// The silent traps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A key stands twice in one map; the later one (here) wins and the earlier one (`first`) is lost, whole.
    DuplicateKey {
        /// The key.
        key: String,
        /// The earlier place.
        first: Span,
    },
    /// Two keys are different to YAML and the same to JSON (`1` and `"1"`): Helm picks one at random.
    CollidingKeys {
        /// The key both become.
        key: String,
        /// The earlier place.
        first: Span,
    },
    /// A merge (`<<`, here) behind an explicit key (`first`) overrides it.
    MergeOverrides {
        /// The key.
        key: String,
        /// The explicit key.
        first: Span,
    },
    /// A key that YAML 1.1 does not take as text: `on`, `y`, `010`.
    TypedKey {
        /// As written.
        written: String,
        /// What Helm makes of it.
        key: String,
    },
    /// A word that YAML 1.1 takes for a boolean, while YAML 1.2 and many people take it for text: `yes`, `n`, `off`.
    BooleanWord {
        /// As written.
        written: String,
        /// What Helm makes of it.
        value: bool,
    },
    /// A plain number with a leading zero, read as octal: `0777` is 511.
    Octal {
        /// As written.
        written: String,
        /// The number in decimals.
        decimal: String,
    },
    /// A number that templates print in other characters than it was written in: `1.10` as `1.1`, `20250516` as
    /// `2.0250516e+07`, `1_000` as `1000`.
    Respelt {
        /// As written.
        written: String,
        /// As `{{ . }}` prints it.
        printed: String,
    },
    /// A whole number that a float64 cannot hold: `9007199254740993` becomes 9007199254740992.
    PrecisionLost {
        /// As written.
        written: String,
        /// What is left, in decimals.
        read: String,
    },
    /// A second document, which Helm 3 never reads.
    DroppedDocument,
    /// Text behind the first complete value of the document, which Helm never reads; often the rest of a file whose
    /// first line is indented.
    DroppedTail,
    /// `--set` keeps a text that a values file would take for a boolean, a number or null: `no`, `~`, `1.5`, `00`.
    StaysText {
        /// As written.
        written: String,
        /// What a values file would make of it, as JSON.
        in_file: String,
    },
    /// A flag's key begins or ends with a blank, often one behind a comma; it is another key than the one without.
    BlankAroundKey {
        /// As written.
        key: String,
    },
    /// A flag's value begins or ends with a blank, which belongs to the text.
    BlankAroundValue {
        /// As written.
        written: String,
    },
    /// Quotes around a flag's value that no shell has taken away: they belong to the text.
    QuotesKept {
        /// As written.
        written: String,
    },
    /// `{}` in a flag is a list with one empty text, not an empty table or list.
    EmptyBraces,
    /// The argument ends without a value, and Helm takes that silently: `x.`, `x[0]`, `x[0].a=`.
    NoValue,
    /// A pair of a flag has no key, and its value is dropped.
    NoKey,
    /// A flag sets a place of a list that no file gives: the chart's default list, which is not empty, is discarded.
    DefaultListDiscarded {
        /// How many items it has.
        lost: usize,
    },
    /// A flag sets a place behind the end of a list, and the places before it become null.
    EmptyPlaces {
        /// How many.
        count: usize,
    },
    /// A null deletes a table of the chart's defaults; templates that look below it fail.
    NullDeletesTable {
        /// How many keys the default has.
        keys: usize,
    },
    /// An empty table over a table of the chart's defaults changes nothing; only null clears a table.
    ClearsNothing {
        /// How many keys the default has.
        keys: usize,
    },
    /// A null where the chart has no default: there is nothing to delete, so it stays and templates see it.
    NullStays,
}
