//! Reading an argument character by character.

/// A place in an argument.
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Byte offset of what comes next.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Skips bytes, up to a character's boundary.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.text.len());
    }

    /// Takes the next character if it is this one.
    pub(super) fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// The text up to one of the stop signs, and that sign, which is taken; `None` where the argument ends first. With
    /// `escapes` a backslash makes the next character text; a last backslash vanishes.
    pub(super) fn until(&mut self, stops: &[char], escapes: bool) -> (String, Option<char>) {
        let mut text = String::new();
        while let Some(next) = self.next() {
            if stops.contains(&next) {
                return (text, Some(next));
            }
            if escapes && next == '\\' {
                text.extend(self.next());
            } else {
                text.push(next);
            }
        }
        (text, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_makes_the_next_character_text() {
        let mut scan = Scan::new(r"a\.é\\.b\");
        assert_eq!(scan.until(&['.'], true), (r"a.é\".to_owned(), Some('.')));
        assert_eq!(scan.until(&['.'], true), ("b".to_owned(), None));
        assert_eq!(scan.until(&['.'], true), (String::new(), None));
        let mut scan = Scan::new(r"a\.b");
        assert_eq!(scan.until(&['.'], false), (r"a\".to_owned(), Some('.')));
        assert_eq!((scan.at(), scan.rest()), (3, "b"));
    }
}
