//! What a fix wants of the effective values.

use rollcast_values::edit::{Path, Step, same};
use rollcast_values::{Map, Node, Origin, Span, Value};

/// One value that shall be another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wish {
    pub(crate) path: Path,
    /// The value; `None` for what the release gives by itself, or nothing where it gives nothing.
    pub(crate) value: Option<Value>,
}

impl Wish {
    /// A dotted path gets a value; a null takes a default away.
    pub(crate) fn set(path: &str, value: Value) -> Self {
        Self {
            path: Path::dotted(path),
            value: Some(value),
        }
    }

    /// What the operator set at a dotted path goes.
    pub(crate) fn unset(path: &str) -> Self {
        Self {
            path: Path::dotted(path),
            value: None,
        }
    }

    /// As an instruction: "set `app.replicaCount: 1`".
    pub(crate) fn words(&self) -> String {
        match &self.value {
            Some(Value::Null) => format!("set `{}: null`, which takes the default away", self.path),
            Some(value) => format!("set `{}: {}`", self.path, short(value)),
            None => format!("delete `{}`", self.path),
        }
    }

    /// The value the effective values shall have at the path; `None` for none.
    fn wanted(&self, defaults: &Map) -> Option<Value> {
        match &self.value {
            // A null takes a default away, and stays where there is none to take.
            Some(Value::Null) => match at_map(defaults, &self.path) {
                Some(default) if *default != Value::Null => None,
                _ => Some(Value::Null),
            },
            Some(value) => Some(value.clone()),
            None => at_map(defaults, &self.path).cloned(),
        }
    }
}

/// A value on one line, as YAML people would write it where that is short.
fn short(value: &Value) -> String {
    match value {
        Value::Str(text) if !text.is_empty() && !text.contains(['"', '\\', '\n']) => {
            match Value::Str(text.clone()).to_yaml() {
                plain if plain == *text => plain,
                _ => value.to_json(),
            }
        }
        value => value.to_json(),
    }
}

/// The effective values as the wishes want them; `None` where a path leads through something that is no table.
pub(crate) fn fulfilled(values: &Value, defaults: &Map, wishes: &[Wish]) -> Option<Value> {
    let mut wanted = values.clone();
    for wish in wishes {
        put(&mut wanted, &wish.path.steps, wish.wanted(defaults))?;
    }
    (!same(&wanted, values)).then_some(wanted)
}

fn put(target: &mut Value, steps: &[Step], value: Option<Value>) -> Option<()> {
    let Some((Step::Key(key), rest)) = steps.split_first() else {
        return None;
    };
    let Value::Map(map) = target else { return None };
    match (rest, value) {
        ([], None) => {
            map.remove(key);
            Some(())
        }
        ([], Some(value)) => {
            map.insert(key.clone(), placeless(value));
            Some(())
        }
        (rest, None) => match map.get_mut(key) {
            Some(node) => put(&mut node.value, rest, None),
            None => Some(()),
        },
        (rest, value) => {
            let node = map.get_or_insert_with(key, || placeless(Value::Map(Map::new())));
            put(&mut node.value, rest, value)
        }
    }
}

/// The value at a path of keys.
pub(crate) fn at<'v>(value: &'v Value, path: &Path) -> Option<&'v Value> {
    path.steps.iter().try_fold(value, |value, step| match (step, value) {
        (Step::Key(key), Value::Map(map)) => map.get(key).map(|node| &node.value),
        (Step::Index(index), Value::List(items)) => items.get(*index).map(|node| &node.value),
        _ => None,
    })
}

fn at_map<'v>(map: &'v Map, path: &Path) -> Option<&'v Value> {
    let (Step::Key(first), rest) = path.steps.split_first()? else {
        return None;
    };
    at(&map.get(first)?.value, &rest.iter().cloned().collect())
}

pub(crate) fn placeless(value: Value) -> Node {
    Node {
        value,
        origin: Origin::Default(Span::default()),
        key: None,
    }
}

/// A list of texts.
pub(crate) fn texts(items: &[&str]) -> Value {
    Value::List(
        items
            .iter()
            .map(|item| placeless(Value::Str((*item).to_owned())))
            .collect(),
    )
}

/// A text.
pub(crate) fn text(value: &str) -> Value {
    Value::Str(value.to_owned())
}

/// A table.
pub(crate) fn table(entries: &[(&str, Value)]) -> Value {
    Value::Map(
        entries
            .iter()
            .map(|(key, value)| ((*key).to_owned(), placeless(value.clone())))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcast_values::read;

    fn map(text: &str) -> Map {
        read(text.as_bytes(), Origin::Default).unwrap().map
    }

    #[test]
    fn wishes_are_about_effective_values() {
        let defaults = map("a: {b: 1, s: {}}\n");
        let values = Value::Map(map("a: {b: 2, s: {}, own: 3}\n"));
        let after = |wish| fulfilled(&values, &defaults, &[wish]).map(|value| value.to_json());
        assert_eq!(after(Wish::set("a.b", Value::Int(2))), None);
        assert_eq!(
            after(Wish::set("a.b", Value::Int(3))).as_deref(),
            Some(r#"{"a":{"b":3,"own":3,"s":{}}}"#)
        );
        assert_eq!(
            after(Wish::unset("a.b")).as_deref(),
            Some(r#"{"a":{"b":1,"own":3,"s":{}}}"#)
        );
        assert_eq!(after(Wish::unset("a.own")).as_deref(), Some(r#"{"a":{"b":2,"s":{}}}"#));
        assert_eq!(
            after(Wish::set("a.b", Value::Null)).as_deref(),
            Some(r#"{"a":{"own":3,"s":{}}}"#)
        );
        assert_eq!(
            after(Wish::set("a.x.y", Value::Bool(true))).as_deref(),
            Some(r#"{"a":{"b":2,"own":3,"s":{},"x":{"y":true}}}"#)
        );
        assert_eq!(after(Wish::set("a.b.c", Value::Int(1))), None);
    }

    #[test]
    fn words_are_short() {
        assert_eq!(Wish::set("a.b", Value::Bool(true)).words(), "set `a.b: true`");
        assert_eq!(Wish::set("a.b", text("Recreate")).words(), "set `a.b: Recreate`");
        assert_eq!(Wish::set("a.b", text("1")).words(), "set `a.b: \"1\"`");
        assert_eq!(
            Wish::set("a.b", texts(&["ReadWriteMany"])).words(),
            r#"set `a.b: ["ReadWriteMany"]`"#
        );
        assert_eq!(Wish::unset("a.b").words(), "delete `a.b`");
    }
}
