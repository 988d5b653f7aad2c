//! Where a path leads in a text.

use rollcast_yaml::Layout;

use super::tree::{Item, Kind, Node, Pair, Tree};
use super::{Path, Refusal, Step};
use crate::value::{Node as ValueNode, Origin, Value};
use crate::{Note, NoteKind, Read, read};

/// A text with its tree and its values.
pub(super) struct View<'a> {
    pub(super) tree: Tree<'a>,
    root: Value,
    notes: Vec<Note>,
}

/// A value in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its node; `None` for the root of a text without a document.
    pub(super) id: Option<usize>,
    /// What holds it.
    pub(super) holder: Holder,
    /// Whether it stands inside brackets.
    pub(super) flow: bool,
}

/// What holds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    Root,
    Pair(Pair),
    Item(Item),
}

/// What a path leads to.
pub(super) enum Found<'v> {
    /// A value, the place of its parent, and its index among the parent's entries.
    Here {
        place: Place,
        parent: Option<(Place, usize)>,
        value: &'v Value,
    },
    /// A table (or a null, or an empty text) that lacks the key after so many steps.
    Missing { place: Place, depth: usize },
    /// A table that has the key after so many steps from a merge.
    Merged { place: Place, depth: usize },
}

impl<'a> View<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, Refusal> {
        let Read { map, notes } =
            read(text.as_bytes(), |span| Origin::File { file: 0, span }).map_err(Refusal::Unreadable)?;
        Ok(Self {
            tree: Tree::new(text).ok_or(Refusal::Inexact)?,
            root: Value::Map(map),
            notes,
        })
    }

    pub(super) fn find(&self, path: &Path) -> Result<Found<'_>, Refusal> {
        let mut place = Place {
            id: self.tree.root,
            holder: Holder::Root,
            flow: false,
        };
        let mut parent = None;
        let mut value = &self.root;
        for (depth, step) in path.steps.iter().enumerate() {
            let here = || path.first(depth);
            let Some((id, node)) = place.id.and_then(|id| Some((id, self.tree.node(id)?))) else {
                return Ok(Found::Missing { place, depth });
            };
            self.own(id, node, &path.first(depth))?;
            let flow = place.flow
                || matches!(
                    node.kind,
                    Kind::List {
                        style: Layout::Flow,
                        ..
                    } | Kind::Map {
                        style: Layout::Flow,
                        ..
                    }
                );
            let (index, next, holder) = match (step, value, &node.kind) {
                (Step::Key(key), Value::Map(map), Kind::Map { pairs, .. }) => {
                    let Some(entry) = map.get(key) else {
                        return Ok(Found::Missing { place, depth });
                    };
                    self.unambiguous(entry, &path.first(depth + 1))?;
                    let Some((index, pair)) = self.pair(pairs, entry) else {
                        if self.overridden(pairs, key) {
                            return Err(Refusal::Merged {
                                path: path.first(depth + 1),
                            });
                        }
                        return Ok(Found::Merged { place, depth });
                    };
                    (index, entry, Holder::Pair(pair))
                }
                (Step::Key(_), Value::Null | Value::Map(_), _) => return Ok(Found::Missing { place, depth }),
                (Step::Key(_), ..) => return Err(Refusal::NoTable { path: here() }),
                (Step::Index(index), Value::List(values), Kind::List { items, .. }) => {
                    let (Some(entry), Some(item)) = (values.get(*index), items.get(*index)) else {
                        return Err(Refusal::NoItem {
                            path: here(),
                            length: values.len(),
                        });
                    };
                    (*index, entry, Holder::Item(*item))
                }
                (Step::Index(_), ..) => return Err(Refusal::NoList { path: here() }),
            };
            parent = Some((place, index));
            value = &next.value;
            place = Place {
                id: match holder {
                    Holder::Pair(pair) => Some(pair.value),
                    Holder::Item(item) => Some(item.node),
                    Holder::Root => None,
                },
                holder,
                flow,
            };
        }
        Ok(Found::Here { place, parent, value })
    }

    /// Refuses a node that stands for another, or that others stand for.
    pub(super) fn own(&self, id: usize, node: &Node, path: &Path) -> Result<(), Refusal> {
        if let Kind::Alias { name, .. } = &node.kind {
            return Err(Refusal::Alias {
                path: path.clone(),
                anchor: name.clone(),
            });
        }
        if let Some(anchor) = self.tree.repeated(id) {
            return Err(Refusal::Anchored {
                path: path.clone(),
                anchor: anchor.to_owned(),
            });
        }
        Ok(())
    }

    /// The pair of a table that an entry was read from; `None` if it came from another table.
    fn pair(&self, pairs: &[Pair], entry: &ValueNode) -> Option<(usize, Pair)> {
        let key = entry.key?.start.offset;
        let at = |pair: &Pair| self.tree.node(pair.key).is_some_and(|node| node.start == key);
        let index = pairs.iter().position(at)?;
        Some((index, *pairs.get(index)?))
    }

    /// Whether one of the pairs sets the key and a later merge overrides it.
    fn overridden(&self, pairs: &[Pair], key: &str) -> bool {
        self.notes.iter().any(|note| match &note.kind {
            NoteKind::MergeOverrides { key: merged, first } => {
                let at = |pair: &Pair| {
                    self.tree
                        .node(pair.key)
                        .is_some_and(|node| node.start == first.start.offset)
                };
                merged == key && pairs.iter().any(at)
            }
            _ => false,
        })
    }

    fn unambiguous(&self, entry: &ValueNode, path: &Path) -> Result<(), Refusal> {
        let Some(key) = entry.key else { return Ok(()) };
        let collides = |note: &Note| match &note.kind {
            NoteKind::CollidingKeys { first, .. } => note.origin.span() == Some(key) || *first == key,
            _ => false,
        };
        if self.notes.iter().any(collides) {
            return Err(Refusal::Ambiguous { path: path.clone() });
        }
        Ok(())
    }
}
