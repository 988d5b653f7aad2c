use std::fmt::{self, Display, Write as _};

/// Text within a line: what stands between two backticks is code, and nothing else in it is markup, a link, a mention or
/// a reference. It has no line breaks.
pub(super) struct Text<'a>(pub(super) &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((before, behind)) = rest.split_once('`') {
            plain(f, before)?;
            match behind.split_once('`') {
                // Runs of backticks could pair with others.
                Some(("", behind)) => {
                    f.write_str("\\`\\`")?;
                    rest = behind;
                }
                Some((code, behind)) => {
                    Code(code).fmt(f)?;
                    rest = behind;
                }
                None => {
                    f.write_str("\\`")?;
                    rest = behind;
                }
            }
        }
        plain(f, rest)
    }
}

fn plain(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.chars().try_for_each(|char| match char {
        '&' => f.write_str("&amp;"),
        '<' => f.write_str("&lt;"),
        '>' => f.write_str("&gt;"),
        // An escaped one would still be a mention or a reference: those are found after the markup is read.
        '@' | '#' => write!(f, "{char}<!-- -->"),
        '\\' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => write!(f, "\\{char}"),
        char if char.is_control() || matches!(char, '\u{2028}' | '\u{2029}') => f.write_char(' '),
        char => f.write_char(char),
    })
}

/// A piece of code within a line.
pub(super) struct Code<'a>(pub(super) &'a str);

impl Display for Code<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fence = "`".repeat(longest_run(self.0) + 1);
        let text: String = self
            .0
            .chars()
            .map(|char| if char.is_control() { ' ' } else { char })
            .collect();
        // A backtick at an end would join the fence; one blank at each end is taken off again.
        let pad = if text.starts_with('`') || text.ends_with('`') {
            " "
        } else {
            ""
        };
        write!(f, "{fence}{pad}{text}{pad}{fence}")
    }
}

/// A block of code.
pub(super) struct Block<'a>(pub(super) &'a str);

impl Display for Block<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fence = "`".repeat(longest_run(self.0).max(2) + 1);
        writeln!(f, "{fence}\n{}\n{fence}", self.0.trim_end())
    }
}

fn longest_run(text: &str) -> usize {
    text.split(|char| char != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_texts() {
        assert_eq!(
            Text("<b>*x*_y_</b> @me #1 [a](b)\n- c").to_string(),
            "&lt;b&gt;\\*x\\*\\_y\\_&lt;/b&gt; @<!-- -->me #<!-- -->1 \\[a\\](b) - c"
        );
        assert_eq!(Text("set `a_b` to `").to_string(), "set `a_b` to \\`");
        assert_eq!(Text("````<`").to_string(), "\\`\\`\\`\\`&lt;\\`");
    }

    #[test]
    fn code_is_fenced_by_more_than_it_holds() {
        assert_eq!(Code("a:1").to_string(), "`a:1`");
        assert_eq!(Code("a``b`").to_string(), "``` a``b` ```");
        assert_eq!(Code("").to_string(), "``");
        assert_eq!(Block("x\n```\ny\n").to_string(), "````\nx\n```\ny\n````\n");
    }
}
