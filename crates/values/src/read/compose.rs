use std::collections::HashMap;

use rollcast_yaml::{Event, Mark, Parser, Span, Stage};

use super::scalar::{Resolved, resolve};
use super::{Place, ReadError};

/// A text may hold this many values. Helm has no limit; a file of 1 MiB holds half as many at most, and what Helm stores
/// of a release must be smaller.
const MOST: usize = 1_000_000;

/// The first document of a text as a tree in an arena, anchors not yet followed.
pub(super) struct Document {
    nodes: Vec<Composed>,
    /// Whether a node may be decoded more than once.
    aliased: bool,
    /// `None` for a text without a document.
    pub(super) root: Option<Id>,
    /// Where it ends in the text it was built of.
    pub(super) end: Mark,
}

/// A node's place in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Id(u32);

struct Composed {
    kind: Kind,
    stretch: Stretch,
    /// The next node in the same collection.
    next: Option<Id>,
}

/// What a node is.
#[derive(Clone)]
pub(super) enum Kind {
    Scalar(Text),
    List(Children),
    /// Keys and values in turn.
    Map(Children),
    Alias {
        name: Box<str>,
        target: Id,
    },
}

/// A scalar.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) tag: Option<Box<str>>,
    pub(super) plain: bool,
}

/// The nodes in a collection.
#[derive(Clone, Copy, Default)]
pub(super) struct Children {
    pub(super) first: Option<Id>,
    pub(super) count: usize,
}

/// A span in half the room.
#[derive(Clone, Copy, Default)]
struct Stretch {
    start: Spot,
    end: Spot,
}

/// A mark in half the room; no text that can be looked at is longer than 4 GiB.
#[derive(Clone, Copy, Default)]
struct Spot {
    offset: u32,
    line: u32,
    column: u32,
}

impl Spot {
    fn new(mark: Mark) -> Self {
        let short = |figure: usize| u32::try_from(figure).unwrap_or(u32::MAX);
        Self {
            offset: short(mark.offset),
            line: short(mark.line),
            column: short(mark.column),
        }
    }

    fn mark(self) -> Mark {
        Mark {
            offset: self.offset as usize,
            line: self.line as usize,
            column: self.column as usize,
        }
    }
}

impl Document {
    fn node(&self, id: Id) -> Option<&Composed> {
        self.nodes.get(id.0 as usize)
    }

    pub(super) fn kind(&self, id: Id) -> Option<&Kind> {
        self.node(id).map(|node| &node.kind)
    }

    pub(super) fn span(&self, id: Id) -> Span {
        let stretch = self.node(id).map(|node| node.stretch).unwrap_or_default();
        Span {
            start: stretch.start.mark(),
            end: stretch.end.mark(),
        }
    }

    /// The node behind this one in the same collection.
    pub(super) fn next(&self, id: Id) -> Option<Id> {
        self.node(id).and_then(|node| node.next)
    }

    /// The node's content, which is gone afterwards if no alias can ask for it again.
    pub(super) fn take(&mut self, id: Id) -> Kind {
        let aliased = self.aliased;
        let nothing = Kind::List(Children::default());
        match self.nodes.get_mut(id.0 as usize) {
            Some(node) if aliased => node.kind.clone(),
            Some(node) => std::mem::replace(&mut node.kind, nothing),
            None => nothing,
        }
    }

    /// Whether a key is `<<`.
    pub(super) fn is_merge(&self, id: Id) -> bool {
        matches!(self.kind(id), Some(Kind::Scalar(scalar)) if scalar.text == "<<"
            && (scalar.plain && scalar.tag.is_none() || scalar.tag.as_deref() == Some("tag:yaml.org,2002:merge")))
    }

    /// Whether a node is a map or an alias of one.
    pub(super) fn is_map(&self, id: Id) -> bool {
        match self.kind(id) {
            Some(Kind::Map(_)) => true,
            Some(Kind::Alias { target, .. }) => matches!(self.kind(*target), Some(Kind::Map(_))),
            _ => false,
        }
    }

    /// The text of a plain scalar that may be more than text.
    pub(super) fn number_or_word(&self, id: Id) -> Option<String> {
        match self.kind(id) {
            Some(Kind::Scalar(scalar)) if scalar.plain && resolve(&scalar.text, true) != Resolved::Str => {
                Some(scalar.text.clone())
            }
            _ => None,
        }
    }
}

/// A collection whose end is not reached.
struct Open {
    id: Id,
    last: Option<Id>,
}

/// Builds the tree of a text. Like go-yaml it notices an unknown anchor the moment it reads the alias, and so before any
/// error further down.
pub(super) fn compose(text: &[u8], place: Place) -> Result<Document, ReadError> {
    let mut parser = Parser::new(text);
    let mut document = Document {
        nodes: Vec::new(),
        aliased: false,
        root: None,
        end: Mark::default(),
    };
    let mut anchors: HashMap<String, Id> = HashMap::new();
    let mut open: Vec<Open> = Vec::new();
    loop {
        let (event, span) = match parser.next_event() {
            Ok(Some(next)) => next,
            Ok(None) => return Ok(document),
            Err(error) => {
                let span = place.span(Span {
                    start: error.mark,
                    end: error.mark,
                });
                if error.stage == Stage::Limit {
                    return Err(ReadError::limit(error.problem, span));
                }
                return Err(ReadError {
                    helm: Some(format!("error converting YAML to JSON: {error}")),
                    problem: error.problem,
                    span: Some(span),
                });
            }
        };
        let end = span.end;
        let span = place.span(span);
        let (kind, anchor) = match event {
            Event::DocumentStart => continue,
            Event::DocumentEnd => {
                document.end = end;
                return Ok(document);
            }
            Event::ListEnd | Event::MapEnd => {
                if let Some(open) = open.pop()
                    && let Some(node) = document.nodes.get_mut(open.id.0 as usize)
                {
                    node.stretch.end = Spot::new(span.end);
                }
                continue;
            }
            Event::Alias(name) => {
                let Some(target) = anchors.get(&name).copied() else {
                    return Err(ReadError::yaml(&format!("unknown anchor '{name}' referenced"), span));
                };
                document.aliased = true;
                let name = name.into_boxed_str();
                (Kind::Alias { name, target }, None)
            }
            Event::Scalar(scalar) => {
                let text = Text {
                    text: scalar.text,
                    tag: scalar.tag.map(String::into_boxed_str),
                    plain: scalar.plain,
                };
                (Kind::Scalar(text), scalar.anchor)
            }
            Event::ListStart { anchor, .. } => (Kind::List(Children::default()), anchor),
            Event::MapStart { anchor, .. } => (Kind::Map(Children::default()), anchor),
        };
        let id = document.add(kind, span, open.last_mut())?;
        if matches!(document.kind(id), Some(Kind::List(_) | Kind::Map(_))) {
            open.push(Open { id, last: None });
        }
        if let Some(anchor) = anchor {
            anchors.insert(anchor, id);
        }
    }
}

impl Document {
    /// Adds a node to the collection it stands in, or as the root.
    fn add(&mut self, kind: Kind, span: Span, parent: Option<&mut Open>) -> Result<Id, ReadError> {
        let id = match u32::try_from(self.nodes.len()) {
            Ok(id) if self.nodes.len() < MOST => Id(id),
            _ => {
                let problem = format!("more than {MOST} values are not followed");
                return Err(ReadError::limit(problem, span));
            }
        };
        match parent {
            Some(parent) => {
                if let Some(Composed {
                    kind: Kind::List(children) | Kind::Map(children),
                    ..
                }) = self.nodes.get_mut(parent.id.0 as usize)
                {
                    children.count += 1;
                    children.first = children.first.or(Some(id));
                }
                if let Some(last) = parent.last.replace(id)
                    && let Some(last) = self.nodes.get_mut(last.0 as usize)
                {
                    last.next = Some(id);
                }
            }
            None => self.root = Some(id),
        }
        self.nodes.push(Composed {
            kind,
            stretch: Stretch {
                start: Spot::new(span.start),
                end: Spot::new(span.end),
            },
            next: None,
        });
        Ok(id)
    }
}
