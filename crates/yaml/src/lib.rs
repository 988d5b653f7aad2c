//! YAML as Helm's reader sees it: libyaml's grammar as a stream of events with marks, and libyaml's emitter.
//!
//! Helm reads values with a Go port of libyaml and YAML 1.1 scalars, so this crate drives the published translation of
//! libyaml (`unsafe-libyaml`) and is the only place of the workspace where `unsafe` is allowed. It knows nothing about
//! Helm's typing: scalars stay text.

/// A place in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// Byte offset into the UTF-8 text that was given (a byte order mark counts).
    pub offset: usize,
    /// Line, counted from 0; CR, LF, CRLF, NEL, LS and PS end a line.
    pub line: usize,
    /// Column in characters, counted from 0.
    pub column: usize,
}

/// A half-open stretch of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first character.
    pub start: Mark,
    /// Just behind the last character.
    pub end: Mark,
}
