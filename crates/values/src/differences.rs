use crate::effective::{Effective, Error, Given, effective};
use crate::helm_line::HelmLine;
use crate::map::Map;
use crate::path::{Step, spell};
use crate::value::{Node, Value};

/// How another Helm line answers the same files and flags.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The other line.
    pub helm: HelmLine,
    /// Its answer.
    pub answer: OtherAnswer,
}

/// The answer of another Helm line.
#[derive(Clone, Debug, PartialEq)]
pub enum OtherAnswer {
    /// It refuses what the line asked for takes.
    Refused(Error),
    /// It takes what the line asked for refuses.
    Accepted,
    /// It has another value, here first.
    Value {
        /// The path, spelt as a `--set` key; `None` if it is too long to read.
        path: Option<String>,
        /// The value of the line asked for, as compact JSON; `None` where the key is missing.
        here: Option<String>,
        /// The other line's.
        there: Option<String>,
    },
}

/// The Helm lines whose answer to the same defaults, files and flags is another one than that of `given.helm`.
///
/// Cheap where nothing could differ, which is nearly always: then only the texts are looked through. Messages and
/// warnings, whose wording changes from line to line, do not count.
#[must_use]
pub fn differences(defaults: &Map, chart: &str, given: &Given<'_>) -> Vec<Difference> {
    if !may_differ(defaults, given) {
        return Vec::new();
    }
    let answer = |helm| effective(defaults, chart, &Given { helm, ..*given });
    let here = answer(given.helm);
    let others = HelmLine::ALL.into_iter().filter(|helm| *helm != given.helm);
    others
        .filter_map(|helm| {
            let answer = compare(&here, answer(helm))?;
            Some(Difference { helm, answer })
        })
        .collect()
}

/// Whether one of the things is there that the lines do not do alike.
fn may_differ(defaults: &Map, given: &Given<'_>) -> bool {
    has_null(defaults)
        || given.flags.iter().any(|flag| flag.arg.trim_start().starts_with('{'))
        || given.files.iter().any(|file| {
            let text = file.text;
            // Documents and their separators, and the line break that Helm 4 adds to a last line.
            text.starts_with("---")
                || text.contains("\n---")
                || !text.ends_with('\n') && (text.contains(['|', '>']) || text.len() >= 4_096)
        })
}

fn has_null(map: &Map) -> bool {
    map.values().any(|node| match &node.value {
        Value::Null => true,
        Value::Map(map) => has_null(map),
        _ => false,
    })
}

fn compare(here: &Result<Effective, Error>, there: Result<Effective, Error>) -> Option<OtherAnswer> {
    match (here, there) {
        (Ok(here), Ok(there)) => {
            let mut path = Vec::new();
            let (here, there) = first_difference(&here.values, &there.values, &mut path)?;
            Some(OtherAnswer::Value {
                path: spell(&path),
                here: here.map(Value::to_json),
                there: there.map(Value::to_json),
            })
        }
        (Ok(_), Err(error)) => Some(OtherAnswer::Refused(error)),
        (Err(_), Ok(_)) => Some(OtherAnswer::Accepted),
        (Err(_), Err(_)) => None,
    }
}

/// The first place, in byte order of the keys, at which two values differ, whatever their origins.
fn first_difference<'v>(
    here: &'v Value,
    there: &'v Value,
    path: &mut Vec<Step>,
) -> Option<(Option<&'v Value>, Option<&'v Value>)> {
    let mut inner = |step: Step, here: Option<&'v Node>, there: Option<&'v Node>| {
        path.push(step);
        let found = match (here, there) {
            (Some(here), Some(there)) => first_difference(&here.value, &there.value, path),
            (here, there) => Some((here.map(|node| &node.value), there.map(|node| &node.value))),
        };
        if found.is_none() {
            path.pop();
        }
        found
    };
    match (here, there) {
        (Value::Map(here), Value::Map(there)) => {
            let mut keys: Vec<&String> = here.keys().chain(there.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter()
                .find_map(|key| inner(Step::Key(key.clone()), here.get(key), there.get(key)))
        }
        (Value::List(here), Value::List(there)) => {
            (0..here.len().max(there.len())).find_map(|at| inner(Step::Index(at), here.get(at), there.get(at)))
        }
        _ if here == there => None,
        _ => Some((Some(here), Some(there))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{File, Flag, FlagKind, Origin, read};

    fn found(defaults: &str, text: &str, json: Option<&str>) -> Vec<String> {
        let defaults = read(defaults.as_bytes(), Origin::Default).unwrap().map;
        let files = [File { name: "v.yaml", text }];
        let flags: Vec<Flag<'_>> = json
            .iter()
            .map(|arg| Flag {
                kind: FlagKind::SetJson,
                arg,
                content: None,
            })
            .collect();
        let given = Given {
            files: &files,
            flags: &flags,
            ..Given::default()
        };
        let show = |difference: Difference| {
            let answer = match difference.answer {
                OtherAnswer::Refused(error) => format!("refuses: {error}"),
                OtherAnswer::Accepted => "accepts".to_owned(),
                OtherAnswer::Value { path, here, there } => {
                    let show = |value: Option<String>| value.unwrap_or("nothing".to_owned());
                    format!("{}: {} becomes {}", path.unwrap_or_default(), show(here), show(there))
                }
            };
            format!("{:?} {answer}", difference.helm)
        };
        differences(&defaults, "lab", &given).into_iter().map(show).collect()
    }

    #[test]
    fn other_lines_differ_where_they_read_otherwise() {
        for (defaults, text, json, expected) in [
            ("a: 1", "a: 2\n", None, &[][..]),
            ("a: 1", "---\na: 2\n", None, &[]),
            ("a: 1", "# c\n---\na: 2", None, &[]),
            (
                "a: 1",
                "a: {b: [1, 2]}\n---\na: {b: [1, 3]}\n",
                None,
                &["V4 a.b[1]: 2 becomes 3"],
            ),
            ("a: 1", "a: |\n  x", None, &[r#"V4 a: "x" becomes "x\n""#]),
            (
                "a: 1",
                "--- {a: 1}\n",
                None,
                &[
                    "V4 refuses: failed to parse v.yaml: error reading yaml document: invalid Yaml document separator: {a: 1}",
                ],
            ),
            ("a: 1", "", Some("{\"a\": 2}"), &["V4 accepts"]),
            ("a: 1", "", Some("a={}"), &[]),
            (
                "a: {b: , c: 1}",
                "a: {b: , c: }\n",
                None,
                &["V3_20 a.b: nothing becomes null", "V4 a.b: nothing becomes null"],
            ),
            ("a: {b: }", "", None, &["V4 a.b: null becomes nothing"]),
        ] {
            assert_eq!(found(defaults, text, json), expected, "{text:?} {json:?}");
        }
    }
}
