//! Positions in a text: the core counts bytes, the browser's text fields count UTF-16 units, people count lines and
//! columns. This is the one place where they meet.

use std::ops::Range;

/// The text as a text field holds it: every line ends in LF. YAML reads CRLF and CR as the same line break, so the answer
/// does not change.
pub(crate) fn normalised(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// The number of UTF-16 units before a byte offset; an offset inside a character counts as its start, one behind the end
/// as the end.
pub(crate) fn utf16(text: &str, byte: usize) -> u32 {
    let units: usize = text
        .char_indices()
        .take_while(|&(at, character)| at + character.len_utf8() <= byte)
        .map(|(_, character)| character.len_utf16())
        .sum();
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// A stretch of bytes in UTF-16 units.
pub(crate) fn utf16_range(text: &str, bytes: &Range<usize>) -> Range<u32> {
    utf16(text, bytes.start)..utf16(text, bytes.end.max(bytes.start))
}

/// A place in a text for people: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// The place of a byte offset, in lines as a text field shows them (LF only).
pub(crate) fn place(text: &str, byte: usize) -> Place {
    let before = text.get(..floor(text, byte)).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Place {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// The byte offset of a number of UTF-16 units.
pub(crate) fn byte(text: &str, utf16: u32) -> usize {
    let mut left = utf16 as usize;
    for (at, character) in text.char_indices() {
        if left < character.len_utf16() {
            return at;
        }
        left -= character.len_utf16();
    }
    text.len()
}

/// How many lines a text field shows.
pub(crate) fn line_count(text: &str) -> usize {
    text.matches('\n').count() + 1
}

/// The last character boundary at or before `byte`.
fn floor(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two UTF-16 units in four bytes, then two characters of one unit, of two and of one byte.
    const TEXT: &str = "😀é\nb: ü\n";

    #[test]
    fn bytes_and_utf16_units_agree_at_every_character() {
        let mut units = 0;
        for (at, character) in TEXT.char_indices() {
            assert_eq!(utf16(TEXT, at), units);
            assert_eq!(byte(TEXT, units), at);
            units += u32::try_from(character.len_utf16()).unwrap();
        }
        assert_eq!(utf16(TEXT, TEXT.len()), units);
        assert_eq!(byte(TEXT, units), TEXT.len());
    }

    #[test]
    fn offsets_outside_and_inside_characters_are_moved_to_the_nearest_before() {
        assert_eq!(utf16(TEXT, 2), 0);
        assert_eq!(byte(TEXT, 1), 0);
        assert_eq!(utf16(TEXT, 999), utf16(TEXT, TEXT.len()));
        assert_eq!(byte(TEXT, 999), TEXT.len());
        assert_eq!(place(TEXT, 2), Place { line: 1, column: 1 });
        assert_eq!(place(TEXT, 999), Place { line: 3, column: 1 });
    }

    #[test]
    fn places_count_from_one_in_characters() {
        let at = |needle| place(TEXT, TEXT.find(needle).unwrap());
        assert_eq!(at("é"), Place { line: 1, column: 2 });
        assert_eq!(at("ü"), Place { line: 2, column: 4 });
        assert_eq!(place("", 0), Place { line: 1, column: 1 });
    }

    #[test]
    fn lines_end_as_text_fields_end_them() {
        assert_eq!(normalised("a\r\nb\rc\n".to_owned()), "a\nb\nc\n");
        assert_eq!(line_count("a\nb\n"), 3);
        assert_eq!(line_count(""), 1);
    }
}
