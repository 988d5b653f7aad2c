//! JSON as Go's encoding/json reads it into values: numbers are float64, of equal keys the last wins, a lone half of a
//! surrogate pair becomes U+FFFD. A value ends where it is complete, whatever follows.

use crate::read::MAX_DEPTH;
use crate::{Map, Node, Origin, Value};

/// Why a text is no JSON.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Byte offset.
    pub(crate) at: usize,
    /// What is wrong, as a clause.
    pub(crate) problem: &'static str,
    /// Whether the limit is ours and Go would go on.
    pub(crate) is_limit: bool,
}

impl Fault {
    pub(crate) const fn new(at: usize, problem: &'static str) -> Self {
        Self {
            at,
            problem,
            is_limit: false,
        }
    }
}

/// The first value of a text and where it ends. `depth` is that of the place the value will stand in.
pub(crate) fn decode(text: &str, origin: Origin, depth: usize) -> Result<(Value, usize), Fault> {
    let mut reader = Reader { text, at: 0, origin };
    let value = reader.value(depth)?;
    Ok((value, reader.at))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    origin: Origin,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes the next byte if it is this one.
    fn take(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn fault<T>(&self, problem: &'static str) -> Result<T, Fault> {
        Err(Fault::new(self.at, problem))
    }

    fn value(&mut self, depth: usize) -> Result<Value, Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault {
                is_limit: true,
                ..Fault::new(self.at, "it is nested deeper than 250 levels")
            });
        }
        self.blanks();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Value::Str),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                for (word, value) in [
                    ("true", Value::Bool(true)),
                    ("false", Value::Bool(false)),
                    ("null", Value::Null),
                ] {
                    if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                self.fault("a value is expected")
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut map = Map::new();
        self.at += 1;
        self.blanks();
        if self.take(b'}') {
            return Ok(Value::Map(map));
        }
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                return self.fault("a key in double quotes is expected");
            }
            let key = self.string()?;
            self.blanks();
            if !self.take(b':') {
                return self.fault("a colon is expected behind a key");
            }
            let value = self.value(depth + 1)?;
            map.insert(key, self.node(value));
            self.blanks();
            if self.take(b'}') {
                return Ok(Value::Map(map));
            }
            if !self.take(b',') {
                return self.fault("a comma or a closing brace is expected");
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut items = Vec::new();
        self.at += 1;
        self.blanks();
        if self.take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            let value = self.value(depth + 1)?;
            items.push(self.node(value));
            self.blanks();
            if self.take(b']') {
                return Ok(Value::List(items));
            }
            if !self.take(b',') {
                return self.fault("a comma or a closing bracket is expected");
            }
        }
    }

    fn node(&self, value: Value) -> Node {
        Node {
            value,
            origin: self.origin,
            key: None,
        }
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        let number = self.text.get(start..self.at).and_then(rollcast_go::parse_float);
        match number.filter(|number| number.is_finite()) {
            Some(number) => Ok(Value::Float(number)),
            None => Err(Fault::new(start, "the number is too large")),
        }
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            return self.fault("a digit is expected");
        }
        Ok(())
    }

    /// A string, from its opening quote on.
    fn string(&mut self) -> Result<String, Fault> {
        let opening = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(end) = rest.find(|c: char| matches!(c, '"' | '\\') || c < ' ') else {
                return Err(Fault::new(opening, "a string has no closing quote"));
            };
            text.push_str(rest.get(..end).unwrap_or_default());
            self.at += end;
            if self.take(b'"') {
                return Ok(text);
            }
            if !self.take(b'\\') {
                return self.fault("a line break or control character stands in a string");
            }
            text.push(self.escape()?);
        }
    }

    /// What a backslash, already read, means with what follows.
    fn escape(&mut self) -> Result<char, Fault> {
        let character = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                let first = self.unit()?;
                return Ok(self.paired(first));
            }
            _ => return self.fault("there is no such escape"),
        };
        self.at += 1;
        Ok(character)
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u16, Fault> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
        if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return self.fault("four hexadecimal digits are expected");
        }
        self.at += 4;
        Ok(u16::from_str_radix(digits, 16).unwrap_or_default())
    }

    /// The character of a UTF-16 unit and, where it is the first half of a pair, of the next one.
    fn paired(&mut self, first: u16) -> char {
        if let Some(character) = char::from_u32(u32::from(first)) {
            return character;
        }
        let before = self.at;
        if self.take(b'\\')
            && self.take(b'u')
            && let Ok(second) = self.unit()
            && let Some(Ok(character)) = char::decode_utf16([first, second]).next()
        {
            return character;
        }
        self.at = before;
        char::REPLACEMENT_CHARACTER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, &str), &'static str> {
        let (value, length) = decode(text, Origin::Flag { flag: 0 }, 0).map_err(|fault| fault.problem)?;
        Ok((value.to_json(), &text[length..]))
    }

    #[test]
    fn a_value_ends_where_it_is_complete() {
        for (text, value, rest) in [
            ("1y", "1", "y"),
            ("01", "0", "1"),
            ("1.50 ,x", "1.5", " ,x"),
            ("-0", "-0", ""),
            ("1E+2x", "100", "x"),
            ("truefalse", "true", "false"),
            ("nullx", "null", "x"),
            (" {\"a\" : [ ] } b", "{\"a\":[]}", " b"),
            ("[1,[2] , {}]]", "[1,[2],{}]", "]"),
            (r#"{"a":1,"a":{"b":2}}"#, r#"{"a":{"b":2}}"#, ""),
            ("9007199254740993", "9007199254740992", ""),
        ] {
            assert_eq!(read(text), Ok((value.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn strings_are_gos() {
        for (text, value) in [
            (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r#""\u0041\u00e9\ud83d\ude00""#, "Aé😀"),
            (r#""\ud83dx""#, "\u{FFFD}x"),
            (r#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
            (r#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"),
            (r#""\ud800\u0041""#, "\u{FFFD}A"),
            ("\"\u{7f}\u{2028}\"", "\u{7f}\u{2028}"),
        ] {
            let (read, _) = decode(text, Origin::Flag { flag: 0 }, 0).unwrap();
            assert_eq!(read, Value::Str(value.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "",
            "x",
            "True",
            "+1",
            ".5",
            "1.",
            "1e",
            "-",
            "'a'",
            "\"a",
            "\"\n\"",
            r#""\'""#,
            r#""\u12""#,
            r#""\ud83d\u12""#,
            "{a:1}",
            "{\"a\"}",
            "{\"a\":1,}",
            "{,}",
            "[1,]",
            "[1 2]",
            "[",
            "{",
            "{\"a\":",
            "1e400",
            "nul",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        let nested = |depth: usize| {
            decode(&"[".repeat(depth), Origin::Flag { flag: 0 }, 0)
                .unwrap_err()
                .is_limit
        };
        assert_eq!((nested(200), nested(1_000_000)), (false, true));
    }
}
