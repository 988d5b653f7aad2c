use std::collections::HashMap;

use rollcast_yaml::{Event, Mark, Parser, Scalar, Span};

use super::ReadError;

/// The first document of a text as a tree in an arena, anchors not yet followed.
pub(super) struct Document {
    pub(super) nodes: Vec<Composed>,
    /// `None` for a text without a document.
    pub(super) root: Option<usize>,
    pub(super) end: Mark,
}

pub(super) struct Composed {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

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

/// Builds the tree. Like go-yaml it notices an unknown anchor the moment it reads the alias, and so before any error
/// further down.
pub(super) fn compose(text: &[u8]) -> Result<Document, ReadError> {
    let mut parser = Parser::new(text);
    let mut document = Document {
        nodes: Vec::new(),
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
                return Err(ReadError {
                    helm: format!("error converting YAML to JSON: {error}"),
                    problem: error.problem,
                    span: Some(Span {
                        start: error.mark,
                        end: error.mark,
                    }),
                });
            }
        };
        let (kind, anchor) = match event {
            Event::DocumentStart => continue,
            Event::DocumentEnd => {
                document.end = span.end;
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

impl ReadError {
    /// An error of go-yaml that carries no line.
    pub(super) fn yaml(problem: &str, span: Span) -> Self {
        Self {
            helm: format!("error converting YAML to JSON: yaml: {problem}"),
            problem: problem.to_owned(),
            span: Some(span),
        }
    }
}
