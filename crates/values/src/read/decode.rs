//! go-yaml's decoder: types, tags, merges and aliases (gopkg.in/yaml.v2 decode.go).

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::compose::{Children, Document, Id, Kind, Text};
use super::go::{Entry, Go, Key, Placed, Table};
use super::scalar::{Resolved, resolve};
use super::{At, ReadError};
use crate::NoteKind;
use crate::note::Notes;
use crate::path::Step;

const LONG_TAG: &str = "tag:yaml.org,2002:";

/// Values may be nested this deep, aliases followed. Helm goes to 10,000; no chart nests a hundred, and a browser's stack
/// is small.
pub(crate) const MAX_DEPTH: usize = 250;

/// With their repetitions by aliases a document may come to this many values and this many bytes of repeated text. Helm
/// follows more, in memory that a browser does not have.
const MOST_DECODED: u64 = 1_500_000;
const MOST_REPEATED: usize = 16 << 20;

pub(super) struct Decoder<'a> {
    document: &'a mut Document,
    at: At<'a>,
    notes: &'a mut Notes,
    /// Set while a key is decoded: what may surprise about a value is said of a key in another way.
    in_key: bool,
    /// The way to the value being decoded.
    path: Vec<Place>,
    decoded: u64,
    aliased: u64,
    /// Aliases being followed.
    following: Vec<Id>,
    /// Bytes of text that aliases have repeated.
    repeated: usize,
    /// Whether there is a number that JSON cannot hold.
    pub(super) has_infinite: bool,
}

/// A step of the way to a value.
enum Place {
    Key(Key),
    Index(usize),
}

impl<'a> Decoder<'a> {
    pub(super) fn new(document: &'a mut Document, at: At<'a>, notes: &'a mut Notes) -> Self {
        Self {
            document,
            at,
            notes,
            in_key: false,
            path: Vec::new(),
            // go-yaml counts the document, too.
            decoded: 1,
            aliased: 0,
            following: Vec::new(),
            repeated: 0,
            has_infinite: false,
        }
    }

    /// The value of the document, or `None` where there is no document.
    pub(super) fn root(&mut self) -> Result<Option<Placed>, ReadError> {
        self.document.root.map(|root| self.placed(root, 0)).transpose()
    }

    fn placed(&mut self, id: Id, depth: usize) -> Result<Placed, ReadError> {
        let value = self.value(id, depth)?;
        Ok(Placed { value, id })
    }

    fn value(&mut self, id: Id, depth: usize) -> Result<Go, ReadError> {
        self.count(id)?;
        if depth > MAX_DEPTH {
            let problem = format!("values nested deeper than {MAX_DEPTH} levels are not followed");
            return Err(ReadError::limit(problem, self.document.span(id)));
        }
        match self.document.take(id) {
            Kind::Scalar(scalar) => self.scalar(scalar, id),
            Kind::List(children) => {
                let mut list = Vec::with_capacity(children.count);
                let mut next = children.first;
                while let Some(item) = next {
                    self.path.push(Place::Index(list.len()));
                    list.push(self.placed(item, depth + 1)?);
                    self.path.pop();
                    next = self.document.next(item);
                }
                Ok(Go::List(list))
            }
            Kind::Map(children) => {
                let mut table = Table::with_capacity(children.count / 2);
                self.fill(&mut table, children, depth)?;
                Ok(Go::Map(table))
            }
            Kind::Alias { name, target } => {
                if self.following.contains(&id) {
                    let problem = format!("anchor '{name}' value contains itself");
                    return Err(ReadError::yaml(&problem, self.document.span(id)));
                }
                self.following.push(id);
                let value = self.value(target, depth + 1);
                self.following.pop();
                value
            }
        }
    }

    /// go-yaml's guard against aliases that multiply.
    fn count(&mut self, id: Id) -> Result<(), ReadError> {
        self.decoded += 1;
        self.aliased += u64::from(!self.following.is_empty());
        #[expect(clippy::cast_precision_loss, reason = "the ratio needs no more digits")]
        let share = self.aliased as f64 / self.decoded as f64;
        if self.aliased > 100 && self.decoded > 1_000 && share > allowed_alias_share(self.decoded) {
            let span = self.document.span(id);
            return Err(ReadError::yaml("document contains excessive aliasing", span));
        }
        if self.decoded > MOST_DECODED || self.repeated > MOST_REPEATED {
            let problem = "aliases that repeat so much are not followed".to_owned();
            return Err(ReadError::limit(problem, self.document.span(id)));
        }
        Ok(())
    }

    fn fill(&mut self, table: &mut Table, children: Children, depth: usize) -> Result<(), ReadError> {
        let mut next = children.first;
        while let Some(written) = next
            && let Some(value_id) = self.document.next(written)
        {
            next = self.document.next(value_id);
            if self.document.is_merge(written) {
                self.merge(table, value_id, written, depth)?;
                continue;
            }
            let spelt = self.document.number_or_word(written);
            let key = self.key(written, depth)?;
            if let Some(spelt) = spelt
                && !matches!(key, Key::Str(_) | Key::Null)
            {
                let kind = NoteKind::TypedKey {
                    written: spelt,
                    key: key.clone().into_text().unwrap_or_default(),
                };
                self.note(kind, written, Some(&key));
            }
            self.path.push(Place::Key(key));
            let value = self.placed(value_id, depth + 1)?;
            let Some(Place::Key(key)) = self.path.pop() else {
                continue;
            };
            if let Some(earlier) = table.get(&key)
                && !earlier.merged
            {
                let kind = NoteKind::DuplicateKey {
                    key: key.clone().into_text().unwrap_or_default(),
                    first: self.document.span(earlier.written),
                };
                self.note(kind, written, Some(&key));
            }
            table.set(Entry {
                key,
                written,
                value,
                merged: false,
            });
        }
        Ok(())
    }

    fn key(&mut self, id: Id, depth: usize) -> Result<Key, ReadError> {
        let outer = std::mem::replace(&mut self.in_key, true);
        let key = self.value(id, depth + 1)?;
        self.in_key = outer;
        Key::new(key).map_err(|key| {
            let problem = format!("invalid map key: {}", key.spell());
            ReadError::yaml(&problem, self.document.span(id))
        })
    }

    /// `<<`: the map's entries are set here, over what already stands; of a list the earlier maps win.
    fn merge(&mut self, table: &mut Table, id: Id, written: Id, depth: usize) -> Result<(), ReadError> {
        let span = self.document.span(id);
        let refused = || ReadError::yaml("map merge requires map or sequence of maps as the value", span);
        let mut sources = Vec::new();
        match self.document.kind(id) {
            Some(Kind::List(children)) => {
                let mut next = children.first;
                while let Some(source) = next {
                    sources.push(source);
                    next = self.document.next(source);
                }
            }
            _ => sources.push(id),
        }
        for source in sources.into_iter().rev() {
            if !self.document.is_map(source) {
                return Err(refused());
            }
            let Go::Map(entries) = self.value(source, depth + 1)? else {
                return Err(refused());
            };
            for mut entry in entries.into_entries() {
                if let Some(explicit) = table.get(&entry.key).filter(|earlier| !earlier.merged) {
                    let kind = NoteKind::MergeOverrides {
                        key: entry.key.clone().into_text().unwrap_or_default(),
                        first: self.document.span(explicit.written),
                    };
                    self.note(kind, written, Some(&entry.key));
                }
                entry.merged = true;
                table.set(entry);
            }
        }
        Ok(())
    }

    fn note(&mut self, kind: NoteKind, id: Id, key: Option<&Key>) {
        // An alias decodes its target again; its notes were taken the first time.
        if self.in_key || !self.following.is_empty() || self.notes.are_enough() {
            return;
        }
        let text = |key: &Key| Step::Key(key.clone().into_text().unwrap_or_default());
        let steps = self.path.iter().map(|place| match place {
            Place::Key(key) => text(key),
            Place::Index(at) => Step::Index(*at),
        });
        let steps: Vec<Step> = steps.chain(key.map(text)).collect();
        let span = self.document.span(id);
        self.notes.take(kind, (self.at)(span), &steps);
    }

    fn scalar(&mut self, scalar: Text, id: Id) -> Result<Go, ReadError> {
        let Text { text, tag, plain } = scalar;
        if !self.following.is_empty() {
            self.repeated += text.len();
        }
        let wanted = match tag.as_deref() {
            None if plain => None,
            None => return Ok(Go::Str(text)),
            Some(tag) => match tag.strip_prefix(LONG_TAG) {
                Some(short @ ("bool" | "int" | "float" | "null" | "timestamp")) => Some(short),
                Some("binary") => {
                    // Go's decoder skips line breaks.
                    let Ok(bytes) = BASE64_STANDARD.decode(text.replace(['\r', '\n'], "")) else {
                        let span = self.document.span(id);
                        return Err(ReadError::yaml("!!binary value contains invalid base64 data", span));
                    };
                    return Ok(Go::Str(String::from_utf8_lossy(&bytes).into_owned()));
                }
                _ => return Ok(Go::Str(text)),
            },
        };
        let resolved = resolve(&text, matches!(wanted, None | Some("timestamp")));
        let fits = match wanted {
            None => true,
            Some("float") => matches!(resolved, Resolved::Float(_) | Resolved::Int(_)),
            Some(wanted) => resolved.tag().strip_prefix("!!") == Some(wanted),
        };
        if !fits {
            let (found, wanted) = (resolved.tag(), wanted.unwrap_or_default());
            let problem = format!("cannot decode {found} `{text}` as a !!{wanted}");
            return Err(ReadError::yaml(&problem, self.document.span(id)));
        }
        if let Some(kind) = trap(&text, &resolved) {
            self.note(kind, id, None);
        }
        Ok(match resolved {
            Resolved::Null => Go::Null,
            Resolved::Bool(value) => Go::Bool(value),
            Resolved::Int(value) => Go::Int(value),
            Resolved::UInt(value) => Go::UInt(value),
            Resolved::Float(value) => {
                self.has_infinite |= !value.is_finite();
                Go::Float(value)
            }
            Resolved::Str | Resolved::Timestamp | Resolved::Merge => Go::Str(text),
        })
    }
}

/// What may surprise about a plain scalar.
fn trap(text: &str, resolved: &Resolved) -> Option<NoteKind> {
    let written = || text.to_owned();
    #[expect(clippy::cast_precision_loss, reason = "what is lost is the point")]
    let (value, exact) = match *resolved {
        Resolved::Bool(value) if !text.eq_ignore_ascii_case("true") && !text.eq_ignore_ascii_case("false") => {
            let written = written();
            return Some(NoteKind::BooleanWord { written, value });
        }
        Resolved::Int(value) => (value as f64, i128::from(value)),
        Resolved::UInt(value) => (value as f64, i128::from(value)),
        Resolved::Float(value) if value.is_finite() => {
            let printed = rollcast_go::print(value);
            return (printed != text).then(|| NoteKind::Respelt {
                written: written(),
                printed,
            });
        }
        _ => return None,
    };
    let unsigned = text.trim_start_matches(['+', '-']);
    if unsigned.len() > 1 && unsigned.starts_with('0') && unsigned.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
        return Some(NoteKind::Octal {
            written: written(),
            decimal: exact.to_string(),
        });
    }
    #[expect(clippy::cast_possible_truncation, reason = "a float64 made of 64 bits fits into 128")]
    let read = value as i128;
    if read != exact {
        return Some(NoteKind::PrecisionLost {
            written: written(),
            read: read.to_string(),
        });
    }
    let printed = rollcast_go::print(value);
    (printed != text).then(|| NoteKind::Respelt {
        written: written(),
        printed,
    })
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
