//! How Go prints values: `%v`, `%q` and JSON.

use crate::value::Value;

impl Value {
    /// What `{{ x }}` prints: Go's `%v`, with nothing for nil (Helm strips the `<no value>` Go would print).
    #[must_use]
    pub fn print(&self) -> String {
        match self {
            Self::Null => String::new(),
            other => {
                let mut text = String::new();
                other.print_into(&mut text);
                text
            }
        }
    }

    fn print_into(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("<nil>"),
            Self::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Self::Int(value) => text.push_str(&value.to_string()),
            Self::Float(value) => text.push_str(&rollcast_go::print(*value)),
            Self::Str(value) => text.push_str(value),
            Self::List(items) => {
                text.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        text.push(' ');
                    }
                    item.value.print_into(text);
                }
                text.push(']');
            }
            Self::Map(map) => {
                text.push_str("map[");
                for (at, (key, node)) in map.iter().enumerate() {
                    if at > 0 {
                        text.push(' ');
                    }
                    text.push_str(key);
                    text.push(':');
                    node.value.print_into(text);
                }
                text.push(']');
            }
        }
    }

    /// What sprig's `quote` prints: nothing for nil, else Go's `%q` of the print form.
    #[must_use]
    pub fn quote(&self) -> String {
        match self {
            Self::Null => String::new(),
            other => go_quote(&other.print()),
        }
    }

    /// Compact JSON, for showing a value to people; numbers as JSON writes them.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        self.json_into(&mut text);
        text
    }

    fn json_into(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Self::Int(value) => text.push_str(&value.to_string()),
            Self::Float(value) => text.push_str(&rollcast_go::json(*value)),
            Self::Str(value) => json_string(value, text),
            Self::List(items) => {
                text.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    item.value.json_into(text);
                }
                text.push(']');
            }
            Self::Map(map) => {
                text.push('{');
                for (at, (key, node)) in map.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    json_string(key, text);
                    text.push(':');
                    node.value.json_into(text);
                }
                text.push('}');
            }
        }
    }
}

fn json_string(value: &str, text: &mut String) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            control if control < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => text.push(other),
        }
    }
    text.push('"');
}

/// Go's `%q` (strconv.Quote).
pub(crate) fn go_quote(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{7}' => text.push_str("\\a"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{b}' => text.push_str("\\v"),
            other if is_print(other) => text.push(other),
            other => {
                let code = u32::from(other);
                text.push_str(&match code {
                    0..0x80 => format!("\\x{code:02x}"),
                    0x80..0x1_0000 => format!("\\u{code:04x}"),
                    _ => format!("\\U{code:08x}"),
                });
            }
        }
    }
    text.push('"');
    text
}

/// Go's `%q` of a rune (strconv.QuoteRune).
pub(crate) fn go_quote_rune(rune: char) -> String {
    match rune {
        '\'' => r"'\''".to_owned(),
        '"' => "'\"'".to_owned(),
        other => {
            let quoted = go_quote(other.encode_utf8(&mut [0; 4]));
            format!("'{}'", quoted.trim_matches('"'))
        }
    }
}

/// Go's `unicode.IsPrint`. Rust's `Debug` of a string escapes by the same categories, but for the first character also
/// combining marks; hence the letter before it.
fn is_print(character: char) -> bool {
    match character {
        ' '..='~' => true,
        '\0'..'\u{a1}' | '\u{ad}' => false,
        _ => !format!("a{character}").escape_debug().any(|c| c == '\\'),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Origin, Value, read};

    fn value(text: &str) -> Value {
        read(format!("x: {text}").as_bytes(), |span| Origin::File { file: 0, span })
            .unwrap()
            .map["x"]
            .value
            .clone()
    }

    #[test]
    fn values_print_as_go_prints_them() {
        for (text, printed, quoted) in [
            ("~", "", ""),
            ("yes", "true", "\"true\""),
            ("1000000", "1e+06", "\"1e+06\""),
            ("[a, 1, ~, [x]]", "[a 1 <nil> [x]]", "\"[a 1 <nil> [x]]\""),
            ("{b: 1, a: x}", "map[a:x b:1]", "\"map[a:x b:1]\""),
            ("[]", "[]", "\"[]\""),
            (r#""a\"b\\\n\t\a""#, "a\"b\\\n\t\u{7}", r#""a\"b\\\n\t\a""#),
            (
                r#""\x7f\xe9\u263a\u200b\U0001F600""#,
                "\u{7f}é☺\u{200b}😀",
                r#""\x7fé☺\u200b😀""#,
            ),
        ] {
            assert_eq!(value(text).print(), printed, "{text}");
            assert_eq!(value(text).quote(), quoted, "{text}");
        }
    }
}
