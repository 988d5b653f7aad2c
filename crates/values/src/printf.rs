//! Go's `%s` of values that need not be texts.

use crate::value::Value;

/// What `printf "%s"` prints (fmt print.go): a text as it is, `%!s(float64=5)` for what is none, and the same inside
/// lists and tables.
#[must_use]
pub fn sprintf_s(value: &Value) -> String {
    match value {
        Value::Str(text) => text.clone(),
        Value::Null => "%!s(<nil>)".to_owned(),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => format!("%!s({}={})", value.go_type(), value.print()),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| sprintf_s(&item.value)).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Map(map) => {
            let entries: Vec<String> = map
                .iter()
                .map(|(key, node)| format!("{key}:{}", sprintf_s(&node.value)))
                .collect();
            format!("map[{}]", entries.join(" "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sprintf_s;
    use crate::{Origin, read};

    #[test]
    fn what_is_no_text_is_marked_as_such() {
        for (text, printed) in [
            ("a", "a"),
            ("~", "%!s(<nil>)"),
            ("yes", "%!s(bool=true)"),
            ("1000000", "%!s(float64=1e+06)"),
            ("[a, 1, ~]", "[a %!s(float64=1) %!s(<nil>)]"),
            ("{b: 1, a: x}", "map[a:x b:%!s(float64=1)]"),
        ] {
            let map = read(format!("x: {text}").as_bytes(), Origin::Default).unwrap().map;
            assert_eq!(sprintf_s(&map["x"].value), printed, "{text}");
        }
    }
}
