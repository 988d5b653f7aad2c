//! The same change as flags: the kind and the spelling that Helm reads back as exactly the value.

use super::wanted::{placeless, same};
use super::{Path, Refusal, Step};
use crate::flags::{Flag, FlagKind};
use crate::path::spell;
use crate::value::{Map, Value};
use crate::{Given, effective};

/// A flag with its argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFlag {
    /// Which flag.
    pub kind: FlagKind,
    /// Its argument, whole.
    pub arg: String,
}

/// Flags that give paths of keys their values, one for each.
///
/// `--set` is tried first, then `--set-string`, which keeps `"true"` a text, and `--set-json` for what neither can say:
/// fractions, tables, lists. Each flag is read back by Helm's rules before it is given out.
///
/// # Errors
/// A path leads through a list, or no flag can say a value.
pub fn flags(sets: &[(Path, Value)]) -> Result<Vec<OwnFlag>, Refusal> {
    sets.iter().map(|(path, value)| flag(path, value)).collect()
}

fn flag(path: &Path, value: &Value) -> Result<OwnFlag, Refusal> {
    let keys: Option<Vec<&String>> = path
        .steps
        .iter()
        .map(|step| match step {
            Step::Key(key) => Some(key),
            Step::Index(_) => None,
        })
        .collect();
    let (Some(keys), Some(spelt)) = (keys, spell(&path.steps)) else {
        return Err(Refusal::Inexact);
    };
    let wanted = keys.iter().rev().fold(value.clone(), |value, key| {
        Value::Map(Map::from([((*key).clone(), placeless(value))]))
    });
    let scalar = escaped(&value.print());
    let simple = match value {
        Value::Null => "null".to_owned(),
        _ => scalar,
    };
    let spellings = [
        (FlagKind::Set, simple.clone()),
        (FlagKind::SetString, simple),
        (FlagKind::SetJson, value.to_json()),
    ];
    spellings
        .into_iter()
        .filter(|(kind, _)| *kind == FlagKind::SetJson || !matches!(value, Value::List(_) | Value::Map(_)))
        .map(|(kind, text)| OwnFlag {
            kind,
            arg: format!("{spelt}={text}"),
        })
        .find(|flag| reads_as(flag, &wanted, value, path.steps.len()))
        .ok_or(Refusal::Inexact)
}

/// `\` takes away the meaning a character has in a `--set` value.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if matches!(c, ',' | '\\') || c == '{' && at == 0 {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Whether Helm reads a flag as exactly this, and prints the value in the same characters.
fn reads_as(flag: &OwnFlag, wanted: &Value, value: &Value, depth: usize) -> bool {
    let flags = [Flag {
        kind: flag.kind,
        arg: &flag.arg,
        content: None,
    }];
    let given = Given {
        flags: &flags,
        ..Given::default()
    };
    effective(&Map::new(), "", &given).is_ok_and(|read| {
        same(&read.given, wanted) && below(&read.given, depth).is_some_and(|found| found.print() == value.print())
    })
}

/// The value so many tables down.
fn below(value: &Value, depth: usize) -> Option<&Value> {
    let mut value = value;
    for _ in 0..depth {
        let Value::Map(map) = value else { return None };
        value = &map.values().next()?.value;
    }
    Some(value)
}

impl OwnFlag {
    /// The flag as a POSIX shell takes it.
    #[must_use]
    pub fn shell(&self) -> String {
        format!("{} {}", self.kind.name(), quoted(&self.arg))
    }
}

/// A word of a POSIX shell.
fn quoted(word: &str) -> String {
    let plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | '=' | '@' | '%' | '+' | ',');
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, read};

    fn one(path: &str, text: &str) -> String {
        let value = read(format!("x: {text}").as_bytes(), Origin::Default).unwrap().map["x"]
            .value
            .clone();
        flags(&[(Path::dotted(path), value)]).unwrap()[0].shell()
    }

    #[test]
    fn the_simplest_flag_that_says_it() {
        for (text, expected) in [
            ("2", "--set a.b=2"),
            ("true", "--set a.b=true"),
            ("~", "--set a.b=null"),
            ("Recreate", "--set a.b=Recreate"),
            ("''", "--set a.b="),
            ("'true'", "--set-string a.b=true"),
            ("'15'", "--set-string a.b=15"),
            ("'null'", "--set-string a.b=null"),
            ("'015'", "--set a.b=015"),
            ("1.5", "--set-json a.b=1.5"),
            ("1000000", "--set-json a.b=1000000"),
            ("'a, b'", r"--set 'a.b=a\, b'"),
            ("'{x}'", r"--set 'a.b=\{x}'"),
            (r"'c:\d'", r"--set 'a.b=c:\\d'"),
            ("\"it's\"", r"--set 'a.b=it'\''s'"),
            ("[ReadWriteMany]", r#"--set-json 'a.b=["ReadWriteMany"]'"#),
            ("{}", "--set-json 'a.b={}'"),
            ("{type: Recreate}", r#"--set-json 'a.b={"type":"Recreate"}'"#),
            ("[]", "--set-json 'a.b=[]'"),
        ] {
            assert_eq!(one("a.b", text), expected, "{text}");
        }
        let path = Path::dotted("m").then(Step::Key("kubernetes.io/a=b".to_owned()));
        assert_eq!(
            flags(&[(path, Value::Bool(true))]).unwrap()[0].shell(),
            r"--set 'm.kubernetes\.io/a\=b=true'"
        );
    }

    #[test]
    fn what_flags_cannot_say_is_refused() {
        let item = Path::dotted("a").then(Step::Index(0));
        assert_eq!(flags(&[(item, Value::Null)]), Err(Refusal::Inexact));
        assert_eq!(flags(&[(Path::dotted(""), Value::Null)]), Err(Refusal::Inexact));
        assert_eq!(flags(&[(Path::default(), Value::Null)]), Err(Refusal::Inexact));
    }
}
