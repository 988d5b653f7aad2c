//! Helm 4's way from a file to documents: it cuts the text at lines that begin with `---` before any YAML is read
//! (k8s.io/apimachinery pkg/util/yaml `YAMLReader` over bufio).

use std::borrow::Cow;

use rollcast_yaml::{Mark, Span};

use super::{Place, ReadError};

/// What the line reader takes in at once.
const BUFFER: usize = 4_096;

/// Cuts a text, document by document.
pub(super) struct Documents<'a> {
    text: &'a [u8],
    /// Where the next line begins.
    next: Mark,
}

/// One document's text.
pub(super) struct Piece<'a> {
    pub(super) text: Cow<'a, [u8]>,
    /// Where it begins.
    pub(super) base: Mark,
    /// Where it ends, without the line break that Helm adds.
    pub(super) end: Mark,
}

impl<'a> Documents<'a> {
    pub(super) const fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            next: Mark {
                offset: 0,
                line: 0,
                column: 0,
            },
        }
    }

    /// The next document, or `None` behind the last one.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, ReadError> {
        let start = self.next;
        loop {
            let at = self.next;
            let line = self.text.get(at.offset..).unwrap_or_default();
            let line = line.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
            let whole = line.ends_with(b"\n");
            if line.is_empty() || !whole && line.len() % BUFFER == 0 {
                // Helm 4.0 to 4.2.4 loses a last line that fills its buffer to the brim and has no line break.
                self.next.offset = self.text.len();
                return Ok(self.document(start, at.offset));
            }
            let end = at.offset + line.len();
            self.next = Mark {
                offset: end,
                line: at.line + rollcast_yaml::end_of(line).line.max(1),
                column: 0,
            };
            if let Some(rest) = line.strip_prefix(b"---") {
                let rest = String::from_utf8_lossy(rest);
                let rest = rest.trim();
                if !rest.is_empty() && !rest.starts_with('#') {
                    return Err(refused(rest, at, end));
                }
                // A first separator belongs to the document it opens.
                if at.offset > start.offset {
                    return Ok(self.document(start, at.offset));
                }
            }
        }
    }

    fn document(&self, base: Mark, end: usize) -> Option<Piece<'a>> {
        let text = self.text.get(base.offset..end).filter(|text| !text.is_empty())?;
        let end = Place { base, end: None }.mark(rollcast_yaml::end_of(text));
        // Every line Helm gathers gets a line break, the last one too.
        let text = if text.ends_with(b"\n") {
            Cow::Borrowed(text)
        } else {
            Cow::Owned([text, b"\n"].concat())
        };
        Some(Piece { text, base, end })
    }
}

fn refused(rest: &str, at: Mark, end: usize) -> ReadError {
    let problem = format!("invalid Yaml document separator: {rest}");
    let end = Mark { offset: end, ..at };
    ReadError {
        helm: Some(format!("error reading yaml document: {problem}")),
        problem,
        span: Some(Span { start: at, end }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Result<Vec<(String, usize)>, String> {
        let mut documents = Documents::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(Piece { text, base, .. }) = documents.next().map_err(|error| error.problem)? {
            found.push((String::from_utf8(text.into_owned()).unwrap(), base.line));
        }
        Ok(found)
    }

    #[test]
    fn documents_are_cut_at_separator_lines() {
        for (text, expected) in [
            ("", &[][..]),
            ("a: 1", &[("a: 1\n", 0)]),
            ("---\na: 1\n", &[("---\na: 1\n", 0)]),
            (
                "a: 1\n---\nb: 2\n--- # c\nc: 3",
                &[("a: 1\n", 0), ("b: 2\n", 2), ("c: 3\n", 4)],
            ),
            ("---\n---\n---\na: 1", &[("---\n", 0), ("---\na: 1\n", 2)]),
            ("a: 1\r\n---\r\nb: 2\r\n", &[("a: 1\r\n", 0), ("b: 2\r\n", 2)]),
            ("a: 1\n ---\n", &[("a: 1\n ---\n", 0)]),
            ("a: 1\n---", &[("a: 1\n", 0)]),
            ("a: 1\n---\n", &[("a: 1\n", 0)]),
        ] {
            let expected: Vec<(String, usize)> = expected
                .iter()
                .map(|(text, line)| ((*text).to_owned(), *line))
                .collect();
            assert_eq!(cut(text), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn only_comments_may_follow_a_separator() {
        for (text, rest) in [
            ("--- {a: 1}\n", "{a: 1}"),
            ("a: 1\n---b: 2\n", "b: 2"),
            ("key: \"x\n-----END KEY-----\"\n", "--END KEY-----\""),
        ] {
            assert_eq!(cut(text), Err(format!("invalid Yaml document separator: {rest}")));
        }
    }

    #[test]
    fn a_last_line_that_fills_the_buffer_is_lost() {
        let line = format!("b: {}", "x".repeat(BUFFER - 3));
        assert_eq!(cut(&format!("a: 1\n{line}")), Ok(vec![("a: 1\n".to_owned(), 0)]));
        assert_eq!(cut(&line), Ok(Vec::new()));
        assert_eq!(cut(&format!("{line}\n")).unwrap().len(), 1);
        assert_eq!(cut(&format!("{line}y")).unwrap().len(), 1);
    }
}
