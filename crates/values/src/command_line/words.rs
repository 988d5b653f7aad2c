//! A shell's words (POSIX, Shell Command Language 2.2): quotes, backslashes, comments, operators, with the place of each.
//!
//! Nothing is expanded. A library that splits words (shlex, which the tests compare with) tells neither where a word
//! stands nor whether a `$` in it was quoted, and both are needed here.

use super::CommandLineError;

/// A piece of a command line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(Word),
    /// `&&`, `|`, `;`, `>`, `2>&` …
    Operator {
        text: String,
        at: usize,
    },
    /// A line break that no backslash joins.
    Break,
}

/// A word without its quotes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Byte offset of its beginning.
    pub(super) at: usize,
    /// Byte offset behind its end.
    pub(super) end: usize,
    /// What a shell would replace and is left as it stands: offset and text.
    pub(super) expansions: Vec<(usize, String)>,
    /// Whether bash would make several words of its braces.
    pub(super) has_braces: bool,
    /// Whether it has an unquoted `*`, `?` or `[`, which stand for file names.
    pub(super) has_pattern: bool,
}

/// Reads tokens.
pub(super) struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Byte offset of what comes next.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// A line break behind a backslash, or behind the backtick of PowerShell; also where the text was cut off there.
    fn joined(&mut self) -> bool {
        let Some(rest) = self.rest().strip_prefix(['\\', '`']) else {
            return false;
        };
        let taken = match rest.as_bytes() {
            [b'\r', b'\n', ..] => 3,
            [b'\n', ..] => 2,
            [] => 1,
            _ => return false,
        };
        self.at += taken;
        true
    }

    /// The next token, or `None` at the end.
    pub(super) fn token(&mut self) -> Result<Option<Token>, CommandLineError> {
        loop {
            if self.joined() || self.take(" ") || self.take("\t") || self.take("\r") {
                continue;
            }
            let Some(next) = self.peek() else { return Ok(None) };
            match next {
                '\n' => {
                    self.next();
                    return Ok(Some(Token::Break));
                }
                '#' => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                _ => break,
            }
        }
        if let Some(operator) = self.operator() {
            return Ok(Some(operator));
        }
        self.word().map(|word| Some(Token::Word(word)))
    }

    fn operator(&mut self) -> Option<Token> {
        let rest = self.rest();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let behind = rest.get(digits..).unwrap_or_default();
        let redirects = behind.starts_with(['<', '>']);
        if !redirects && !rest.starts_with(is_operator) {
            return None;
        }
        let digits = if redirects { digits } else { 0 };
        let signs = rest.get(digits..).unwrap_or_default();
        let length = [
            "<<-", "<<<", "&>>", "&&", "||", ";;", "&>", ">>", "<<", ">&", "<&", ">|", "<>",
        ]
        .iter()
        .find(|sign| signs.starts_with(**sign))
        .map_or(1, |sign| sign.len());
        let at = self.at;
        self.at += digits + length;
        Some(Token::Operator {
            text: self.text.get(at..self.at).unwrap_or_default().to_owned(),
            at,
        })
    }

    fn word(&mut self) -> Result<Word, CommandLineError> {
        let mut word = Word {
            at: self.at,
            ..Word::default()
        };
        let mut braces = Braces::default();
        while let Some(next) = self.peek() {
            if matches!(next, ' ' | '\t' | '\r' | '\n') || is_operator(next) {
                break;
            }
            if self.joined() {
                continue;
            }
            let at = self.at;
            self.next();
            match next {
                '\'' => {
                    let quoted = self.until('\'').ok_or(CommandLineError::Unclosed { sign: '\'', at })?;
                    word.text.push_str(quoted);
                }
                '"' => self.double_quoted(at, &mut word)?,
                '\\' => word.text.extend(self.next()),
                '$' | '`' => self.expansion(next, at, &mut word)?,
                _ => {
                    word.has_braces |= braces.close(next);
                    word.has_pattern |= matches!(next, '*' | '?' | '[');
                    word.text.push(next);
                }
            }
        }
        word.end = self.at;
        Ok(word)
    }

    /// The text up to a sign, which is taken, too.
    fn until(&mut self, sign: char) -> Option<&'a str> {
        let (text, _) = self.rest().split_once(sign)?;
        self.at += text.len() + sign.len_utf8();
        Some(text)
    }

    fn double_quoted(&mut self, opening: usize, word: &mut Word) -> Result<(), CommandLineError> {
        loop {
            let at = self.at;
            match self.next() {
                None => {
                    return Err(CommandLineError::Unclosed { sign: '"', at: opening });
                }
                Some('"') => return Ok(()),
                Some('\\') => match self.peek() {
                    Some(next @ ('$' | '`' | '"' | '\\')) => {
                        self.next();
                        word.text.push(next);
                    }
                    Some('\n') => self.at += 1,
                    Some('\r') if self.rest().starts_with("\r\n") => self.at += 2,
                    _ => word.text.push('\\'),
                },
                Some(sign @ ('$' | '`')) => self.expansion(sign, at, word)?,
                Some(other) => word.text.push(other),
            }
        }
    }

    /// Something that a shell would replace, from its first sign, which is taken, on; it stays as it is.
    fn expansion(&mut self, sign: char, at: usize, word: &mut Word) -> Result<(), CommandLineError> {
        let unclosed = CommandLineError::Unclosed { sign, at };
        match (sign, self.peek()) {
            ('`', _) => {
                self.until('`').ok_or(unclosed)?;
            }
            (_, Some('(')) => self.balanced('(', ')').ok_or(unclosed)?,
            (_, Some('{')) => self.balanced('{', '}').ok_or(unclosed)?,
            (_, Some('\'')) => {
                self.next();
                while self.peek() != Some('\'') {
                    let escaped = self.next().ok_or(CommandLineError::Unclosed { sign: '\'', at })? == '\\';
                    if escaped {
                        self.next();
                    }
                }
                self.next();
            }
            (_, Some(next)) if next.is_ascii_alphabetic() || next == '_' => {
                let name = self
                    .rest()
                    .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
                self.at = self.text.len() - name.len();
            }
            (_, Some(next)) if next.is_ascii_digit() || "@*#?$!-".contains(next) => {
                self.next();
            }
            // A dollar sign on its own is text.
            _ => {
                word.text.push(sign);
                return Ok(());
            }
        }
        let raw = self.text.get(at..self.at).unwrap_or_default();
        word.text.push_str(raw);
        word.expansions.push((at, raw.to_owned()));
        Ok(())
    }

    /// Skips what stands between two signs, which may be nested and hold quotes.
    fn balanced(&mut self, open: char, close: char) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            let next = self.next()?;
            if next == open {
                depth += 1;
            } else if next == close {
                depth -= 1;
                if depth == 0 {
                    return Some(());
                }
            } else if next == '\\' {
                self.next()?;
            } else if next == '\'' {
                self.until('\'')?;
            }
        }
    }
}

fn is_operator(sign: char) -> bool {
    matches!(sign, ';' | '&' | '|' | '<' | '>' | '(' | ')')
}

/// Looks for `{a,b}` and `{1..3}`.
#[derive(Default)]
struct Braces {
    /// Of each open brace, whether a comma or two dots stand behind it.
    open: Vec<bool>,
    dot: bool,
}

impl Braces {
    /// Whether this sign completes a pair that bash expands.
    fn close(&mut self, sign: char) -> bool {
        let separates = sign == ',' || sign == '.' && self.dot;
        self.dot = sign == '.';
        match sign {
            '{' => self.open.push(false),
            '}' => return self.open.pop().unwrap_or(false),
            _ if separates => {
                if let Some(several) = self.open.last_mut() {
                    *several = true;
                }
            }
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    fn words(text: &str) -> Result<Vec<String>, CommandLineError> {
        let mut words = Words::new(text);
        let mut found = Vec::new();
        while let Some(token) = words.token()? {
            found.push(match token {
                Token::Word(word) => word.text,
                Token::Operator { text, .. } => format!("<{text}>"),
                Token::Break => "<break>".to_owned(),
            });
        }
        Ok(found)
    }

    #[test]
    fn quotes_and_backslashes_go_away() {
        for (text, expected) in [
            ("", &[][..]),
            (r#"a 'b c' "d e" f\ g"#, &["a", "b c", "d e", "f g"]),
            (r#"x='a'"b"c ''"#, &["x=abc", ""]),
            (r#""\$\`\"\\\n" '\n' \n"#, &[r#"$`"\\n"#, r"\n", "n"]),
            ("a \\\n  b\\\nc \\\r\n d `\n e \\", &["a", "bc", "d", "e"]),
            ("a # b\nc#d", &["a", "<break>", "c#d"]),
            (
                "a&&b|c;d 2>&1 >e <<<f",
                &[
                    "a", "<&&>", "b", "<|>", "c", "<;>", "d", "<2>&>", "1", "<>>", "e", "<<<<>", "f",
                ],
            ),
            ("a2>b 3", &["a2", "<>>", "b", "3"]),
        ] {
            let expected = expected.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(words(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_a_shell_would_replace_stays() {
        let expansions = |text: &str| {
            let Ok(Some(Token::Word(word))) = Words::new(text).token() else {
                panic!("{text} is a word");
            };
            (
                word.text,
                word.expansions.into_iter().map(|(_, text)| text).collect::<Vec<_>>(),
            )
        };
        for (text, word, found) in [
            ("a$B-c", "a$B-c", &["$B"][..]),
            (r#""$A ${B:-x y}""#, "$A ${B:-x y}", &["$A", "${B:-x y}"]),
            ("x=$(cat a | b '(')y", "x=$(cat a | b '(')y", &["$(cat a | b '(')"]),
            ("`a b`", "`a b`", &["`a b`"]),
            (r"$'a\'b'", r"$'a\'b'", &[r"$'a\'b'"]),
            ("$1$?$$", "$1$?$$", &["$1", "$?", "$$"]),
            ("'$A'\\$B", "$A$B", &[]),
            ("5$ a", "5$", &[]),
        ] {
            let found: Vec<String> = found.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(expansions(text), (word.to_owned(), found), "{text}");
        }
    }

    #[test]
    fn braces_and_patterns_of_bash_are_seen() {
        let seen = |text: &str| {
            let Ok(Some(Token::Word(word))) = Words::new(text).token() else {
                panic!("{text} is a word");
            };
            (word.has_braces, word.has_pattern)
        };
        for text in ["x={a,b}", "{a,{b}}", "x={1..3}"] {
            assert_eq!(seen(text), (true, false), "{text}");
        }
        for text in [
            "x={}",
            "x={a}",
            "x={a}.b.c",
            "'x={a,b}'",
            "x=\\{a,b}",
            "a,b}",
            "x={a.b.c}",
        ] {
            assert_eq!(seen(text), (false, false), "{text}");
        }
        assert_eq!(seen("x[0]=a"), (false, true));
        assert_eq!(seen("\"x[0]\"=a"), (false, false));
    }

    #[test]
    fn unclosed_quotes_are_placed() {
        for (text, sign, at) in [
            ("a 'b", '\'', 2),
            ("'a' \"b", '"', 4),
            ("a \"b 'c' $(d", '$', 9),
            ("a `b", '`', 2),
            ("${a", '$', 0),
            ("$'a\\'", '\'', 0),
        ] {
            assert_eq!(words(text), Err(CommandLineError::Unclosed { sign, at }), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Where nothing is expanded and no operator stands, words are those of an independent splitter.
        #[test]
        fn words_are_shlexs(text in r#"[a-zé=,{}\[\]'" \t\\]{0,40}x"#) {
            let ours = words(&text).ok();
            prop_assert_eq!(ours, shlex::split(&text), "{}", text);
        }
    }
}
