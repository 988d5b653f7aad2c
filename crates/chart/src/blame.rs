//! What is wrong with a value and what to change, in our words.

use rollcast_values::Value;

use crate::RenderError;

/// Our side of an error.
#[derive(Clone, Debug)]
pub(crate) struct Blame {
    /// The values path at fault, in dots.
    pub(crate) path: Option<String>,
    /// What is wrong.
    pub(crate) what: String,
    /// What to change.
    pub(crate) action: String,
}

impl Blame {
    /// A fault of the value at a path.
    pub(crate) fn of(path: &str, what: String, action: String) -> Self {
        Self {
            path: Some(path.to_owned()),
            what,
            action,
        }
    }

    /// The error that Helm puts into these words.
    pub(crate) fn error(self, helm: String) -> Box<RenderError> {
        Box::new(RenderError {
            helm,
            what: self.what,
            action: self.action,
            path: self.path,
            reparse: false,
        })
    }
}

/// A value in a few words: "the text \"x\"", "a list".
fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => format!("the boolean {}", value.print()),
        Value::Int(_) | Value::Float(_) => format!("the number {}", value.print()),
        Value::Str(text) if text.is_empty() => "an empty text".to_owned(),
        Value::Str(text) => {
            let mut short: String = text.chars().take(40).collect();
            if short.len() < text.len() {
                short.push('…');
            }
            format!("the text {short:?}")
        }
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a table".to_owned(),
    }
}

/// A key is looked up in what is no table.
pub(crate) fn no_table(path: &str, value: &Value, key: &str) -> Blame {
    let is = described(value);
    match value {
        Value::Null => Blame::of(
            path,
            format!("`{path}` is null or missing, and the chart reads `{key}` in it."),
            format!("Remove the null so that the chart's defaults apply, or write a table under `{path}`."),
        ),
        _ => Blame::of(
            path,
            format!("`{path}` is {is}, and the chart reads `{key}` in it."),
            format!("Write a table under `{path}`, with `{key}` and its neighbours as keys."),
        ),
    }
}

/// `range` over what has no items.
pub(crate) fn no_list(path: &str, value: &Value) -> Blame {
    Blame::of(
        path,
        format!(
            "`{path}` is {}, and the chart goes through its items.",
            described(value)
        ),
        format!("Write a list or a table under `{path}`, or leave it out."),
    )
}

/// A table is falsy, and the chart uses it in place of a key in it.
pub(crate) fn empty(path: &str, key: &str, wanted: &str) -> Blame {
    Blame::of(
        path,
        format!("`{path}` is empty or missing, and the chart takes it for its own `{key}`."),
        format!("Make `{path}.{key}` {wanted}."),
    )
}

/// A function got a type it does not take.
pub(crate) fn wrong_type(path: &str, value: &Value, wanted: &str) -> Blame {
    Blame::of(
        path,
        format!("`{path}` is {}, and the chart needs {wanted}.", described(value)),
        format!("Make `{path}` {wanted}."),
    )
}
