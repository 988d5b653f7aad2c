//! The bytes libyaml is given, and the way back from its marks to offsets in the text the caller gave.

use std::borrow::Cow;

use crate::Mark;

/// A text prepared for libyaml.
pub(crate) struct Source<'a> {
    /// The text in UTF-8; patches of the parser change bytes in place, never the length.
    pub(crate) bytes: Cow<'a, [u8]>,
    /// Length of the byte order mark, which libyaml's marks leave out.
    bom: usize,
}

impl<'a> Source<'a> {
    pub(crate) fn new(text: &'a [u8]) -> Self {
        let bytes = match text {
            [0xFF, 0xFE, rest @ ..] => Cow::Owned(transcode(rest, u16::from_le_bytes)),
            [0xFE, 0xFF, rest @ ..] => Cow::Owned(transcode(rest, u16::from_be_bytes)),
            _ => Cow::Borrowed(text),
        };
        let bom = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Self { bytes, bom }
    }

    /// The mark at `index` bytes behind the byte order mark.
    pub(crate) fn mark(&self, index: usize, line: usize, column: usize) -> Mark {
        Mark {
            offset: (index + self.bom).min(self.bytes.len()),
            line,
            column,
        }
    }

    /// A printable ASCII character that occurs nowhere in the text and means nothing in YAML, if there is one.
    pub(crate) fn unused(&self, not: Option<u8>) -> Option<u8> {
        (b'A'..=b'Z')
            .chain(b'a'..=b'z')
            .chain([b'^', b'$', b';', b'(', b')', b'/', b'_'])
            .find(|candidate| Some(*candidate) != not && !self.bytes.contains(candidate))
    }
}

fn transcode(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let (pairs, _odd) = bytes.as_chunks::<2>();
    let text: String = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_is_transcoded() {
        let text: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("a: é".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(&*Source::new(&text).bytes, "a: é".as_bytes());
    }
}
