/// A place in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// Byte offset into the text that was given (a byte order mark counts). In UTF-16 input it counts the bytes of the
    /// same text in UTF-8.
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
