use rollcast_yaml::Span;

pub(crate) use crate::map::Map;

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value as Helm types it.
    pub value: Value,
    /// Where the value stands.
    pub origin: Origin,
    /// Where its key stands, when it has one in a text.
    pub key: Option<Span>,
}

/// A value as Helm holds it (Go's `interface{}` after YAML became JSON).
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Go's nil.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number of `--set`, Go's int64; it prints in plain digits.
    Int(i64),
    /// Every number of a file, of `--set-json` and of the defaults is a float64. Never NaN or infinite.
    Float(f64),
    /// A string.
    Str(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Map(Map),
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The release's own defaults.
    Default(Span),
    /// A values file, by its place among the `-f` files (from 0).
    File {
        /// Index of the file.
        file: usize,
        /// Where in its text.
        span: Span,
    },
    /// A flag, by its place among all flags as they were given (from 0).
    Flag {
        /// Index of the flag.
        flag: usize,
    },
    /// The last release of an upgrade that takes its values over ([`crate::reuse()`]).
    LastRelease,
}

impl Origin {
    /// Where in its text the value stands; a flag has no text with marks, and of the last release's texts none is at hand.
    #[must_use]
    pub const fn span(self) -> Option<Span> {
        match self {
            Self::Default(span) | Self::File { span, .. } => Some(span),
            Self::Flag { .. } | Self::LastRelease => None,
        }
    }
}

impl Value {
    /// Go's truth, which `if`, `with`, `and`, `or`, `not` and sprig's `default` share: nil, false, zero and what is
    /// empty are false; every non-empty string is true, `"false"` too (text/template `IsTrue`).
    #[must_use]
    pub fn truthy(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Str(value) => !value.is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Map(map) => !map.is_empty(),
        }
    }

    /// The type in Go's words, as error messages name it.
    #[must_use]
    pub fn go_type(&self) -> &'static str {
        match self {
            Self::Null => "<nil>",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int64",
            Self::Float(_) => "float64",
            Self::Str(_) => "string",
            Self::List(_) => "[]interface {}",
            Self::Map(_) => "map[string]interface {}",
        }
    }

    /// The value at a dotted path of keys, or `None` where a key is missing or a parent is no table.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Self> {
        let mut value = self;
        for key in path.split('.') {
            let Self::Map(map) = value else { return None };
            value = &map.get(key)?.value;
        }
        Some(value)
    }

    /// The node at a dotted path, for its origin.
    #[must_use]
    pub fn node_at(&self, path: &str) -> Option<&Node> {
        let (parent, key) = match path.rsplit_once('.') {
            Some((parent, key)) => (self.at(parent)?, key),
            None => (self, path),
        };
        let Self::Map(map) = parent else { return None };
        map.get(key)
    }
}

#[cfg(test)]
mod tests {
    use crate::value::Value;

    #[test]
    fn truth_is_gos() {
        let read = |text: &str| {
            crate::read(text.as_bytes(), |span| crate::Origin::File { file: 0, span })
                .unwrap()
                .map
        };
        for (text, truth) in [
            ("x: y", true),
            ("x: n", false),
            ("x: 'n'", true),
            ("x: \"false\"", true),
            ("x: ' '", true),
            ("x: ''", false),
            ("x:", false),
            ("x: -0.0", false),
            ("x: 0x0", false),
            ("x: []", false),
            ("x: [null]", true),
            ("x: {}", false),
            ("x: {a: null}", true),
        ] {
            assert_eq!(read(text)["x"].value.truthy(), truth, "{text}");
        }
        assert!(!Value::Null.truthy());
    }
}
