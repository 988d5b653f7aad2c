//! Places in texts, as people count them.

use rollcast_values::Span;

use crate::Location;

/// A stretch of a values file.
pub(crate) const fn location(file: usize, span: Span) -> Location {
    Location {
        file,
        line: span.start.line + 1,
        column: span.start.column + 1,
        offset: span.start.offset,
        end: span.end.offset,
    }
}
