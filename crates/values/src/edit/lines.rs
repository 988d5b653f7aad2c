//! Lines of a text as YAML 1.1 counts them: CR, LF, CRLF, NEL, LS and PS end one.

/// The length of the line break that begins at an offset; 0 where none does.
pub(super) fn break_at(text: &str, offset: usize) -> usize {
    match text.as_bytes().get(offset..).unwrap_or_default() {
        [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
        _ => 0,
    }
}

/// Where the line of an offset begins, behind a byte order mark. An offset just behind a break is in the next line.
pub(super) fn start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    let found = before.char_indices().rev().find(|(_, c)| is_break(*c));
    match found {
        Some((at, c)) => at + c.len_utf8(),
        None if before.starts_with('\u{FEFF}') => '\u{FEFF}'.len_utf8(),
        None => 0,
    }
}

/// Where the line of an offset ends, before its break.
pub(super) fn end(text: &str, offset: usize) -> usize {
    let behind = text.get(offset..).unwrap_or_default();
    behind.find(is_break).map_or(text.len(), |at| offset + at)
}

/// Where the line after that of an offset begins, or the end of the text.
pub(super) fn next(text: &str, offset: usize) -> usize {
    let end = end(text, offset);
    end + break_at(text, end)
}

/// The break of the line of an offset; the text's last line takes that of the line before it, a text of one line LF.
pub(super) fn break_of(text: &str, offset: usize) -> &str {
    let at = end(text, offset);
    if let Some(found) = text.get(at..at + break_at(text, at)).filter(|found| !found.is_empty()) {
        return found;
    }
    let from = start(text, offset);
    let before = text.get(..from).unwrap_or_default();
    let length = match before.as_bytes() {
        [.., b'\r', b'\n'] | [.., 0xC2, 0x85] => 2,
        [.., 0xE2, 0x80, 0xA8 | 0xA9] => 3,
        [.., _] => 1,
        [] => return "\n",
    };
    let found = before.len().checked_sub(length).and_then(|at| before.get(at..));
    found.filter(|found| break_at(found, 0) > 0).unwrap_or("\n")
}

/// The column of an offset in characters, from 0; a byte order mark takes no column.
pub(super) fn column(text: &str, offset: usize) -> usize {
    before(text, offset).chars().count()
}

/// Whether nothing but blanks stands before an offset in its line.
pub(super) fn begins(text: &str, offset: usize) -> bool {
    before(text, offset).chars().all(is_blank)
}

/// What stands before an offset in its line.
fn before(text: &str, offset: usize) -> &str {
    text.get(start(text, offset)..offset).unwrap_or_default()
}

pub(super) const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

pub(super) const fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_break_ends_a_line() {
        for line_break in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
            let text = format!("ab{line_break} cd{line_break}e");
            let cd = text.find("cd").unwrap();
            assert_eq!(start(&text, cd), cd - 1);
            assert_eq!(end(&text, cd), cd + 2);
            assert_eq!(column(&text, cd), 1);
            assert!(begins(&text, cd) && !begins(&text, cd + 1));
            assert_eq!(next(&text, cd), text.len() - 1);
            assert_eq!(break_of(&text, cd), line_break);
            assert_eq!(break_of(&text, text.len()), line_break);
        }
        assert_eq!(break_of("x", 0), "\n");
        assert_eq!(column("\u{FEFF}ab", 4), 1);
    }
}
