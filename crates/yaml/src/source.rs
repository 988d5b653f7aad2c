//! The bytes libyaml is given, and the way back from its marks to offsets in the text the caller gave.

use std::borrow::Cow;

use crate::{Mark, Span};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A text prepared for libyaml.
pub(crate) struct Source<'a> {
    /// The text in UTF-8. Repairs of the parser change bytes in place, never the length, so that marks stay true.
    pub(crate) bytes: Cow<'a, [u8]>,
    /// Length of the byte order mark, which libyaml's marks leave out.
    bom: usize,
    /// Stands for U+FEFF inside the text: a character to Helm's reader, skipped by libyaml at the start of a line.
    inner_bom: Option<char>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(text: &'a [u8]) -> Self {
        let mut bytes = match text {
            [0xFF, 0xFE, rest @ ..] => transcode(text, rest, u16::from_le_bytes),
            [0xFE, 0xFF, rest @ ..] => transcode(text, rest, u16::from_be_bytes),
            _ => Cow::Borrowed(text),
        };
        let bom = if bytes.starts_with(BYTE_ORDER_MARK) { 3 } else { 0 };
        // A second mark right behind the first is skipped by both readers.
        let places: Vec<usize> = places(&bytes, BYTE_ORDER_MARK)
            .filter(|at| *at > 3 * usize::from(bom > 0))
            .collect();
        let mut inner_bom = None;
        if !places.is_empty()
            && let Some((stand_in, encoded)) = unused(&bytes)
        {
            inner_bom = Some(stand_in);
            for at in places {
                if let Some(place) = bytes.to_mut().get_mut(at..at + 3) {
                    place.copy_from_slice(&encoded);
                }
            }
        }
        Self { bytes, bom, inner_bom }
    }

    /// The mark at `index` bytes behind the byte order mark.
    pub(crate) fn mark(&self, index: usize, line: usize, column: usize) -> Mark {
        Mark {
            offset: (index + self.bom).min(self.bytes.len()),
            line,
            column,
        }
    }

    /// The mark of a byte offset at or behind a known mark.
    pub(crate) fn mark_from(&self, from: Mark, offset: usize) -> Mark {
        advance(from, self.bytes.get(from.offset..offset).unwrap_or_default())
    }

    /// The mark of a byte offset.
    pub(crate) fn mark_at(&self, offset: usize) -> Mark {
        let start = self.mark(0, 0, 0);
        self.mark_from(start, offset.clamp(start.offset, self.bytes.len()))
    }

    pub(crate) fn slice(&self, span: Span) -> &[u8] {
        self.bytes.get(span.start.offset..span.end.offset).unwrap_or_default()
    }

    /// Puts the text of a scalar back as it was.
    pub(crate) fn restore(&self, text: &mut String) {
        if let Some(stand_in) = self.inner_bom
            && text.contains(stand_in)
        {
            *text = text.replace(stand_in, "\u{FEFF}");
        }
    }

    /// Where the content of a node begins: behind its anchor, tag, and the blanks and comments between.
    pub(crate) fn content(&self, span: Span) -> usize {
        let bytes = self.slice(span);
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let rest = bytes.get(at..).unwrap_or_default();
            let length_until = |stop: fn(&u8) -> bool| rest.iter().position(stop).unwrap_or(rest.len());
            at += match byte {
                b' ' | b'\t' | b'\r' | b'\n' => 1,
                b'#' => length_until(|b| matches!(b, b'\r' | b'\n')),
                b'&' | b'!' => length_until(u8::is_ascii_whitespace),
                _ => break,
            };
        }
        span.start.offset + at
    }

    /// Where a tag of the node is followed by a comma at once.
    pub(crate) fn comma_behind_tag(&self, start: Mark) -> Option<usize> {
        let node = self.bytes.get(start.offset..)?;
        let from = if node.first() == Some(&b'!') {
            0
        } else {
            node.windows(2)
                .position(|pair| pair[0].is_ascii_whitespace() && pair[1] == b'!')?
                + 1
        };
        let tag = node.get(from..)?;
        let end = tag.iter().position(|b| b.is_ascii_whitespace() || *b == b',')?;
        (tag.get(end) == Some(&b',') && tag.get(1) != Some(&b'<')).then_some(start.offset + from + end)
    }

    /// The `%YAML` directive before the first document that asks for another version than 1.1.
    pub(crate) fn foreign_version(&self) -> Option<Mark> {
        let mut offset = self.bom;
        for line in self.bytes.get(self.bom..)?.split_inclusive(|byte| *byte == b'\n') {
            let text = std::str::from_utf8(line).ok()?.trim_ascii_end();
            if let Some(directive) = text.strip_prefix("%YAML").filter(|rest| rest.starts_with([' ', '\t'])) {
                let (version, rest) = directive
                    .trim_start()
                    .split_once([' ', '\t'])
                    .unwrap_or((directive.trim_start(), ""));
                let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() < 10);
                let (major, minor) = version.split_once('.')?;
                let version = (number(major)?, number(minor)?);
                let rest = rest.trim_start();
                if version != (1, 1) && (rest.is_empty() || rest.starts_with('#')) {
                    return Some(self.mark_at(offset));
                }
            } else if !text.starts_with('%') && !text.trim_start().is_empty() && !text.trim_start().starts_with('#') {
                return None;
            }
            offset += line.len();
        }
        None
    }
}

/// The mark behind a text that begins at a mark.
fn advance(from: Mark, text: &[u8]) -> Mark {
    let mut mark = from;
    let mut rest = text;
    while let Some(first) = rest.first() {
        let (width, is_break) = match rest {
            [b'\r', b'\n', ..] => (2, true),
            [b'\r' | b'\n', ..] => (1, true),
            [0xC2, 0x85, ..] => (2, true),
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => (3, true),
            _ => (width(*first), false),
        };
        mark.offset += width.min(rest.len());
        (mark.line, mark.column) = if is_break {
            (mark.line + 1, 0)
        } else {
            (mark.line, mark.column + 1)
        };
        rest = rest.get(width..).unwrap_or_default();
    }
    mark
}

/// The mark behind a UTF-8 text without a byte order mark.
#[must_use]
pub fn end_of(text: &[u8]) -> Mark {
    advance(Mark::default(), text)
}

/// How many bytes a character has by its first.
pub(crate) fn width(first: u8) -> usize {
    match first {
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
        _ => 1,
    }
}

fn places<'b>(bytes: &'b [u8], wanted: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    // The first byte is rare; to see that it is nowhere is quick.
    let (first, length) = (wanted.first().copied(), wanted.len());
    let searched = if first.is_some_and(|first| bytes.contains(&first)) {
        bytes
    } else {
        &[]
    };
    searched
        .iter()
        .enumerate()
        .filter(move |(at, byte)| Some(**byte) == first && bytes.get(*at..*at + length) == Some(wanted))
        .map(|(at, _)| at)
}

/// A private character of three bytes that does not occur in the text.
fn unused(bytes: &[u8]) -> Option<(char, [u8; 3])> {
    ('\u{E000}'..='\u{F8FF}').find_map(|candidate| {
        let mut encoded = [0; 3];
        candidate.encode_utf8(&mut encoded);
        places(bytes, &encoded).next().is_none().then_some((candidate, encoded))
    })
}

/// UTF-16 as UTF-8; what is not well-formed stays as it is, and libyaml's reader says what is wrong with it.
fn transcode<'a>(text: &'a [u8], units: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'a, [u8]> {
    let (pairs, odd) = units.as_chunks::<2>();
    let decoded: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
    match decoded {
        Ok(decoded) if odd.is_empty() => Cow::Owned(decoded.into_bytes()),
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_is_transcoded() {
        for (mark, unit) in [
            ([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]),
            ([0xFE, 0xFF], u16::to_be_bytes),
        ] {
            let text: Vec<u8> = mark.into_iter().chain("a: é😀".encode_utf16().flat_map(unit)).collect();
            assert_eq!(&*Source::new(&text).bytes, "a: é😀".as_bytes());
        }
    }

    #[test]
    fn marks_count_every_kind_of_line_break() {
        let text = "a\r\nb\rc\nd\u{85}e\u{2028}é\u{2029}x";
        let source = Source::new(text.as_bytes());
        let at = |needle: &str| {
            let mark = source.mark_at(text.find(needle).unwrap());
            (mark.line, mark.column)
        };
        assert_eq!(
            [at("b"), at("c"), at("d"), at("e"), at("x")],
            [(1, 0), (2, 0), (3, 0), (4, 0), (6, 0)]
        );
        assert_eq!(at("\u{2029}"), (5, 1));
        assert_eq!((end_of(text.as_bytes()).line, end_of(text.as_bytes()).column), (6, 1));
    }

    #[test]
    fn foreign_versions_are_found_among_directives() {
        let line = |text: &str| Source::new(text.as_bytes()).foreign_version().map(|mark| mark.line);
        assert_eq!(line("\u{FEFF}# c\n\n%TAG ! x:\n%YAML  1.2 # c\n"), Some(3));
        assert_eq!(line("%YAML 1.1\n---\n"), None);
        assert_eq!(line("a: 1\n%YAML 1.2\n"), None);
        assert_eq!(line("%YAMLX 1.2\n"), None);
        assert_eq!(line("%YAML 1.2 x\n"), None);
    }
}
