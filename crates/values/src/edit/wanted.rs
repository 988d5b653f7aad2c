//! What an edit asks for, as values: the measure the edited text is held to.

use super::{Edit, Path, Refusal, Step};
use crate::value::{Map, Node, Origin, Value};

/// Makes the change in the values a text holds.
pub(super) fn apply(root: &mut Map, edit: &Edit) -> Result<(), Refusal> {
    match edit {
        Edit::Set { path, value } => {
            let mut wrapped = Value::Map(std::mem::take(root));
            let result = set(&mut wrapped, path, 0, value);
            put_back(root, wrapped);
            result
        }
        Edit::Delete { path } => {
            let mut wrapped = Value::Map(std::mem::take(root));
            let result = delete(&mut wrapped, path);
            put_back(root, wrapped);
            result
        }
        Edit::Insert { path, at, value } => {
            let mut wrapped = Value::Map(std::mem::take(root));
            let result = insert(&mut wrapped, path, *at, value);
            put_back(root, wrapped);
            result
        }
    }
}

fn put_back(root: &mut Map, wrapped: Value) {
    if let Value::Map(map) = wrapped {
        *root = map;
    }
}

fn set(target: &mut Value, path: &Path, depth: usize, value: &Value) -> Result<(), Refusal> {
    let Some(step) = path.steps.get(depth) else {
        if depth == 0 && !matches!(value, Value::Map(_)) {
            return Err(Refusal::NoTable { path: path.clone() });
        }
        *target = value.clone();
        return Ok(());
    };
    match step {
        Step::Key(key) => {
            if matches!(target, Value::Null) {
                *target = Value::Map(Map::new());
            }
            let Value::Map(map) = target else {
                return Err(Refusal::NoTable {
                    path: path.first(depth),
                });
            };
            set(
                &mut map.get_or_insert_with(key, || placeless(Value::Null)).value,
                path,
                depth + 1,
                value,
            )
        }
        Step::Index(index) => {
            let Value::List(items) = target else {
                return Err(Refusal::NoList {
                    path: path.first(depth),
                });
            };
            let length = items.len();
            let Some(item) = items.get_mut(*index) else {
                return Err(Refusal::NoItem {
                    path: path.first(depth),
                    length,
                });
            };
            set(&mut item.value, path, depth + 1, value)
        }
    }
}

fn delete(target: &mut Value, path: &Path) -> Result<(), Refusal> {
    let Some((last, parents)) = path.steps.split_last() else {
        return Err(Refusal::NoTable { path: path.clone() });
    };
    let Some(parent) = descend(target, path, parents.len())? else {
        return Ok(());
    };
    match (last, parent) {
        (_, Value::Null) => Ok(()),
        (Step::Key(key), Value::Map(map)) => {
            map.remove(key);
            Ok(())
        }
        (Step::Index(index), Value::List(items)) if *index < items.len() => {
            items.remove(*index);
            Ok(())
        }
        (Step::Index(_), Value::List(items)) => Err(Refusal::NoItem {
            path: path.first(parents.len()),
            length: items.len(),
        }),
        (Step::Key(_), _) => Err(Refusal::NoTable {
            path: path.first(parents.len()),
        }),
        (Step::Index(_), _) => Err(Refusal::NoList {
            path: path.first(parents.len()),
        }),
    }
}

fn insert(target: &mut Value, path: &Path, at: usize, value: &Value) -> Result<(), Refusal> {
    let parent = descend(target, path, path.steps.len())?;
    match parent {
        Some(Value::List(items)) if at <= items.len() => {
            items.insert(at, placeless(value.clone()));
            Ok(())
        }
        Some(Value::List(items)) => Err(Refusal::NoItem {
            path: path.clone(),
            length: items.len(),
        }),
        None | Some(Value::Null) if at == 0 => set(target, path, 0, &Value::List(vec![placeless(value.clone())])),
        None | Some(Value::Null) => Err(Refusal::NoItem {
            path: path.clone(),
            length: 0,
        }),
        Some(_) => Err(Refusal::NoList { path: path.clone() }),
    }
}

/// The value `depth` steps down; `None` where a key on the way is missing or null.
fn descend<'a>(target: &'a mut Value, path: &Path, depth: usize) -> Result<Option<&'a mut Value>, Refusal> {
    let mut value = target;
    for (at, step) in path.steps.iter().take(depth).enumerate() {
        value = match (step, value) {
            (_, Value::Null) => return Ok(None),
            (Step::Key(key), Value::Map(map)) => match map.get_mut(key) {
                Some(node) => &mut node.value,
                None => return Ok(None),
            },
            (Step::Index(index), Value::List(items)) => {
                let length = items.len();
                match items.get_mut(*index) {
                    Some(node) => &mut node.value,
                    None => {
                        return Err(Refusal::NoItem {
                            path: path.first(at),
                            length,
                        });
                    }
                }
            }
            (Step::Key(_), _) => return Err(Refusal::NoTable { path: path.first(at) }),
            (Step::Index(_), _) => return Err(Refusal::NoList { path: path.first(at) }),
        };
    }
    Ok(Some(value))
}

/// A node that stands in no text yet.
pub(super) fn placeless(value: Value) -> Node {
    Node {
        value,
        origin: Origin::Default(rollcast_yaml::Span::default()),
        key: None,
    }
}

/// Whether two values are the same, wherever they come from; a whole number is the same from a file and from a flag.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a file's numbers are float64")]
    match (left, right) {
        (Value::Int(whole), Value::Float(number)) | (Value::Float(number), Value::Int(whole)) => {
            (*whole as f64).to_bits() == number.to_bits()
        }
        (Value::Float(left), Value::Float(right)) => left.to_bits() == right.to_bits(),
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same(&left.value, &right.value))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|((left_key, left), (right_key, right))| {
                    left_key == right_key && same(&left.value, &right.value)
                })
        }
        (left, right) => left == right,
    }
}
