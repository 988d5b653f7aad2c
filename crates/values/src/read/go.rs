//! Values between YAML and JSON, as go-yaml hands them over.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use rollcast_go::{print, print_key};

use super::compose::Id;
use crate::print::go_quote;

/// A value whose keys still have types and whose numbers may be infinite.
pub(super) enum Go {
    Null,
    Bool(bool),
    Int(i64),
    /// Above the signed range.
    UInt(u64),
    Float(f64),
    Str(String),
    List(Vec<Placed>),
    Map(Table),
}

/// A value and the node it was made of.
pub(super) struct Placed {
    pub(super) value: Go,
    pub(super) id: Id,
}

/// A key as Go's map tells keys apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(Bits),
    Str(String),
}

/// A float as a key: both zeros are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bits(u64);

impl Bits {
    fn new(value: f64) -> Self {
        Self(if value == 0.0 { 0 } else { value.to_bits() })
    }

    fn float(self) -> f64 {
        f64::from_bits(self.0)
    }
}

impl Key {
    /// The key a value makes, or the list or map that cannot be one.
    pub(super) fn new(value: Go) -> Result<Self, Go> {
        Ok(match value {
            Go::Null => Self::Null,
            Go::Bool(value) => Self::Bool(value),
            Go::Int(value) => Self::Int(value),
            Go::UInt(value) => Self::UInt(value),
            Go::Float(value) => Self::Float(Bits::new(value)),
            Go::Str(value) => Self::Str(value),
            Go::List(_) | Go::Map(_) => return Err(value),
        })
    }

    /// The JSON key it becomes (sigs.k8s.io/yaml `convertToJSONableObject`), or the key where it cannot.
    pub(super) fn into_text(self) -> Result<String, Self> {
        Ok(match self {
            Self::Str(text) => text,
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::Float(bits) if bits.float().is_nan() => ".nan".to_owned(),
            Self::Float(bits) => match print_key(bits.float()).as_str() {
                "+Inf" => ".inf".to_owned(),
                "-Inf" => "-.inf".to_owned(),
                text => text.to_owned(),
            },
            Self::Null | Self::UInt(_) => return Err(self),
        })
    }

    fn spell(&self) -> String {
        match self {
            Self::Null => "interface {}(nil)".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::UInt(value) => format!("0x{value:x}"),
            Self::Float(bits) => print(bits.float()),
            Self::Str(text) => go_quote(text),
        }
    }
}

/// An entry of a map.
pub(super) struct Entry {
    pub(super) key: Key,
    /// The node of the key.
    pub(super) written: Id,
    pub(super) value: Placed,
    /// Whether a merge brought it.
    pub(super) merged: bool,
}

/// A map under construction: entries in order of writing.
#[derive(Default)]
pub(super) struct Table {
    entries: Vec<Entry>,
    /// Built once there are too many entries to look through.
    index: Option<Box<Index>>,
}

/// Places of entries by the hash of their key.
struct Index {
    places: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl Table {
    const FEW: usize = 12;

    pub(super) fn with_capacity(count: usize) -> Self {
        Self {
            entries: Vec::with_capacity(count),
            index: None,
        }
    }

    fn position(&self, key: &Key) -> Option<usize> {
        match &self.index {
            None => self.entries.iter().position(|entry| entry.key == *key),
            Some(index) => index.find(&self.entries, key),
        }
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Entry> {
        self.position(key).and_then(|at| self.entries.get(at))
    }

    /// Adds an entry, or replaces the one with the same key.
    pub(super) fn set(&mut self, entry: Entry) {
        if let Some(slot) = self.position(&entry.key).and_then(|at| self.entries.get_mut(at)) {
            *slot = entry;
            return;
        }
        let at = self.entries.len();
        self.entries.push(entry);
        if let Some(index) = &mut self.index {
            index.add(&self.entries, at);
        } else if at >= Self::FEW {
            let mut index = Index {
                places: HashTable::with_capacity(self.entries.capacity()),
                hasher: DefaultHashBuilder::default(),
            };
            for at in 0..self.entries.len() {
                index.add(&self.entries, at);
            }
            self.index = Some(Box::new(index));
        }
    }

    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

impl Index {
    fn find(&self, entries: &[Entry], key: &Key) -> Option<usize> {
        let is_it = |at: &usize| entries.get(*at).is_some_and(|entry| entry.key == *key);
        self.places.find(self.hasher.hash_one(key), is_it).copied()
    }

    /// Adds the entry at a place.
    fn add(&mut self, entries: &[Entry], at: usize) {
        let hash = |at: &usize| entries.get(*at).map_or(0, |entry| self.hasher.hash_one(&entry.key));
        self.places.insert_unique(hash(&at), at, hash);
    }
}

impl Go {
    /// The value as Go's `%#v` spells it.
    pub(super) fn spell(&self) -> String {
        let inner = |go: &Self| match go {
            Self::Null => "interface {}(nil)".to_owned(),
            other => other.spell(),
        };
        match self {
            Self::Null => "<nil>".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::UInt(value) => format!("0x{value:x}"),
            Self::Float(value) => print(*value),
            Self::Str(text) => go_quote(text),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(|item| inner(&item.value)).collect();
                format!("[]interface {{}}{{{}}}", items.join(", "))
            }
            Self::Map(table) => {
                let mut entries: Vec<&Entry> = table.entries.iter().collect();
                entries.sort_by(|a, b| spelling_order(&a.key, &b.key));
                let entries: Vec<String> = entries
                    .iter()
                    .map(|entry| format!("{}:{}", entry.key.spell(), inner(&entry.value.value)))
                    .collect();
                format!("map[interface {{}}]interface {{}}{{{}}}", entries.join(", "))
            }
        }
    }
}

/// Go prints a map's keys by type and then by value. The order of the types is that of their descriptors in the binary;
/// this is the one in Helm 3.17.3 for amd64.
fn spelling_order(a: &Key, b: &Key) -> std::cmp::Ordering {
    let rank = |key: &Key| match key {
        Key::Null => 0,
        Key::Str(_) => 1,
        Key::UInt(_) => 2,
        Key::Int(_) => 3,
        Key::Float(_) => 4,
        Key::Bool(_) => 5,
    };
    rank(a).cmp(&rank(b)).then_with(|| match (a, b) {
        (Key::Str(a), Key::Str(b)) => a.cmp(b),
        (Key::UInt(a), Key::UInt(b)) => a.cmp(b),
        (Key::Int(a), Key::Int(b)) => a.cmp(b),
        (Key::Bool(a), Key::Bool(b)) => a.cmp(b),
        (Key::Float(a), Key::Float(b)) => a
            .float()
            .partial_cmp(&b.float())
            .unwrap_or_else(|| b.float().is_nan().cmp(&a.float().is_nan())),
        _ => std::cmp::Ordering::Equal,
    })
}
