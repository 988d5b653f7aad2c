use std::fmt::{self, Display, Write as _};

/// A text for a terminal. Control characters, which a values file may bring along and which a terminal obeys (it would
/// move the cursor or change the title), appear as escapes; line feeds stay, and so do tabs.
pub(crate) struct Printable<T>(pub(crate) T);

impl<T: Display> Display for Printable<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl fmt::Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for part in text.split_inclusive(is_obeyed) {
            let mut plain = part.chars();
            match plain.next_back() {
                Some(last) if is_obeyed(last) => {
                    self.0.write_str(plain.as_str())?;
                    write!(self.0, "{}", last.escape_unicode())?;
                }
                _ => self.0.write_str(part)?,
            }
        }
        Ok(())
    }
}

/// Control characters, and those that turn the direction of writing, so that a text seems to say something else.
fn is_obeyed(char: char) -> bool {
    (char.is_control() && char != '\n' && char != '\t')
        || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::Printable;

    #[test]
    fn a_terminal_is_never_told_what_to_do() {
        for (text, expected) in [
            ("plain\n\tü 😀", "plain\n\tü 😀"),
            ("\u{1b}[2Jx", "\\u{1b}[2Jx"),
            ("a\u{9b}31mb\u{7f}", "a\\u{9b}31mb\\u{7f}"),
            ("a\rb", "a\\u{d}b"),
            ("x\u{202e}y", "x\\u{202e}y"),
        ] {
            assert_eq!(Printable(text).to_string(), expected);
        }
    }
}
