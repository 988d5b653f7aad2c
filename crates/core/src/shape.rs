//! What a value of the chart should look like: Helm takes any, and the chart has no schema.

use rollcast_chart::{Key, ValueType};
use rollcast_values::Value;
use serde_json::json;

/// What is expected at a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A value of this type.
    Of(ValueType),
    /// A list of Kubernetes' access modes.
    AccessModes,
}

/// `spec.accessModes` of a claim (Kubernetes, pkg/apis/core/types.go).
const MODES: [&str; 4] = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

/// From here on Helm prints a number of a file with an exponent.
const PLAIN: f64 = 1_000_000.0;

impl Shape {
    /// What is expected at a key, any of these.
    pub(crate) fn all(key: &Key) -> impl Iterator<Item = Self> {
        let modes = key.path.ends_with(".accessModes");
        key.types.iter().map(move |value_type| {
            if modes {
                Self::AccessModes
            } else {
                Self::Of(*value_type)
            }
        })
    }

    /// Whether a value has it. Null has every shape: it deletes a default.
    pub(crate) fn fits(self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::Null) => true,
            (Self::Of(ValueType::Boolean), Value::Bool(_))
            | (Self::Of(ValueType::Integer), Value::Int(_))
            | (Self::Of(ValueType::Text), Value::Str(_) | Value::Int(_))
            | (Self::Of(ValueType::List), Value::List(_))
            | (Self::Of(ValueType::Table), Value::Map(_)) => true,
            (Self::Of(ValueType::Integer), Value::Float(number)) => number.fract() == 0.0,
            // Quotes vanish when it is printed.
            (Self::Of(ValueType::Integer), Value::Str(text)) => is_whole(text),
            (Self::Of(ValueType::Text), Value::Float(number)) => *number < PLAIN,
            (Self::AccessModes, Value::List(modes)) => modes
                .iter()
                .all(|mode| matches!(&mode.value, Value::Str(mode) if MODES.contains(&mode.as_str()))),
            _ => false,
        }
    }

    /// The same as a JSON Schema.
    pub(crate) fn schema(self) -> serde_json::Value {
        match self {
            Self::Of(ValueType::Boolean) => json!({ "type": ["boolean", "null"] }),
            Self::Of(ValueType::Integer) => {
                json!({ "type": ["integer", "string", "null"], "pattern": "^(0|[1-9][0-9]*)$" })
            }
            Self::Of(ValueType::Text) => json!({ "type": ["string", "number", "null"], "exclusiveMaximum": PLAIN }),
            Self::Of(ValueType::List) => json!({ "type": ["array", "null"] }),
            Self::Of(ValueType::Table) => json!({ "type": ["object", "null"] }),
            Self::AccessModes => json!({ "type": ["array", "null"], "items": { "enum": MODES } }),
        }
    }

    /// In words, as in "expects …".
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Of(ValueType::Boolean) => "true or false",
            Self::Of(ValueType::Integer) => "a whole number",
            Self::Of(ValueType::Text) => "a text",
            Self::Of(ValueType::List) => "a list",
            Self::Of(ValueType::Table) => "a table",
            Self::AccessModes => "a list of access modes",
        }
    }
}

fn is_whole(text: &str) -> bool {
    text == "0" || (!text.starts_with('0') && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
}
