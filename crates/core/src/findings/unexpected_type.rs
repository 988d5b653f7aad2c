use rollcast_values::{Node, Value};

use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::Severity;
use crate::shape::Shape;

pub(super) static FINDING: Definition = Definition {
    id: "unexpected-type",
    severity: Severity::Info,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A value of another type than the chart expects",
    why: "It may do what you mean, by accident, and the next release of the chart may read it differently.",
    action: "Write a value of the type that is expected.",
    verify: &[("What Helm prints.", "helm get manifest lobu -n lobu")],
    source: "Helm, no schema in any release of the chart",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The chart has no schema, so Helm takes a text where a number belongs, and a list where a switch is. What comes of \
            it depends on the template: a switch is on unless its value is empty, a number in quotes is printed without them, \
            and much else becomes text that Kubernetes refuses or reads as something else.",
    examples: &[
        Example {
            name: "A switch that is a text",
            values: "app:\n  allowMultiReplica: \"yes, please\"\n",
            ..Example::BASE
        },
        Example {
            name: "An access mode that does not exist, of a cache",
            values: "worker:\n  cache:\n    accessModes: [RWX]\n",
            ..Example::BASE
        },
        Example {
            name: "A number in quotes is printed without them",
            values: "app:\n  replicaCount: \"2\"\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for key in situation.release.known_keys() {
        for (path, node) in at(&situation.effective.given, key.path) {
            if Shape::all(key).any(|shape| shape.fits(&node.value)) {
                continue;
            }
            let expected: Vec<&str> = Shape::all(key).map(Shape::words).collect();
            found.push(
                Found::new(format!(
                    "{path} is {}, and the chart expects {}.",
                    kind(&node.value),
                    expected.join(" or ")
                ))
                .on(situation.given(&path, node)),
            );
        }
    }
    found
}

/// The nodes at a key's path, in which `*` stands for every item.
fn at<'a>(value: &'a Value, path: &str) -> Vec<(String, &'a Node)> {
    let mut found: Vec<(String, Option<&'a Node>, &'a Value)> = vec![(String::new(), None, value)];
    for name in path.split('.') {
        found = found
            .into_iter()
            .flat_map(|(path, _, value)| match (name, value) {
                ("*", Value::List(items)) => items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| (format!("{path}[{index}]"), Some(item), &item.value))
                    .collect(),
                (_, Value::Map(map)) => map
                    .get(name)
                    .map(|node| {
                        let path = if path.is_empty() {
                            name.to_owned()
                        } else {
                            format!("{path}.{name}")
                        };
                        (path, Some(node), &node.value)
                    })
                    .into_iter()
                    .collect(),
                _ => Vec::new(),
            })
            .collect();
    }
    found
        .into_iter()
        .filter_map(|(path, node, _)| Some((path, node?)))
        .collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Int(_) | Value::Float(_) => "a number",
        Value::Str(_) => "a text",
        Value::List(_) => "a list",
        Value::Map(_) => "a table",
    }
}
