use std::collections::HashMap;

use rollcast_yaml::{Event, Mark, Parser, Scalar, Span, Stage};

use super::ReadError;
use super::scalar::{Resolved, resolve};

/// The first document of a text as a tree in an arena, anchors not yet followed.
pub(super) struct Document {
    nodes: Vec<Composed>,
    /// Whether a node may be decoded more than once.
    aliased: bool,
    /// `None` for a text without a document.
    pub(super) root: Option<usize>,
    /// Where it ends in the text it was built of.
    pub(super) end: Mark,
}

struct Composed {
    kind: Kind,
    span: Span,
}

#[derive(Clone)]
pub(super) enum Kind {
    Scalar(Scalar),
    List(Vec<usize>),
    /// Keys and values in turn.
    Map(Vec<usize>),
    Alias {
        name: String,
        target: usize,
    },
}

impl Document {
    pub(super) fn kind(&self, id: usize) -> Option<&Kind> {
        self.nodes.get(id).map(|node| &node.kind)
    }

    pub(super) fn span(&self, id: usize) -> Span {
        self.nodes.get(id).map(|node| node.span).unwrap_or_default()
    }

    /// The node's content, which is gone afterwards if no alias can ask for it again.
    pub(super) fn take(&mut self, id: usize) -> Kind {
        let aliased = self.aliased;
        let nothing = Kind::List(Vec::new());
        match self.nodes.get_mut(id) {
            Some(node) if aliased => node.kind.clone(),
            Some(node) => std::mem::replace(&mut node.kind, nothing),
            None => nothing,
        }
    }

    /// Whether a key is `<<`.
    pub(super) fn is_merge(&self, id: usize) -> bool {
        matches!(self.kind(id), Some(Kind::Scalar(scalar)) if scalar.text == "<<"
            && (scalar.plain && scalar.tag.is_none() || scalar.tag.as_deref() == Some("tag:yaml.org,2002:merge")))
    }

    /// Whether a node is a map or an alias of one.
    pub(super) fn is_map(&self, id: usize) -> bool {
        match self.kind(id) {
            Some(Kind::Map(_)) => true,
            Some(Kind::Alias { target, .. }) => matches!(self.kind(*target), Some(Kind::Map(_))),
            _ => false,
        }
    }

    /// The text of a plain scalar that may be more than text.
    pub(super) fn number_or_word(&self, id: usize) -> Option<String> {
        match self.kind(id) {
            Some(Kind::Scalar(scalar)) if scalar.plain && resolve(&scalar.text, true) != Resolved::Str => {
                Some(scalar.text.clone())
            }
            _ => None,
        }
    }
}

/// Builds the tree of a text that stands at `base` in its file. Like go-yaml it notices an unknown anchor the moment it reads the alias, and so before any error
/// further down.
pub(super) fn compose(text: &[u8], base: Mark) -> Result<Document, ReadError> {
    let placed = |span: Span| Span {
        start: behind(base, span.start),
        end: behind(base, span.end),
    };
    let mut parser = Parser::new(text);
    let mut document = Document {
        nodes: Vec::new(),
        aliased: false,
        root: None,
        end: Mark::default(),
    };
    let mut anchors: HashMap<String, usize> = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let (event, span) = match parser.next_event() {
            Ok(Some(next)) => next,
            Ok(None) => return Ok(document),
            Err(error) => {
                let span = placed(Span {
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
        let span = placed(span);
        let (kind, anchor) = match event {
            Event::DocumentStart => continue,
            Event::DocumentEnd => {
                document.end = end;
                return Ok(document);
            }
            Event::ListEnd | Event::MapEnd => {
                if let Some(node) = open.pop().and_then(|id| document.nodes.get_mut(id)) {
                    node.span.end = span.end;
                }
                continue;
            }
            Event::Alias(name) => {
                let Some(target) = anchors.get(&name).copied() else {
                    return Err(ReadError::yaml(&format!("unknown anchor '{name}' referenced"), span));
                };
                document.aliased = true;
                (Kind::Alias { name, target }, None)
            }
            Event::Scalar(mut scalar) => {
                let anchor = scalar.anchor.take();
                (Kind::Scalar(scalar), anchor)
            }
            Event::ListStart { anchor, .. } => (Kind::List(Vec::new()), anchor),
            Event::MapStart { anchor, .. } => (Kind::Map(Vec::new()), anchor),
        };
        let id = document.nodes.len();
        match open.last().and_then(|parent| document.nodes.get_mut(*parent)) {
            Some(Composed {
                kind: Kind::List(children) | Kind::Map(children),
                ..
            }) => children.push(id),
            _ => document.root = Some(id),
        }
        if matches!(kind, Kind::List(_) | Kind::Map(_)) {
            open.push(id);
        }
        if let Some(anchor) = anchor {
            anchors.insert(anchor, id);
        }
        document.nodes.push(Composed { kind, span });
    }
}

/// A mark of a text that begins, with a line, at `base`.
pub(super) fn behind(base: Mark, mark: Mark) -> Mark {
    Mark {
        offset: base.offset + mark.offset,
        line: base.line + mark.line,
        column: mark.column,
    }
}
