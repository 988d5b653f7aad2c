//! The template functions whose answers depend on types: `int`, `has`, `default`, `hasKey`, `first`, `len`, `eq`.

use std::fmt;

use rollcast_go::parse_int;

use crate::value::{Node, Value};

/// Why a function call fails, in Go's or sprig's words, without `error calling NAME: `.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallError(pub String);

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CallError {}

impl Value {
    /// sprig's `int` (spf13/cast `ToInt`): numbers are cut, booleans are 1 and 0, a text must be a Go integer in base 0
    /// (so `"015"` is 13) after dropping a tail of `.000`; everything else is 0.
    #[must_use]
    pub fn to_int(&self) -> i64 {
        match self {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "Go cuts too; out of range depends on the CPU there"
            )]
            Self::Float(value) => {
                // amd64 answers with the smallest int64 for what does not fit, and so do the recorded answers.
                if value.abs() < 9_223_372_036_854_775_808.0 {
                    *value as i64
                } else {
                    i64::MIN
                }
            }
            Self::Int(value) => *value,
            Self::Bool(value) => i64::from(*value),
            Self::Str(text) => {
                let whole = match text.split_once('.') {
                    Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
                    _ => text,
                };
                parse_int(whole).unwrap_or(0)
            }
            Self::Null | Self::List(_) | Self::Map(_) => 0,
        }
    }

    /// sprig's `default`: the given value if it is truthy, else the fallback.
    #[must_use]
    pub fn or<'a>(&'a self, fallback: &'a Self) -> &'a Self {
        if self.truthy() { self } else { fallback }
    }

    /// sprig's `has`: whether a list holds a value; no other type of haystack but nil will do.
    ///
    /// # Errors
    /// The haystack is neither a list nor nil.
    pub fn has(&self, needle: &str) -> Result<bool, CallError> {
        match self {
            Self::Null => Ok(false),
            Self::List(items) => Ok(items
                .iter()
                .any(|item| matches!(&item.value, Self::Str(text) if text == needle))),
            other => Err(CallError(format!("Cannot find has on type {}", kind(other)))),
        }
    }

    /// sprig's `hasKey`.
    ///
    /// # Errors
    /// Not a table, in the words of Go's argument check.
    pub fn has_key(&self, key: &str) -> Result<bool, CallError> {
        match self {
            Self::Map(map) => Ok(map.contains_key(key)),
            other => Err(wrong_type("map[string]interface {}", other)),
        }
    }

    /// sprig's `first`; nil for an empty list.
    ///
    /// # Errors
    /// Not a list.
    pub fn first(&self) -> Result<&Self, CallError> {
        match self {
            Self::List(items) => Ok(items.first().map_or(&Self::Null, |item| &item.value)),
            other => Err(CallError(format!("Cannot find first on type {}", kind(other)))),
        }
    }

    /// Go's `eq` and `ne` against a text.
    ///
    /// # Errors
    /// The value is no text, so Go refuses to compare.
    pub fn equals(&self, text: &str) -> Result<bool, CallError> {
        match self {
            Self::Str(value) => Ok(value == text),
            // Go takes nil as an untyped value that equals nothing.
            Self::Null => Ok(false),
            Self::Bool(_) | Self::Int(_) | Self::Float(_) => {
                Err(CallError("incompatible types for comparison".to_owned()))
            }
            Self::List(_) | Self::Map(_) => Err(CallError("incompatible types for comparison".to_owned())),
        }
    }

    /// The text a function with a string parameter takes.
    ///
    /// # Errors
    /// Not a text, in the words of Go's argument check.
    pub fn text(&self) -> Result<&str, CallError> {
        match self {
            Self::Str(text) => Ok(text),
            other => Err(wrong_type("string", other)),
        }
    }

    /// What `range` walks: the items of a list, the values of a table, nothing of nil.
    ///
    /// # Errors
    /// A scalar, in Go's words.
    pub fn range(&self) -> Result<Vec<(String, &Node)>, CallError> {
        match self {
            Self::Null => Ok(Vec::new()),
            Self::List(items) => Ok(items
                .iter()
                .enumerate()
                .map(|(at, item)| (at.to_string(), item))
                .collect()),
            Self::Map(map) => Ok(map.iter().map(|(key, node)| (key.clone(), node)).collect()),
            other => Err(CallError(format!("range can't iterate over {}", other.print()))),
        }
    }
}

/// Go's kind of a type, as sprig's list functions name it.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Map(_) => "map",
        other => other.go_type(),
    }
}

fn wrong_type(wanted: &str, value: &Value) -> CallError {
    let got = match value {
        Value::Null => "interface {}",
        other => other.go_type(),
    };
    CallError(format!("wrong type for value; expected {wanted}; got {got}"))
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
    fn int_is_sprigs() {
        for (text, number) in [
            ("15.9", 15),
            ("-0.5", 0),
            ("yes", 1),
            ("no", 0),
            ("~", 0),
            ("[]", 0),
            ("{}", 0),
            ("'15'", 15),
            ("'15.0'", 15),
            ("'15.'", 15),
            ("'+15'", 15),
            ("'015'", 13),
            ("'0x10'", 16),
            ("'1_0'", 10),
            ("'08'", 0),
            ("'15.9'", 0),
            ("15s", 0),
            ("' 15'", 0),
            ("'1e3'", 0),
            ("'true'", 0),
            ("1e20", i64::MIN),
        ] {
            assert_eq!(value(text).to_int(), number, "{text}");
        }
    }

    #[test]
    fn has_is_exact() {
        for (text, found) in [
            ("[ReadWriteOnce, ReadWriteMany]", Ok(true)),
            ("['ReadWriteMany ']", Ok(false)),
            ("[readwritemany]", Ok(false)),
            ("[[ReadWriteMany]]", Ok(false)),
            ("~", Ok(false)),
            ("ReadWriteMany", Err("Cannot find has on type string")),
            ("yes", Err("Cannot find has on type bool")),
            ("1", Err("Cannot find has on type float64")),
            ("{ReadWriteMany: }", Err("Cannot find has on type map")),
        ] {
            assert_eq!(
                value(text).has("ReadWriteMany").map_err(|error| error.0),
                found.map_err(str::to_owned),
                "{text}"
            );
        }
    }
}
