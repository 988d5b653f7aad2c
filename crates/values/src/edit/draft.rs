//! A text under edit: each edit becomes splices of the text the one before it left.

use super::find::{Found, View};
use super::splice::{self, Splice};
use super::tree::Kind;
use super::wanted::{placeless, same};
use super::{Edit, Edited, Path, Refusal, Step, TextChange};
use crate::in_order::in_order;
use crate::value::{Map, Value};

pub(super) struct Draft {
    edited: Edited,
}

/// How an edit is made.
enum Plan {
    /// By these splices.
    Splices(Vec<Splice>),
    /// By smaller edits, which keep more of the text.
    Parts(Vec<Edit>),
}

impl Draft {
    pub(super) fn new(text: &str) -> Self {
        Self {
            edited: Edited {
                text: text.to_owned(),
                changes: Vec::new(),
            },
        }
    }

    pub(super) fn finish(self) -> Edited {
        self.edited
    }

    pub(super) fn make(&mut self, edit: &Edit) -> Result<(), Refusal> {
        match edit {
            Edit::Set { path, value } => {
                let plan = set(&View::new(&self.edited.text)?, path, value)?;
                self.carry_out(plan)
            }
            Edit::Insert { path, at, value } => {
                let plan = insert(&View::new(&self.edited.text)?, path, *at, value)?;
                self.carry_out(plan)
            }
            Edit::Delete { path } => {
                // A duplicate that the deleted key hid stands there next.
                while let Some(splices) = delete(&View::new(&self.edited.text)?, path)? {
                    let before = self.edited.text.len();
                    self.apply(splices);
                    let deletes_item = matches!(path.steps.last(), Some(Step::Index(_)));
                    if deletes_item || self.edited.text.len() >= before {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    fn carry_out(&mut self, plan: Plan) -> Result<(), Refusal> {
        match plan {
            Plan::Splices(splices) => {
                self.apply(splices);
                Ok(())
            }
            Plan::Parts(parts) => parts.iter().try_for_each(|part| self.make(part)),
        }
    }

    /// Applies splices that do not overlap, the last in the text first, so that the places of the others stay true.
    pub(super) fn apply(&mut self, splices: Vec<Splice>) {
        let splices = in_order(splices, |splice| (splice.start, splice.end));
        for splice in splices.into_iter().rev() {
            let Some(removed) = self.edited.text.get(splice.start..splice.end).map(str::to_owned) else {
                continue;
            };
            if removed == splice.text {
                continue;
            }
            self.edited.text.replace_range(splice.start..splice.end, &splice.text);
            self.edited.changes.push(TextChange {
                at: splice.start,
                removed,
                inserted: splice.text,
            });
        }
    }
}

fn set(view: &View<'_>, path: &Path, value: &Value) -> Result<Plan, Refusal> {
    let (place, depth, merged) = match view.find(path)? {
        Found::Here { place, value: old, .. } => {
            if same(old, value) {
                return Ok(Plan::Parts(Vec::new()));
            }
            let node = place.id.and_then(|id| view.tree.node(id));
            let plan = match (old, value, node.map(|node| &node.kind)) {
                (Value::Map(old), Value::Map(new), Some(Kind::Map { .. })) => Plan::Parts(turn_table(path, old, new)),
                (Value::List(old), Value::List(new), Some(Kind::List { .. })) => {
                    let values: Vec<&Value> = new.iter().map(|node| &node.value).collect();
                    Plan::Parts(turn_list(path, old.len(), &values))
                }
                _ => {
                    alone(view, place.id, path)?;
                    Plan::Splices(splice::replace(&view.tree, &place, value))
                }
            };
            return Ok(plan);
        }
        Found::Missing { place, depth } => (place, depth, false),
        Found::Merged { place, depth } => (place, depth, true),
    };
    let keys = keys(path, depth)?;
    let Some((first, rest)) = keys.split_first() else {
        return Err(Refusal::Inexact);
    };
    if merged && !rest.is_empty() {
        return Err(Refusal::Merged {
            path: path.first(depth + 1),
        });
    }
    let node = place.id.and_then(|id| view.tree.node(id));
    let splices = match node {
        Some(node) if matches!(node.kind, Kind::Map { .. }) => {
            splice::insert_pair(&view.tree, node, first, &wrap(rest, value.clone()))
        }
        _ => {
            alone(view, place.id, &path.first(depth))?;
            splice::replace(&view.tree, &place, &wrap(&keys, value.clone()))
        }
    };
    Ok(Plan::Splices(splices))
}

/// The edits that turn a table into another. Keys go last, so that a table is not emptied on the way.
fn turn_table(path: &Path, old: &Map, new: &Map) -> Vec<Edit> {
    let at = |key: &String| path.then(Step::Key(key.clone()));
    let set = new.iter().map(|(key, node)| Edit::Set {
        path: at(key),
        value: node.value.clone(),
    });
    let surplus = old.keys().filter(|key| !new.contains_key(key));
    set.chain(surplus.map(|key| Edit::Delete { path: at(key) })).collect()
}

/// The edits that turn a list of some length into another.
fn turn_list(path: &Path, length: usize, new: &[&Value]) -> Vec<Edit> {
    let at = |index: usize| path.then(Step::Index(index));
    let set = new.iter().enumerate().map(|(index, value)| {
        let value = (*value).clone();
        if index < length {
            Edit::Set { path: at(index), value }
        } else {
            Edit::Insert {
                path: path.clone(),
                at: index,
                value,
            }
        }
    });
    let surplus = (new.len()..length).rev().map(|index| Edit::Delete { path: at(index) });
    set.chain(surplus).collect()
}

fn insert(view: &View<'_>, path: &Path, at: usize, value: &Value) -> Result<Plan, Refusal> {
    let place = match view.find(path)? {
        Found::Here {
            place,
            value: Value::List(_),
            ..
        } => place,
        Found::Here { .. } | Found::Missing { .. } => {
            return set(view, path, &Value::List(vec![placeless(value.clone())]));
        }
        Found::Merged { depth, .. } => {
            return Err(Refusal::Merged {
                path: path.first(depth + 1),
            });
        }
    };
    let Some((id, node)) = place.id.and_then(|id| Some((id, view.tree.node(id)?))) else {
        return Err(Refusal::Inexact);
    };
    view.own(id, node, path)?;
    Ok(Plan::Splices(splice::insert_item(&view.tree, node, at, value)))
}

/// What deletes the entry that counts; `None` where there is none.
fn delete(view: &View<'_>, path: &Path) -> Result<Option<Vec<Splice>>, Refusal> {
    let (place, parent, index) = match view.find(path)? {
        Found::Here {
            place,
            parent: Some((parent, index)),
            ..
        } => (place, parent, index),
        Found::Here { .. } | Found::Missing { .. } => return Ok(None),
        Found::Merged { depth, .. } => {
            return Err(Refusal::Merged {
                path: path.first(depth + 1),
            });
        }
    };
    alone(view, place.id, path)?;
    let Some(node) = parent.id.and_then(|id| view.tree.node(id)) else {
        return Ok(None);
    };
    Ok(Some(splice::delete(&view.tree, &parent, node, index)))
}

/// Refuses a value that holds what aliases elsewhere repeat.
fn alone(view: &View<'_>, id: Option<usize>, path: &Path) -> Result<(), Refusal> {
    match id.and_then(|id| view.tree.repeated_outside(id)) {
        Some(anchor) => Err(Refusal::Anchored {
            path: path.clone(),
            anchor: anchor.to_owned(),
        }),
        None => Ok(()),
    }
}

/// The keys of a path from a depth on.
fn keys(path: &Path, depth: usize) -> Result<Vec<String>, Refusal> {
    let rest = path.steps.iter().enumerate().skip(depth);
    rest.map(|(at, step)| match step {
        Step::Key(key) => Ok(key.clone()),
        Step::Index(_) => Err(Refusal::NoList { path: path.first(at) }),
    })
    .collect()
}

/// A value in tables of one entry each.
fn wrap(keys: &[String], value: Value) -> Value {
    keys.iter().rev().fold(value, |value, key| {
        Value::Map(Map::from([(key.clone(), placeless(value))]))
    })
}
