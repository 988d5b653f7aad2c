//! An argument taken apart into its pairs.

use std::ops::Range;

use super::walk::{Shared, Walker};
use super::{Flag, FlagKind, json};
use crate::edit::Path;
use crate::{Map, Value};

/// One `KEY=VALUE` of a flag's argument.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Its bytes in the argument, without the comma behind it.
    pub range: Range<usize>,
    /// What it sets; `None` where it ends without a value.
    pub sets: Option<Sets>,
}

/// What a pair sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Sets {
    /// Where the value begins in the argument, behind the `=`.
    pub at: usize,
    /// The way to the value; empty where the key is.
    pub path: Path,
    /// The value.
    pub value: Value,
}

/// The pairs of a flag, in order; `None` where Helm refuses the argument, or takes it for a whole object.
#[must_use]
pub fn pairs(flag: &Flag<'_>) -> Option<Vec<Pair>> {
    if flag.kind == FlagKind::SetJson && json::is_object(flag.arg) {
        return None;
    }
    let defaults = Map::new();
    let mut shared = Shared::new(&defaults);
    shared.pairs = Some(Vec::new());
    Walker::new(flag, 0, &mut shared).run(&mut Map::new()).ok()?;
    let mut pairs = shared.pairs?;
    for pair in &mut pairs {
        if flag.kind != FlagKind::SetLiteral && ends_in_comma(flag.arg.get(pair.range.clone())?) {
            pair.range.end -= 1;
        }
    }
    Some(pairs)
}

/// Whether the last comma is none of the text's own.
fn ends_in_comma(text: &str) -> bool {
    let before = text.strip_suffix(',');
    before.is_some_and(|before| (before.len() - before.trim_end_matches('\\').len()).is_multiple_of(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken_apart(kind: FlagKind, arg: &str) -> Vec<String> {
        let flag = Flag {
            kind,
            arg,
            content: Some("text"),
        };
        let describe = |pair: Pair| {
            let written = &arg[pair.range.clone()];
            match pair.sets {
                Some(sets) => format!(
                    "{written}: {} = {} from {}",
                    sets.path,
                    sets.value.to_json(),
                    &arg[sets.at..pair.range.end]
                ),
                None => format!("{written}: nothing"),
            }
        };
        pairs(&flag).unwrap().into_iter().map(describe).collect()
    }

    #[test]
    fn pairs_are_where_helm_cuts() {
        use FlagKind::{Set, SetFile, SetJson, SetLiteral};
        for (kind, arg, expected) in [
            (
                Set,
                "a=1, b='x'",
                &["a=1: a = 1 from 1", " b='x':  b = \"'x'\" from 'x'"][..],
            ),
            (
                Set,
                r"a.b[1]=x\,y,c={p, q},d=",
                &[
                    r#"a.b[1]=x\,y: a.b[1] = "x,y" from x\,y"#,
                    r#"c={p, q}: c = ["p"," q"] from {p, q}"#,
                    r#"d=: d = "" from "#,
                ],
            ),
            (Set, r"a=x\,", &[r#"a=x\,: a = "x," from x\,"#]),
            (Set, "a=1,", &["a=1: a = 1 from 1"]),
            (Set, "a=1,x.", &["a=1: a = 1 from 1", "x.: nothing"]),
            (Set, "=1", &["=1:  = 1 from 1"]),
            (
                SetJson,
                r#"a={"b": [1,2]} , c=null"#,
                &[
                    r#"a={"b": [1,2]} : a = {"b":[1,2]} from {"b": [1,2]} "#,
                    " c=null:  c = null from null",
                ],
            ),
            (SetLiteral, "a=b,c,", &[r#"a=b,c,: a = "b,c," from b,c,"#]),
            (SetFile, "a=x.txt", &[r#"a=x.txt: a = "text" from x.txt"#]),
            (Set, "", &[]),
        ] {
            assert_eq!(taken_apart(kind, arg), expected, "{arg}");
        }
        for (kind, arg) in [(Set, "a"), (SetJson, r#"{"a": 1}"#)] {
            let flag = Flag {
                kind,
                arg,
                content: None,
            };
            assert_eq!(pairs(&flag), None, "{arg}");
        }
    }
}
