use std::collections::BTreeMap;

use rollcast_yaml::Span;

/// A table. Go's map has no order of its own: Helm walks it in byte order of the keys, as this one does.
pub type Map = BTreeMap<String, Node>;

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value as Helm types it.
    pub value: Value,
    /// Where the value stands.
    pub origin: Origin,
    /// Where its key stands, when it has one in a text.
    pub key: Option<Span>,
}

/// A value as Helm holds it (Go's `interface{}` after YAML became JSON).
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Go's nil.
    Null,
    /// A boolean.
    Bool(bool),
    /// An int64; only `--set` makes one.
    Int(i64),
    /// A float64: every number of a file, of the defaults and of `--set-json`. Never NaN or infinite.
    Float(f64),
    /// A string.
    Str(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Map(Map),
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The release's own defaults.
    Default(Span),
    /// A values file, by its place among the `-f` files (from 0).
    File {
        /// Index of the file.
        file: usize,
        /// Where in its text.
        span: Span,
    },
    /// A flag, by its place among the flags as the user gave them (from 0).
    Flag(usize),
}
