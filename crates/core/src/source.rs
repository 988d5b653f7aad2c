//! Places in texts, as people count them.

use rollcast_chart::Source;
use rollcast_values::{Origin, Span};

use crate::Location;

/// Where a value came from.
pub(crate) fn source(origin: Origin) -> Source {
    match origin {
        Origin::Default(span) => Source::Default {
            line: span.start.line + 1,
        },
        Origin::File { file, span } => Source::File {
            file,
            line: span.start.line + 1,
            column: span.start.column + 1,
            offset: span.start.offset,
            end: span.end.offset,
        },
        Origin::Flag { flag } => Source::Flag { flag },
    }
}

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
