use std::collections::HashMap;

use base64::prelude::{BASE64_STANDARD as STANDARD, Engine as _};
use rollcast_yaml::{Mark, Scalar, Span};

use super::compose::{Composed, Document, Kind};
use super::scalar::{Resolved, resolve};
use super::{Note, NoteKind, Read, ReadError};
use crate::number::print_key;
use crate::{Map, Node, Origin, Value};

const LONG_TAG: &str = "tag:yaml.org,2002:";

/// Aliases can nest values deeper than the text is; the same limit holds for both (see `rollcast_yaml`).
const MAX_DEPTH: usize = 250;

/// From the tree to values, and the end of the document.
pub(super) fn decode(document: &Document, origin: &dyn Fn(Span) -> Origin) -> Result<(Read, Mark), ReadError> {
    let mut decoder = Decoder {
        document,
        origin,
        notes: Vec::new(),
        // go-yaml counts the document, too.
        decoded: 1,
        aliased: 0,
        following: Vec::new(),
    };
    let root = match document.root {
        Some(root) => decoder.value(root, 0)?,
        None => Go::Null,
    };
    let value = to_value(root)?;
    let map = match value {
        Value::Map(map) => map,
        Value::Null => Map::new(),
        other => {
            let kind = match other {
                Value::Bool(_) => "bool",
                Value::Float(_) => "number",
                Value::Str(_) => "string",
                Value::Null | Value::List(_) | Value::Map(_) => "array",
            };
            let problem = format!("json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}");
            return Err(ReadError {
                helm: format!("error unmarshaling JSON: while decoding JSON: {problem}"),
                problem,
                span: document
                    .root
                    .and_then(|root| document.nodes.get(root))
                    .map(|node| node.span),
            });
        }
    };
    Ok((
        Read {
            map,
            notes: decoder.notes,
        },
        document.end,
    ))
}

/// A value between YAML and JSON: keys still have types, numbers may be infinite.
enum Go {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64, Span),
    Str(String),
    List(Vec<Placed>),
    Map(Vec<Entry>),
}

struct Placed {
    value: Go,
    origin: Origin,
}

struct Entry {
    key: Key,
    written: Span,
    value: Placed,
    /// Whether a merge brought it.
    merged: bool,
}

/// A key as Go's map tells keys apart.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    Str(String),
}

struct Decoder<'a> {
    document: &'a Document,
    origin: &'a dyn Fn(Span) -> Origin,
    notes: Vec<Note>,
    decoded: u64,
    aliased: u64,
    /// Aliases being followed.
    following: Vec<usize>,
}

impl Decoder<'_> {
    fn node(&self, id: usize) -> Result<&Composed, ReadError> {
        self.document
            .nodes
            .get(id)
            .ok_or_else(|| ReadError::yaml("unknown node", Span::default()))
    }

    fn value(&mut self, id: usize, depth: usize) -> Result<Go, ReadError> {
        self.decoded += 1;
        if !self.following.is_empty() {
            self.aliased += 1;
        }
        let document = self.document;
        let Some(node) = document.nodes.get(id) else {
            return Err(ReadError::yaml("unknown node", Span::default()));
        };
        #[expect(clippy::cast_precision_loss, reason = "the ratio needs no more digits")]
        if self.aliased > 100
            && self.decoded > 1_000
            && self.aliased as f64 / self.decoded as f64 > allowed_alias_share(self.decoded)
        {
            return Err(ReadError::yaml("document contains excessive aliasing", node.span));
        }
        if depth > MAX_DEPTH {
            return Err(ReadError::yaml("exceeded max depth of 10000", node.span));
        }
        match &node.kind {
            Kind::Scalar(scalar) => self.scalar(scalar, node.span),
            Kind::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    list.push(self.placed(*item, depth + 1)?);
                }
                Ok(Go::List(list))
            }
            Kind::Map(children) => {
                let mut map = Table::default();
                self.fill(&mut map, children, depth)?;
                Ok(Go::Map(map.entries))
            }
            Kind::Alias { name, target } => {
                if self.following.contains(&id) {
                    return Err(ReadError::yaml(
                        &format!("anchor '{name}' value contains itself"),
                        node.span,
                    ));
                }
                self.following.push(id);
                let value = self.value(*target, depth + 1);
                self.following.pop();
                value
            }
        }
    }

    fn placed(&mut self, id: usize, depth: usize) -> Result<Placed, ReadError> {
        let origin = (self.origin)(self.node(id)?.span);
        Ok(Placed {
            value: self.value(id, depth)?,
            origin,
        })
    }

    fn fill(&mut self, map: &mut Table, children: &[usize], depth: usize) -> Result<(), ReadError> {
        let (pairs, _) = children.as_chunks::<2>();
        for [key_id, value_id] in pairs {
            let key_node = self.node(*key_id)?;
            let written = key_node.span;
            if let Kind::Scalar(scalar) = &key_node.kind
                && scalar.text == "<<"
                && (scalar.plain && scalar.tag.is_none() || scalar.tag.as_deref() == Some("tag:yaml.org,2002:merge"))
            {
                self.merge(map, *value_id, depth)?;
                continue;
            }
            let plain_text = match &key_node.kind {
                Kind::Scalar(scalar) => scalar.text.clone(),
                _ => String::new(),
            };
            let key = match self.value(*key_id, depth + 1)? {
                Go::Null => Key::Null,
                Go::Bool(value) => Key::Bool(value),
                Go::Int(value) => Key::Int(value),
                Go::UInt(value) => Key::UInt(value),
                Go::Float(value, _) => Key::Float(value),
                Go::Str(value) => Key::Str(value),
                collection @ (Go::List(_) | Go::Map(_)) => {
                    return Err(ReadError::yaml(
                        &format!("invalid map key: {}", go_syntax(&collection)),
                        written,
                    ));
                }
            };
            if !matches!(key, Key::Str(_) | Key::Null) {
                let text = key_text(&key).unwrap_or_default();
                self.note(
                    NoteKind::TypedKey {
                        written: plain_text,
                        key: text,
                    },
                    written,
                );
            }
            let value = self.placed(*value_id, depth + 1)?;
            let text = key_text(&key).unwrap_or_default();
            if let Some(earlier) = map.same(&key) {
                if !earlier.merged {
                    self.note(
                        NoteKind::DuplicateKey {
                            key: text,
                            first: earlier.written,
                        },
                        written,
                    );
                }
            } else if let Some((_, earlier)) = map.alike(&key).next() {
                self.note(
                    NoteKind::CollidingKeys {
                        key: text,
                        first: earlier.written,
                    },
                    written,
                );
            }
            map.set(Entry {
                key,
                written,
                value,
                merged: false,
            });
        }
        Ok(())
    }

    /// `<<`: the map's entries are set here, over what already stands; of a list the earlier maps win.
    fn merge(&mut self, map: &mut Table, id: usize, depth: usize) -> Result<(), ReadError> {
        let document = self.document;
        let wanted = "map merge requires map or sequence of maps as the value";
        let is_map = |id: usize| match document.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::Map(_)) => true,
            Some(Kind::Alias { target, .. }) => {
                matches!(document.nodes.get(*target).map(|node| &node.kind), Some(Kind::Map(_)))
            }
            _ => false,
        };
        let node = self.node(id)?;
        let span = node.span;
        let sources: Vec<usize> = match &document.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::List(items)) => items.iter().rev().copied().collect(),
            _ => vec![id],
        };
        for source in sources {
            if !is_map(source) {
                return Err(ReadError::yaml(wanted, span));
            }
            let Go::Map(entries) = self.value(source, depth + 1)? else {
                return Err(ReadError::yaml(wanted, span));
            };
            for mut entry in entries {
                if map.same(&entry.key).is_some_and(|earlier| !earlier.merged) {
                    self.note(
                        NoteKind::MergeOverrides {
                            key: key_text(&entry.key).unwrap_or_default(),
                        },
                        span,
                    );
                }
                entry.merged = true;
                map.set(entry);
            }
        }
        Ok(())
    }

    fn note(&mut self, kind: NoteKind, span: Span) {
        // An alias decodes its target again; its notes were taken the first time.
        if self.following.is_empty() {
            self.notes.push(Note { kind, span });
        }
    }

    fn scalar(&mut self, scalar: &Scalar, span: Span) -> Result<Go, ReadError> {
        let tag = scalar.tag.as_deref();
        let text = || Go::Str(scalar.text.clone());
        let wanted = match tag {
            None if scalar.plain => None,
            None => return Ok(text()),
            Some(tag) => match tag.strip_prefix(LONG_TAG) {
                Some(short @ ("bool" | "int" | "float" | "null" | "timestamp")) => Some(short),
                Some("binary") => {
                    // Go's decoder skips line breaks.
                    let Ok(bytes) = STANDARD.decode(scalar.text.replace(['\r', '\n'], "")) else {
                        return Err(ReadError::yaml("!!binary value contains invalid base64 data", span));
                    };
                    return Ok(Go::Str(String::from_utf8_lossy(&bytes).into_owned()));
                }
                _ => return Ok(text()),
            },
        };
        let resolved = resolve(&scalar.text, matches!(wanted, None | Some("timestamp")));
        let fits = match wanted {
            None => true,
            Some("float") => matches!(resolved, Resolved::Float(_) | Resolved::Int(_)),
            Some(wanted) => resolved.tag().strip_prefix("!!") == Some(wanted),
        };
        if !fits {
            let problem = format!(
                "cannot decode {} `{}` as a !!{}",
                resolved.tag(),
                scalar.text,
                wanted.unwrap_or_default()
            );
            return Err(ReadError::yaml(&problem, span));
        }
        if let (Resolved::Int(value), true) = (&resolved, scalar.text.starts_with('0') && scalar.text.len() > 1)
            && scalar.text.bytes().all(|byte| byte.is_ascii_digit())
            && scalar.text.trim_start_matches('0') != value.to_string().trim_start_matches('0')
        {
            let kind = NoteKind::Octal {
                written: scalar.text.clone(),
                decimal: value.to_string(),
            };
            self.note(kind, span);
        }
        Ok(match resolved {
            Resolved::Null => Go::Null,
            Resolved::Bool(value) => Go::Bool(value),
            Resolved::Int(value) => Go::Int(value),
            Resolved::UInt(value) => Go::UInt(value),
            Resolved::Float(value) => Go::Float(value, span),
            Resolved::Str | Resolved::Timestamp | Resolved::Merge => text(),
        })
    }
}

/// A map under construction: entries in order of writing, and an index from the key's JSON text to all entries that
/// become that text. Keys without a text (nil, above the signed range) end the reading anyway.
#[derive(Default)]
struct Table {
    entries: Vec<Entry>,
    index: HashMap<String, Vec<usize>>,
}

impl Table {
    fn alike(&self, key: &Key) -> impl Iterator<Item = (usize, &Entry)> {
        let places = self
            .index
            .get(&key_text(key).unwrap_or_default())
            .map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| Some((*at, self.entries.get(*at)?)))
    }

    /// The entry with the same key to YAML.
    fn same(&self, key: &Key) -> Option<&Entry> {
        self.alike(key).map(|(_, entry)| entry).find(|entry| entry.key == *key)
    }

    fn set(&mut self, entry: Entry) {
        let same = self
            .alike(&entry.key)
            .find(|(_, old)| old.key == entry.key)
            .map(|(at, _)| at);
        if let Some(slot) = same.and_then(|at| self.entries.get_mut(at)) {
            *slot = entry;
        } else {
            self.index
                .entry(key_text(&entry.key).unwrap_or_default())
                .or_default()
                .push(self.entries.len());
            self.entries.push(entry);
        }
    }
}

/// The share of alias-driven decodes go-yaml allows: 99 % up to 400,000 decodes, 10 % from 4,000,000 on.
fn allowed_alias_share(decoded: u64) -> f64 {
    const LOW: u64 = 400_000;
    const HIGH: u64 = 4_000_000;
    #[expect(clippy::cast_precision_loss, reason = "the ratio needs no more digits")]
    match decoded {
        ..=LOW => 0.99,
        HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ((decoded - LOW) as f64 / (HIGH - LOW) as f64),
    }
}

/// The JSON key a YAML key becomes (sigs.k8s.io/yaml `convertToJSONableObject`); `None` where it cannot.
fn key_text(key: &Key) -> Option<String> {
    Some(match key {
        Key::Str(text) => text.clone(),
        Key::Bool(value) => value.to_string(),
        Key::Int(value) => value.to_string(),
        Key::Float(value) if value.is_nan() => ".nan".to_owned(),
        Key::Float(value) => match print_key(*value).as_str() {
            "+Inf" => ".inf".to_owned(),
            "-Inf" => "-.inf".to_owned(),
            text => text.to_owned(),
        },
        Key::Null | Key::UInt(_) => return None,
    })
}

fn to_value(go: Go) -> Result<Value, ReadError> {
    Ok(match go {
        Go::Null => Value::Null,
        Go::Bool(value) => Value::Bool(value),
        #[expect(clippy::cast_precision_loss, reason = "JSON numbers become float64")]
        Go::Int(value) => Value::Float(value as f64),
        #[expect(clippy::cast_precision_loss, reason = "JSON numbers become float64")]
        Go::UInt(value) => Value::Float(value as f64),
        Go::Float(value, span) => {
            if !value.is_finite() {
                let text = if value.is_nan() {
                    "NaN"
                } else if value > 0.0 {
                    "+Inf"
                } else {
                    "-Inf"
                };
                let problem = format!("json: unsupported value: {text}");
                let helm = format!("error converting YAML to JSON: {problem}");
                return Err(ReadError {
                    helm,
                    problem,
                    span: Some(span),
                });
            }
            Value::Float(value)
        }
        Go::Str(text) => Value::Str(text),
        Go::List(items) => Value::List(
            items
                .into_iter()
                .map(|item| {
                    Ok(Node {
                        value: to_value(item.value)?,
                        origin: item.origin,
                        key: None,
                    })
                })
                .collect::<Result<_, ReadError>>()?,
        ),
        Go::Map(entries) => {
            let mut map = Map::new();
            for entry in entries {
                let Some(key) = key_text(&entry.key) else {
                    let (kind, shown) = match entry.key {
                        Key::UInt(value) => ("uint64", format!("0x{value:x}")),
                        _ => ("%!s(<nil>)", "<nil>".to_owned()),
                    };
                    let shown_value = go_syntax(&entry.value.value);
                    let problem = format!("unsupported map key of type: {kind}, key: {shown}, value: {shown_value}");
                    let helm = format!("error converting YAML to JSON: {problem}");
                    return Err(ReadError {
                        helm,
                        problem,
                        span: Some(entry.written),
                    });
                };
                let node = Node {
                    value: to_value(entry.value.value)?,
                    origin: entry.value.origin,
                    key: Some(entry.written),
                };
                map.insert(key, node);
            }
            Value::Map(map)
        }
    })
}

/// A value as Go's `%#v` spells it.
fn go_syntax(go: &Go) -> String {
    let inner = |go: &Go| match go {
        Go::Null => "interface {}(nil)".to_owned(),
        other => go_syntax(other),
    };
    match go {
        Go::Null => "<nil>".to_owned(),
        Go::Bool(value) => value.to_string(),
        Go::Int(value) => value.to_string(),
        Go::UInt(value) => format!("0x{value:x}"),
        Go::Float(value, _) => crate::number::print(*value),
        Go::Str(text) => crate::print::go_quote(text),
        Go::List(items) => {
            let items: Vec<String> = items.iter().map(|item| inner(&item.value)).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        Go::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| {
                    let key = match &entry.key {
                        Key::Null => "interface {}(nil)".to_owned(),
                        Key::Bool(value) => value.to_string(),
                        Key::Int(value) => value.to_string(),
                        Key::UInt(value) => format!("0x{value:x}"),
                        Key::Float(value) => crate::number::print(*value),
                        Key::Str(text) => crate::print::go_quote(text),
                    };
                    format!("{key}:{}", inner(&entry.value.value))
                })
                .collect();
            format!("map[interface {{}}]interface {{}}{{{}}}", entries.join(", "))
        }
    }
}
