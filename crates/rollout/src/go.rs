//! How Go, in which the API server is written, prints values in its messages.

use serde_json::{Map, Number, Value};

/// A text as `%q` prints it (strconv.Quote).
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            c if u32::from(c) < 0x20 || c == '\u{7f}' => quoted.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A text as encoding/json writes it: `<`, `>` and `&` are escaped as well.
pub(crate) fn json_string(text: &str) -> String {
    let mut json = String::from('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => json.push_str(&format!("\\u{:04x}", u32::from(c))),
            c if u32::from(c) < 0x20 => json.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

/// A number as it stands in the JSON that an applier sends. Appliers read YAML, where a whole number is one however it
/// is written: `3.0` is sent as `3`.
pub(crate) fn number(number: &Number) -> String {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(float) => rollcast_go::json(float),
        None => number.to_string(),
    }
}

/// A whole number that fits 64 bits, however it was written.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    let Value::Number(value) = value else {
        return None;
    };
    value.as_i64().or_else(|| number(value).parse().ok())
}

/// A map's entries in the order of their keys.
pub(crate) fn in_order(map: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut keys: Vec<&String> = map.keys().collect();
    keys.sort_unstable();
    keys.into_iter().filter_map(|key| map.get_key_value(key)).collect()
}

/// Whatever JSON a map, a list or a scalar is, as `%v` prints its Go value; maps in the order of their keys.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => number(value),
        Value::String(value) => value.clone(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(plain).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Object(map) => {
            let entries: Vec<_> = in_order(map)
                .into_iter()
                .map(|(key, value)| format!("{key}:{}", plain(value)))
                .collect();
            format!("map[{}]", entries.join(" "))
        }
    }
}

/// The same as `%#v` prints it.
pub(crate) fn syntax(value: &Value) -> String {
    match value {
        Value::Null => "interface {}(nil)".to_owned(),
        Value::Bool(_) | Value::Number(_) => plain(value),
        Value::String(value) => quote(value),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(syntax).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        Value::Object(map) => {
            let entries: Vec<_> = in_order(map)
                .into_iter()
                .map(|(key, value)| format!("{}:{}", quote(key), syntax(value)))
                .collect();
            format!("map[string]interface {{}}{{{}}}", entries.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn printed(value: Value) -> String {
        let Value::Number(value) = value else {
            panic!("not a number: {value}");
        };
        number(&value)
    }

    #[test]
    fn texts() {
        assert_eq!(quote("a\"b\\c\nd\u{1}é"), r#""a\"b\\c\nd\x01é""#);
        assert_eq!(json_string("a<b>&\"\u{1}"), r#""a\u003cb\u003e\u0026\"\u0001""#);
    }

    #[test]
    fn numbers() {
        assert_eq!(printed(json!(3.0)), "3");
        assert_eq!(printed(json!(0.5)), "0.5");
        assert_eq!(printed(json!(-1)), "-1");
        assert_eq!(printed(json!(1e21)), "1e+21");
        assert_eq!(printed(json!(1e-7)), "1e-7");
    }

    #[test]
    fn integers() {
        assert_eq!(integer(&json!(3.0)), Some(3));
        assert_eq!(integer(&json!(3.5)), None);
        assert_eq!(integer(&json!(u64::MAX)), None);
        assert_eq!(integer(&json!("3")), None);
    }

    #[test]
    fn values() {
        let value = json!({"b": [1, null, "x"], "a": true});
        assert_eq!(plain(&value), "map[a:true b:[1 <nil> x]]");
        assert_eq!(
            syntax(&value),
            r#"map[string]interface {}{"a":true, "b":[]interface {}{1, interface {}(nil), "x"}}"#
        );
    }
}
