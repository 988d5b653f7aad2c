use rollcast_values::{Map, Node, Value};

/// A table as flags for Helm, one for each leaf: `--set` where its grammar says the value plainly, `--set-string` for
/// texts it would read as something else, `--set-json` for lists, empty tables and numbers that would print otherwise.
#[must_use]
pub fn set_flags(values: &Map) -> Vec<String> {
    let mut flags = Vec::new();
    walk(values, "", &mut flags);
    flags
}

fn walk(values: &Map, parent: &str, flags: &mut Vec<String>) {
    for (key, Node { value, .. }) in values {
        let path = format!("{parent}{}", path_key(key));
        match value {
            Value::Map(map) if !map.is_empty() => walk(map, &format!("{path}."), flags),
            value => flags.push(flag(&path, value)),
        }
    }
}

/// The flag that sets a scalar, list or empty table at a written path.
pub(crate) fn flag(path: &str, value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Int(_) => set(path, value),
        // `--set` makes an int64 of what is a float64 in a file; most print alike.
        Value::Float(_) if prints_as_int(value) => set(path, value),
        Value::Float(_) | Value::List(_) | Value::Map(_) => {
            format!("--set-json {}", quoted(&format!("{path}={}", value.to_json())))
        }
        Value::Str(text) => {
            let kind = if is_plain(text) { "--set" } else { "--set-string" };
            format!("{kind} {}", quoted(&format!("{path}={}", escaped(text))))
        }
    }
}

/// Whether a value prints as an int64 does; `-0` does not, which `--set` would make 0.
fn prints_as_int(value: &Value) -> bool {
    let printed = value.print();
    printed.parse::<i64>().is_ok_and(|number| number.to_string() == printed)
}

fn set(path: &str, value: &Value) -> String {
    format!("--set {}", quoted(&format!("{path}={}", value.to_json())))
}

/// Whether `--set` reads a text as itself.
fn is_plain(text: &str) -> bool {
    let word = text.trim();
    !word.is_empty()
        && word.parse::<i64>().is_err()
        && !["true", "false", "null"].contains(&word.to_ascii_lowercase().as_str())
        && !text.starts_with('{')
}

/// A key as the grammar of `--set` takes it in a path.
pub(crate) fn path_key(key: &str) -> String {
    escape(key, "\\.,=[]")
}

fn escaped(text: &str) -> String {
    let text = escape(text, "\\,");
    // At the start a brace would begin a list.
    if text.starts_with('{') {
        format!("\\{text}")
    } else {
        text
    }
}

fn escape(text: &str, special: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if special.contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A word as a POSIX shell takes it.
#[must_use]
pub fn quoted(word: &str) -> String {
    let safe = |character: char| character.is_ascii_alphanumeric() || "-_./:=@%+,".contains(character);
    if !word.is_empty() && word.chars().all(safe) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The kind and the argument of a flag as it was written.
#[cfg(test)]
pub(crate) fn read_back(flag: &str) -> (rollcast_values::FlagKind, String) {
    let (name, word) = flag.split_once(' ').unwrap();
    let mut kinds = rollcast_values::FlagKind::IN_ORDER.into_iter();
    let kind = kinds.find(|kind| kind.name() == name).unwrap();
    let word = match word.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')) {
        Some(inner) => inner.replace(r"'\''", "'"),
        None => word.to_owned(),
    };
    (kind, word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rollcast_values::{Flag, FlagKind, Given, HelmLine, Origin, effective, read};

    use super::*;

    /// What Helm makes of flags as [`set_flags`] writes them.
    fn applied(flags: &[String]) -> Value {
        let words: Vec<(FlagKind, String)> = flags.iter().map(|flag| read_back(flag)).collect();
        let flags: Vec<Flag<'_>> = words
            .iter()
            .map(|(kind, arg)| Flag {
                kind: *kind,
                arg,
                content: None,
            })
            .collect();
        let given = Given {
            files: &[],
            flags: &flags,
            helm: HelmLine::V3_17,
        };
        effective(&Map::new(), "lab", &given).unwrap().given
    }

    fn table(text: &str) -> Map {
        read(text.as_bytes(), Origin::Default).unwrap().map
    }

    #[test]
    fn each_leaf_is_a_flag_that_says_it_plainly() {
        let text = "app: {able: true, none: , count: 2, less: -0.0, big: 2000000, port: '8080', modes: [RWX], e: {}, t: 'a,b', q: \"it's\"}\n";
        assert_eq!(
            set_flags(&table(text)),
            [
                "--set app.able=true",
                "--set-json app.big=2000000",
                "--set app.count=2",
                "--set-json 'app.e={}'",
                "--set-json app.less=-0",
                "--set-json 'app.modes=[\"RWX\"]'",
                "--set app.none=null",
                "--set-string app.port=8080",
                r"--set 'app.q=it'\''s'",
                r"--set 'app.t=a\,b'",
            ]
        );
    }

    proptest! {
        #[test]
        fn the_flags_give_the_table_back(
            leaves in prop::collection::btree_map(
                "[a-z.,=\\[\\]\\\\{} '/-]{1,5}",
                prop_oneof![
                    "[a-z.,=\\[\\]\\\\{} '\"0-9A-Z-]{0,7}".prop_map(Value::Str),
                    Just(Value::Str("NULL".to_owned())),
                    Just(Value::Str(" 007".to_owned())),
                    Just(Value::Bool(false)),
                    Just(Value::Float(1e21)),
                    Just(Value::Float(-0.5)),
                    Just(Value::Int(12_345_678)),
                    Just(Value::List(Vec::new())),
                    Just(Value::Map(Map::new())),
                ],
                1..4,
            )
        ) {
            let node = |value| Node { value, origin: Origin::Flag { flag: 0 }, key: None };
            let inner: Map = leaves.into_iter().map(|(key, value)| (key, node(value))).collect();
            let table = Map::from([("app".to_owned(), node(Value::Map(inner)))]);
            let flags = set_flags(&table);
            prop_assert_eq!(applied(&flags).to_json(), Value::Map(table).to_json(), "{:?}", flags);
        }
    }
}
