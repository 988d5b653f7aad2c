//! The grammar of keys: `a.b[0].c=…`, several pairs in one argument (pkg/strvals parser.go, literal_parser.go).
//!
//! Keys are applied to what the files and earlier flags gave, never to the chart's defaults. Some arguments end without
//! a value and Helm takes them silently; what they have changed by then stays. [`Flow`] keeps these apart.

use super::error::Problem;
use super::pairs::{Pair, Sets};
use super::scan::Scan;
use super::{Flag, FlagKind, file, json, literal, set};
use crate::note::Notes;
use crate::path::Step;
use crate::print::{go_quote, go_quote_rune};
use crate::read::MAX_DEPTH;
use crate::{Map, Node, NoteKind, Origin, Value};

/// The largest index Helm takes.
const MAX_INDEX: i64 = 65_536;

/// So many dots may stand in a key.
const MAX_DOTS: usize = 30;

/// So many empty places may all flags together make in lists. Helm has no limit; people make a handful.
const PADDING: usize = 1 << 18;

/// Whether the argument goes on behind what was read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// There may be another pair.
    Next,
    /// The argument ended where more could have come; Helm's `io.EOF`.
    End,
}

/// Where a key stands.
#[derive(Clone, Copy)]
struct Place {
    /// Byte offset of its beginning.
    start: usize,
    /// The dots before it.
    dots: usize,
    /// The containers around it.
    depth: usize,
}

/// Reads one argument into a table.
pub(super) struct Walker<'a, 'b> {
    pub(super) scan: Scan<'a>,
    pub(super) flag: &'b Flag<'a>,
    pub(super) origin: Origin,
    /// How many of the files a `--set-file` argument names were asked for.
    pub(super) files: usize,
    /// The way to the value being set.
    path: Vec<Step>,
    shared: &'b mut Shared<'a>,
}

/// What the flags have in common.
pub(super) struct Shared<'a> {
    /// The chart's defaults, which flags do not see, to tell what a flag discards.
    defaults: &'a Map,
    /// How many empty places may still be made.
    padding: usize,
    pub(super) notes: Notes,
    /// Where the paths of `--set-file` go when nothing else of it is wanted.
    pub(super) paths: Option<Vec<String>>,
    /// Where the pairs go when they are wanted.
    pub(super) pairs: Option<Vec<Pair>>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(defaults: &'a Map) -> Self {
        Self {
            defaults,
            padding: PADDING,
            notes: Notes::default(),
            paths: None,
            pairs: None,
        }
    }
}

impl<'a, 'b> Walker<'a, 'b> {
    pub(super) fn new(flag: &'b Flag<'a>, index: usize, shared: &'b mut Shared<'a>) -> Self {
        Self {
            scan: Scan::new(flag.arg),
            flag,
            origin: Origin::Flag { flag: index },
            files: 0,
            path: Vec::new(),
            shared,
        }
    }

    pub(super) fn run(mut self, data: &mut Map) -> Result<(), Problem> {
        loop {
            let (start, known) = (self.scan.at(), self.shared.pairs.as_ref().map_or(0, Vec::len));
            let flow = self.key(data, 0, 0)?;
            let range = start..self.scan.at();
            if let Some(pairs) = &mut self.shared.pairs
                && !range.is_empty()
            {
                match pairs.get_mut(known) {
                    Some(pair) => pair.range = range,
                    None => pairs.push(Pair { range, sets: None }),
                }
            }
            if flow == Flow::End {
                return Ok(());
            }
        }
    }

    pub(super) fn node(&self, value: Value) -> Node {
        Node {
            value,
            origin: self.origin,
            key: None,
        }
    }

    pub(super) const fn paths(&mut self) -> Option<&mut Vec<String>> {
        self.shared.paths.as_mut()
    }

    pub(super) fn note(&mut self, kind: NoteKind) {
        self.shared.notes.take(kind, self.origin, &self.path);
    }

    /// Takes a step, and goes back when what is there is done.
    fn inside<T>(&mut self, step: Step, act: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let done = act(self);
        self.path.pop();
        done
    }

    /// The chart's default for the value being set.
    fn default(&self) -> Option<&Value> {
        let mut table = self.shared.defaults;
        let (last, parents) = self.path.split_last()?;
        for step in parents {
            let Step::Key(key) = step else { return None };
            let Value::Map(inner) = &table.get(key)?.value else {
                return None;
            };
            table = inner;
        }
        let Step::Key(key) = last else { return None };
        table.get(key).map(|node| &node.value)
    }

    /// Whether backslashes mean something.
    fn escapes(&self) -> bool {
        self.flag.kind != FlagKind::SetLiteral
    }

    /// One key and what hangs on it. `dots` counts those of the key, `depth` all containers.
    fn key(&mut self, data: &mut Map, dots: usize, depth: usize) -> Result<Flow, Problem> {
        let start = self.scan.at();
        if depth > MAX_DEPTH {
            return Err(too_deep(start));
        }
        let stops: &[char] = if self.escapes() {
            &['=', '[', ',', '.']
        } else {
            &['=', '[', '.']
        };
        let (key, stop) = self.scan.until(stops, self.escapes());
        if stop.is_some() && key.trim() != key {
            let kind = NoteKind::BlankAroundKey { key: key.clone() };
            self.inside(Step::Key(key.clone()), |walker| walker.note(kind));
        }
        match stop {
            None if key.is_empty() => {
                if depth > 0 {
                    self.note(NoteKind::NoValue);
                }
                Ok(Flow::End)
            }
            None => Err(no_value(start, &key, "")),
            Some(',') => Err(no_value(start, &key, " (cannot end with ,)")),
            Some('=') => {
                if key.is_empty() {
                    // Helm drops what has no key.
                    self.note(NoteKind::NoKey);
                    return self.value(depth + 1).map(|(_, flow)| flow);
                }
                let (value, flow) = self.inside(Step::Key(key.clone()), |walker| walker.value(depth + 1))?;
                data.insert(key, self.node(value));
                Ok(flow)
            }
            Some('[') => {
                let index = self.index()?;
                self.inside(Step::Key(key.clone()), |walker| {
                    walker.indexed(data, key, index, Place { start, dots, depth })
                })
            }
            Some(_) => self.inside(Step::Key(key.clone()), |walker| {
                walker.nested(
                    data,
                    key,
                    Place {
                        start,
                        dots: dots + 1,
                        depth,
                    },
                )
            }),
        }
    }

    /// `key.`: the rest belongs into the table of that name.
    fn nested(&mut self, data: &mut Map, key: String, at: Place) -> Result<Flow, Problem> {
        let Place { start, dots, depth } = at;
        if dots > MAX_DOTS {
            return Err(Problem::new(
                start,
                format!("value name nested level is greater than maximum supported nested level of {MAX_DOTS}"),
                format!("The key has more than {MAX_DOTS} dots."),
                "Give so deep a value in a values file, or with --set-json.",
            ));
        }
        let (flow, is_empty) = match data.get_mut(&key) {
            Some(node) => {
                let Value::Map(inner) = &mut node.value else {
                    return Err(not_a(start, &key, &node.value, "map[string]interface {}"));
                };
                (self.key(inner, dots, depth + 1)?, inner.is_empty())
            }
            None => {
                let mut inner = Map::new();
                let flow = self.key(&mut inner, dots, depth + 1)?;
                let is_empty = inner.is_empty();
                if !is_empty && !key.is_empty() {
                    data.insert(key.clone(), self.node(Value::Map(inner)));
                }
                (flow, is_empty)
            }
        };
        if is_empty && flow == Flow::Next {
            return Err(Problem::new(
                start,
                format!("key map {} has no value", go_quote(&key)),
                format!(
                    "Nothing is set below {}: a key between the dots is empty.",
                    go_quote(&key)
                ),
                "Name the key behind the dot; a dot that belongs to a key is written `\\.`.",
            ));
        }
        Ok(flow)
    }

    /// `key[index]`: a place in the list of that name.
    fn indexed(&mut self, data: &mut Map, key: String, index: i64, at: Place) -> Result<Flow, Problem> {
        let Place { start, dots, depth } = at;
        match data.get_mut(&key) {
            Some(node) => {
                let Value::List(list) = &mut node.value else {
                    return Err(not_a(start, &key, &node.value, "[]interface {}"));
                };
                let length = list.len();
                let flow = self.item(list, index, dots, depth + 1)?;
                if key.is_empty() {
                    // Go grows a copy, and without a key the copy is dropped.
                    list.truncate(length);
                }
                Ok(flow)
            }
            None => {
                if let Some(Value::List(default)) = self.default()
                    && !default.is_empty()
                {
                    let lost = default.len();
                    self.note(NoteKind::DefaultListDiscarded { lost });
                }
                let mut list = Vec::new();
                let flow = self.item(&mut list, index, dots, depth + 1)?;
                // Even an argument that ends here leaves its list behind.
                if !key.is_empty() {
                    data.insert(key, self.node(Value::List(list)));
                }
                Ok(flow)
            }
        }
    }

    /// What stands between brackets.
    fn index(&mut self) -> Result<i64, Problem> {
        let start = self.scan.at();
        let (text, stop) = self.scan.until(&[']'], self.escapes());
        let trouble = |words: String| {
            Problem::new(
                start,
                format!("error parsing index: {words}"),
                "The index of a list is not a number in brackets.",
                "Write it as in `list[0]`; a bracket that belongs to a key is written `\\[`.",
            )
        };
        if stop.is_none() {
            return Err(trouble("EOF".to_owned()));
        }
        text.parse().map_err(|_| {
            let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            let reason = if is_number {
                "value out of range"
            } else {
                "invalid syntax"
            };
            trouble(format!("strconv.Atoi: parsing {}: {reason}", go_quote(&text)))
        })
    }

    /// What follows `[index]`.
    fn item(&mut self, list: &mut Vec<Node>, index: i64, dots: usize, depth: usize) -> Result<Flow, Problem> {
        let start = self.scan.at();
        if depth > MAX_DEPTH {
            return Err(too_deep(start));
        }
        if index < 0 {
            return Err(Problem::new(
                start,
                format!("negative {index} index not allowed"),
                format!("A list has no place {index}."),
                "Count the places of a list from 0.",
            ));
        }
        // Where it does not fit it is above the largest index, and no list is so long.
        let at = usize::try_from(index).unwrap_or(usize::MAX);
        let (text, stop) = self.scan.until(&['[', '.', '='], self.escapes());
        if !text.is_empty() {
            let runes: Vec<String> = text.chars().map(go_quote_rune).collect();
            return Err(Problem::new(
                start,
                format!("unexpected data at end of array index: [{}]", runes.join(" ")),
                format!("{} stands behind the index of a list.", go_quote(&text)),
                "Let `=`, `.` or `[` follow the closing bracket.",
            ));
        }
        match stop {
            None => {
                self.note(NoteKind::NoValue);
                return Ok(Flow::End);
            }
            Some('=') => {
                let (value, _) = self.inside(Step::Index(at), |walker| walker.value(depth + 1))?;
                self.place(list, index, Some(value), start)?;
            }
            Some('[') => {
                let next = self.index()?;
                let mut fresh = Vec::new();
                let (inner, is_fresh) = match list.get_mut(at).map(|node| &mut node.value) {
                    None | Some(Value::Null) => (&mut fresh, true),
                    Some(Value::List(inner)) => (inner, false),
                    Some(other) => return Err(not_a(start, &format!("[{index}]"), other, "[]interface {}")),
                };
                let flow = self.inside(Step::Index(at), |walker| walker.item(inner, next, dots, depth + 1))?;
                if flow == Flow::End {
                    return Ok(Flow::End);
                }
                self.place(list, index, is_fresh.then_some(Value::List(fresh)), start)?;
            }
            Some(_) => {
                if let Some(node) = list.get_mut(at)
                    && !matches!(node.value, Value::Map(_))
                {
                    *node = self.node(Value::Map(Map::new()));
                }
                let mut fresh = Map::new();
                let (inner, is_fresh) = match list.get_mut(at).map(|node| &mut node.value) {
                    Some(Value::Map(inner)) => (inner, false),
                    _ => (&mut fresh, true),
                };
                let flow = self.inside(Step::Index(at), |walker| walker.key(inner, dots, depth + 1))?;
                if flow == Flow::End {
                    if is_fresh && !fresh.is_empty() {
                        self.inside(Step::Index(at), |walker| walker.note(NoteKind::NoValue));
                    }
                    return Ok(Flow::End);
                }
                self.place(list, index, is_fresh.then_some(Value::Map(fresh)), start)?;
            }
        }
        Ok(Flow::Next)
    }

    /// Puts a value at an index, growing the list; `None` for what was changed in its place, which Helm puts there again
    /// and so checks again.
    fn place(&mut self, list: &mut Vec<Node>, index: i64, value: Option<Value>, start: usize) -> Result<(), Problem> {
        if index > MAX_INDEX {
            return Err(Problem::new(
                start,
                format!("index of {index} is greater than maximum supported index of {MAX_INDEX}"),
                format!("The index {index} is above {MAX_INDEX}."),
                "Give the whole list in a values file, or with --set-json.",
            ));
        }
        let (Some(value), Ok(at)) = (value, usize::try_from(index)) else {
            return Ok(());
        };
        let empty = at.saturating_sub(list.len());
        let Some(padding) = self.shared.padding.checked_sub(empty) else {
            return Err(Problem::limit(
                start,
                format!("The flags make more than {PADDING} empty places in lists, which we do not follow."),
                "Give the lists in a values file, or with --set-json.",
            ));
        };
        self.shared.padding = padding;
        if empty > 0 {
            self.note(NoteKind::EmptyPlaces { count: empty });
        }
        while list.len() <= at {
            list.push(self.node(Value::Null));
        }
        let node = self.node(value);
        if let Some(slot) = list.get_mut(at) {
            *slot = node;
        }
        Ok(())
    }

    /// What stands behind the `=`.
    fn value(&mut self, depth: usize) -> Result<(Value, Flow), Problem> {
        let at = self.scan.at();
        let (value, flow) = match self.flag.kind {
            FlagKind::Set | FlagKind::SetString => set::value(self, &mut |_, _, text| Ok(text))?,
            FlagKind::SetFile => set::value(self, &mut file::content)?,
            FlagKind::SetJson => (json::value(self, depth)?, Flow::Next),
            FlagKind::SetLiteral => (literal::value(self), Flow::Next),
        };
        if let Some(pairs) = &mut self.shared.pairs {
            pairs.push(Pair {
                range: at..at,
                sets: Some(Sets {
                    at,
                    path: self.path.iter().cloned().collect(),
                    value: value.clone(),
                }),
            });
        }
        Ok((value, flow))
    }
}

fn no_value(at: usize, key: &str, tail: &str) -> Problem {
    Problem::new(
        at,
        format!("key {} has no value{tail}", go_quote(key)),
        format!("{} stands where a key is expected, and has no value.", go_quote(key)),
        "Write KEY=VALUE; a comma that belongs to a value is written `\\,`.",
    )
}

/// Go's words for a value that is not what the key takes it for.
fn not_a(at: usize, key: &str, found: &Value, wanted: &str) -> Problem {
    let is = match found {
        Value::Null => "nil",
        other => other.go_type(),
    };
    let (was, want) = (
        described(found),
        if wanted == "[]interface {}" { "list" } else { "table" },
    );
    Problem::new(
        at,
        format!("unable to parse key: interface conversion: interface {{}} is {is}, not {wanted}"),
        format!(
            "{} is {was} by then, and the key goes on as if it were a {want}.",
            go_quote(key)
        ),
        "Set the whole value with --set-json, or change the file or flag that sets it first.",
    )
}

fn described(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Int(_) | Value::Float(_) => "a number",
        Value::Str(_) => "text",
        Value::List(_) => "a list",
        Value::Map(_) => "a table",
    }
}

fn too_deep(at: usize) -> Problem {
    Problem::limit(
        at,
        format!("Values nested deeper than {MAX_DEPTH} levels are not followed."),
        "No chart reads values so deep; look for a repeated key.",
    )
}
