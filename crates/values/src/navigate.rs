use std::fmt;

use crate::value::Value;

/// Why `.name` cannot be taken of a value, in Go's words (text/template exec.go).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// The parent is nil or missing.
    NilPointer(String),
    /// The parent is a scalar or a list.
    NoField(String),
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NilPointer(name) => write!(f, "nil pointer evaluating interface {{}}.{name}"),
            Self::NoField(name) => write!(f, "can't evaluate field {name} in type interface {{}}"),
        }
    }
}

impl std::error::Error for FieldError {}

/// `.name` of a value in a template; a key that a table lacks is nil.
///
/// # Errors
/// The parent is no table.
pub fn field<'a>(parent: &'a Value, name: &str) -> Result<&'a Value, FieldError> {
    match parent {
        Value::Map(map) => Ok(map.get(name).map_or(&Value::Null, |node| &node.value)),
        Value::Null => Err(FieldError::NilPointer(name.to_owned())),
        _ => Err(FieldError::NoField(name.to_owned())),
    }
}
