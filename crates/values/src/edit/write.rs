//! Values as text that Helm reads back as the same values.

use super::hand::{Hand, Quote};
use super::tree::Style;
use crate::read::{Resolved, resolve};
use crate::value::Value;

/// A value on one line. `flow` is set inside brackets, where fewer texts can do without quotes.
pub(super) fn inline(value: &Value, quote: Quote, flow: bool) -> String {
    let mut text = String::new();
    inline_into(value, quote, flow, &mut text);
    text
}

fn inline_into(value: &Value, quote: Quote, flow: bool, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Int(value) => text.push_str(&value.to_string()),
        Value::Float(value) if *value == 0.0 && value.is_sign_negative() => text.push_str("-0.0"),
        Value::Float(value) => text.push_str(&rollcast_go::json(*value)),
        Value::Str(value) => text.push_str(&string(value, quote, flow)),
        Value::List(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "" });
                inline_into(&item.value, quote, true, text);
            }
            text.push(']');
        }
        Value::Map(map) => {
            text.push('{');
            for (at, (key, node)) in map.iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "" });
                text.push_str(&string(key, quote, true));
                text.push_str(": ");
                inline_into(&node.value, quote, true, text);
            }
            text.push('}');
        }
    }
}

/// A text without quotes where that is the same text to every reader, else in the file's quotes.
pub(super) fn string(value: &str, quote: Quote, flow: bool) -> String {
    if quote != Quote::Always && is_plain(value, flow) {
        value.to_owned()
    } else {
        quoted(value, quote)
    }
}

/// A text in the quotes of the text it replaces.
pub(super) fn like(value: &str, style: Style, quote: Quote, flow: bool) -> String {
    match style {
        Style::SingleQuoted => quoted(value, Quote::Single),
        Style::DoubleQuoted => quoted(value, Quote::Double),
        Style::Empty | Style::Plain | Style::Block => string(value, quote, flow),
    }
}

/// Single quotes hold no line breaks and nothing unprintable.
fn quoted(value: &str, quote: Quote) -> String {
    let needs_escapes = value.chars().any(|c| !is_printable(c));
    if quote == Quote::Single && !needs_escapes {
        return format!("'{}'", value.replace('\'', "''"));
    }
    let mut text = String::with_capacity(value.len() + 2);
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            c if is_printable(c) => text.push(c),
            c => match u32::from(c) {
                code @ 0..0x100 => text.push_str(&format!("\\x{code:02x}")),
                code @ 0x100..0x1_0000 => text.push_str(&format!("\\u{code:04x}")),
                code => text.push_str(&format!("\\U{code:08x}")),
            },
        }
    }
    text.push('"');
    text
}

/// What YAML takes unescaped and shows as it is; a tab is escaped because nobody sees it.
const fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{2027}' | '\u{202A}'..='\u{D7FF}' | '\u{E000}'..='\u{FEFE}'
        | '\u{FF00}'..='\u{FFFD}' | '\u{1_0000}'..)
}

/// Letters, digits and a few signs that mean nothing where they stand, and no number, boolean, null or date.
fn is_plain(value: &str, flow: bool) -> bool {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@' | '+' | '=' | ' ' | '~' | '%');
    let Some(first) = value.chars().next() else {
        return false;
    };
    let outer = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/');
    let ends = value.ends_with(|c: char| inner(c) && c != ' ');
    let colons = !flow && !value.contains(": ");
    outer(first)
        && ends
        && value.chars().all(|c| inner(c) && is_printable(c) || c == ':' && colons)
        && resolve(value, true) == Resolved::Str
        && !value.starts_with(|c: char| c.is_ascii_digit() && value.contains(':'))
}

/// The lines of a new entry of a table in block style, without the indentation of the first column.
pub(super) fn entry(key: &str, value: &Value, hand: Hand) -> Vec<String> {
    let key = string(key, hand.quote, false);
    let mut lines = Vec::new();
    if is_inline(value) {
        lines.push(format!("{key}: {}", inline(value, hand.quote, false)));
    } else {
        lines.push(format!("{key}:"));
        lines.extend(block(value, hand, true));
    }
    lines
}

/// The lines of a new item of a list in block style, without the indentation of the first column.
pub(super) fn item(value: &Value, hand: Hand) -> Vec<String> {
    match value {
        Value::Map(map) if !map.is_empty() => {
            let lines = map.iter().flat_map(|(key, node)| entry(key, &node.value, hand));
            let indented = lines
                .enumerate()
                .map(|(at, line)| format!("{}{line}", if at == 0 { "- " } else { "  " }));
            indented.collect()
        }
        _ => vec![format!("- {}", inline(value, hand.quote, false))],
    }
}

/// The lines below a key (or, at the root, of the whole text), indented from the key's column.
pub(super) fn block(value: &Value, hand: Hand, below_key: bool) -> Vec<String> {
    let (lines, columns): (Vec<String>, usize) = match value {
        Value::Map(map) => (
            map.iter()
                .flat_map(|(key, node)| entry(key, &node.value, hand))
                .collect(),
            hand.step,
        ),
        Value::List(items) => (
            items.iter().flat_map(|node| item(&node.value, hand)).collect(),
            hand.dash,
        ),
        _ => (vec![inline(value, hand.quote, false)], hand.step),
    };
    let indentation = " ".repeat(if below_key { columns } else { 0 });
    lines.into_iter().map(|line| format!("{indentation}{line}")).collect()
}

/// Whether a value has no entries of its own to put on lines.
pub(super) fn is_inline(value: &Value) -> bool {
    match value {
        Value::Map(map) => map.is_empty(),
        Value::List(items) => items.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, read};

    const AWKWARD: [&str; 48] = [
        "",
        " ",
        "a",
        "a b",
        " a",
        "a ",
        "yes",
        "no",
        "y",
        "on",
        "true",
        "null",
        "~",
        "1",
        "1.5",
        "0x1",
        "1e3",
        "1:30",
        "2020-01-01",
        "a: b",
        "a:",
        "a:b",
        ":a",
        "# c",
        "a # c",
        "a#b",
        "- a",
        "-",
        "?",
        "? a",
        "[a]",
        "{a}",
        "a,b",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "'a'",
        "\"a\"",
        "a\\b",
        "two\nlines",
        "tab\there",
        "é☺😀",
        "\u{7f}\u{85}\u{feff}",
        "<<",
        "https://lobu.example.com/x?y=1",
    ];

    #[test]
    fn every_text_is_read_back_as_itself() {
        let styles = [Style::Plain, Style::SingleQuoted, Style::DoubleQuoted];
        for text in AWKWARD {
            for quote in [Quote::Single, Quote::Double] {
                for style in styles {
                    for (open, close) in [("x: ", "\n"), ("x: [", "]\n"), ("x: {k: ", "}\n")] {
                        let written = like(text, style, quote, open.len() > 3);
                        let document = format!("{open}{written}{close}");
                        let read = read(document.as_bytes(), Origin::Default).expect(&document);
                        let value = match &read.map["x"].value {
                            Value::List(items) => &items[0].value,
                            Value::Map(map) => &map["k"].value,
                            value => value,
                        };
                        assert_eq!(*value, Value::Str(text.to_owned()), "{document}");
                    }
                }
                let key = format!("{}: 1\n", string(text, quote, false));
                assert!(
                    read(key.as_bytes(), Origin::Default).unwrap().map.contains_key(text),
                    "{key}"
                );
            }
        }
    }

    #[test]
    fn common_texts_need_no_quotes() {
        for text in ["ReadWriteMany", "https://lobu.example.com", "15s", "50%", "a b"] {
            assert_eq!(string(text, Quote::Double, false), text);
        }
    }
}
