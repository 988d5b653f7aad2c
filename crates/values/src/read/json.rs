//! From YAML's values to JSON's and back into Go (sigs.k8s.io/yaml over encoding/json): keys become text, numbers
//! float64, and the root must be a table.

use rollcast_yaml::Span;

use super::compose::Document;
use super::go::{Go, Key, Placed, Table};
use super::{At, ReadError};
use crate::note::Notes;
use crate::path::Step;
use crate::{Map, Node, NoteKind, Value};

pub(super) struct ToJson<'a> {
    document: &'a Document,
    at: At<'a>,
    notes: &'a mut Notes,
    /// The way to the value being converted.
    path: Vec<Step>,
}

impl<'a> ToJson<'a> {
    pub(super) fn new(document: &'a Document, at: At<'a>, notes: &'a mut Notes) -> Self {
        Self {
            document,
            at,
            notes,
            path: Vec::new(),
        }
    }

    /// The table a document makes. `has_infinite` says whether there may be a number that JSON cannot hold.
    pub(super) fn root(&mut self, root: Placed, has_infinite: bool) -> Result<Map, ReadError> {
        let span = self.document.span(root.id);
        let node = self.node(root, None)?;
        if has_infinite && let Some((value, span)) = unsupported(&node, span) {
            let text = rollcast_go::print(value);
            return Err(ReadError::json(&format!("json: unsupported value: {text}"), span));
        }
        let kind = match node.value {
            Value::Map(map) => return Ok(map),
            Value::Null => return Ok(Map::new()),
            Value::Bool(_) => "bool",
            Value::Str(_) => "string",
            Value::List(_) => "array",
            _ => "number",
        };
        let problem = format!("json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}");
        Err(ReadError {
            helm: Some(format!("error unmarshaling JSON: while decoding JSON: {problem}")),
            problem,
            span: Some(span),
        })
    }

    fn node(&mut self, placed: Placed, key: Option<Span>) -> Result<Node, ReadError> {
        let span = self.document.span(placed.id);
        #[expect(clippy::cast_precision_loss, reason = "JSON numbers become float64")]
        let value = match placed.value {
            Go::Null => Value::Null,
            Go::Bool(value) => Value::Bool(value),
            Go::Int(value) => Value::Float(value as f64),
            Go::UInt(value) => Value::Float(value as f64),
            Go::Float(value) => Value::Float(value),
            Go::Str(text) => Value::Str(text),
            Go::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (at, item) in items.into_iter().enumerate() {
                    self.path.push(Step::Index(at));
                    list.push(self.node(item, None)?);
                    self.path.pop();
                }
                Value::List(list)
            }
            Go::Map(table) => Value::Map(self.table(table)?),
        };
        Ok(Node {
            value,
            origin: (self.at)(span),
            key,
        })
    }
}

impl ToJson<'_> {
    fn table(&mut self, table: Table) -> Result<Map, ReadError> {
        let entries = table.into_entries();
        let mut nodes = Vec::with_capacity(entries.len());
        for entry in entries {
            let written = self.document.span(entry.written);
            let text = entry
                .key
                .into_text()
                .map_err(|key| unsupported_key(&key, &entry.value.value, written))?;
            self.path.push(Step::Key(text));
            let node = self.node(entry.value, Some(written))?;
            if let Some(Step::Key(text)) = self.path.pop() {
                nodes.push((text, node));
            }
        }
        Ok(Map::gather(nodes, |key, earlier, later| {
            let (Some(first), Some(written)) = (earlier.key, later.key) else {
                return;
            };
            let kind = NoteKind::CollidingKeys {
                key: key.to_owned(),
                first,
            };
            let last = Step::Key(key.to_owned());
            self.notes
                .take(kind, (self.at)(written), self.path.iter().chain([&last]));
        }))
    }
}

fn unsupported_key(key: &Key, value: &Go, written: Span) -> ReadError {
    let (kind, shown) = match key {
        Key::UInt(value) => ("uint64", format!("0x{value:x}")),
        _ => ("%!s(<nil>)", "<nil>".to_owned()),
    };
    let problem = format!(
        "unsupported map key of type: {kind}, key: {shown}, value: {}",
        value.spell()
    );
    ReadError::json(&problem, written)
}

/// The first number JSON cannot hold, in the order of writing JSON: tables by their keys.
fn unsupported(node: &Node, span: Span) -> Option<(f64, Span)> {
    let inside = |node: &Node| unsupported(node, node.origin.span().unwrap_or(span));
    match &node.value {
        Value::Float(value) if !value.is_finite() => Some((*value, span)),
        Value::List(items) => items.iter().find_map(inside),
        Value::Map(map) => map.values().find_map(inside),
        _ => None,
    }
}
