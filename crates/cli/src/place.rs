use std::fmt;

use rollcast_chart::Source;
use rollcast_core::{Location, ValuesFile};

use crate::subject::shown;

/// A stretch of a values file, with its end in lines and columns as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place<'a> {
    /// The file's name as it was given.
    pub(crate) file: &'a str,
    /// Line and column of the start, from 1; columns in characters.
    pub(crate) start: (usize, usize),
    /// Line and column behind the end.
    pub(crate) end: (usize, usize),
}

impl<'a> Place<'a> {
    /// Where a failure is.
    pub(crate) fn of(location: &Location, files: &'a [ValuesFile]) -> Option<Self> {
        let Location {
            file,
            line,
            column,
            offset,
            end,
        } = *location;
        Self::new(files.get(file)?, (line, column), offset..end)
    }

    /// Where a value stands, if it stands in a values file.
    pub(crate) fn of_source(source: &Source, files: &'a [ValuesFile]) -> Option<Self> {
        match *source {
            Source::File {
                file,
                line,
                column,
                offset,
                end,
            } => Self::new(files.get(file)?, (line, column), offset..end),
            Source::Default { .. } | Source::Flag { .. } | Source::LastRelease => None,
        }
    }

    fn new(file: &'a ValuesFile, start: (usize, usize), bytes: std::ops::Range<usize>) -> Option<Self> {
        // A block's span ends where the next token begins; what people see of it ends with its last character.
        let text = file.text.get(bytes).unwrap_or_default().trim_end();
        let mut end = start;
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            end = match char {
                '\r' if chars.peek() == Some(&'\n') => end,
                // YAML 1.1 ends lines with these.
                '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => (end.0 + 1, 1),
                _ => (end.0, end.1 + 1),
            };
        }
        Some(Self {
            file: &file.name,
            start,
            end,
        })
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", shown(self.file), self.start.0, self.start.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_found_in_the_text() {
        let files = [ValuesFile {
            name: "v.yaml".into(),
            text: "a: [ü, 1] # c\nb:\n  c: 1\n  d: 2\n\n# e\nf: 3\n".into(),
        }];
        let place = |line, column, offset, end| {
            let location = Location {
                file: 0,
                line,
                column,
                offset,
                end,
            };
            let place = Place::of(&location, &files).unwrap();
            assert_eq!(place.start, (line, column));
            place.end
        };
        assert_eq!(place(1, 4, 3, 10), (1, 10));
        assert_eq!(place(3, 3, 20, 37), (6, 4));
        assert_eq!(place(9, 1, 900, 901), (9, 1));
    }
}
