use rollcast_values::{Map, Node, Origin, Value, read};

use crate::secret;
use crate::set::{flag, path_key};

/// What of somebody's values decides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reduced {
    /// What remains.
    pub kept: Map,
    /// The paths of what was left out because nothing reads it, in dots.
    pub left_out: Vec<String>,
}

/// Reduces what a user gives to Helm (`given`: files and flags merged, before the defaults come underneath) to what
/// differs from the defaults and is read: `reads` says of a path whether the chart release, or Rollcast, looks at it or at
/// something below it.
///
/// Coalesced with the defaults, what remains gives the same value at every path that is read.
#[must_use]
pub fn reduce(given: &Map, defaults: &Map, reads: &dyn Fn(&[&str]) -> bool) -> Reduced {
    let mut left_out = Vec::new();
    let kept = walk(given, defaults, &mut Vec::new(), reads, &mut left_out);
    Reduced { kept, left_out }
}

fn walk<'a>(
    given: &'a Map,
    defaults: &Map,
    path: &mut Vec<&'a str>,
    reads: &dyn Fn(&[&str]) -> bool,
    left_out: &mut Vec<String>,
) -> Map {
    let mut kept = Map::new();
    for (key, node) in given {
        path.push(key);
        let default = defaults.get(key).map(|node| &node.value);
        if !reads(path) {
            left_out.push(path.join("."));
        } else if let Value::Map(map) = &node.value {
            let none = Map::new();
            let (below, has_table) = match default {
                Some(Value::Map(below)) => (below, true),
                _ => (&none, false),
            };
            let inner = walk(map, below, path, reads, left_out);
            // Over a table an empty one changes nothing; over anything else it does.
            if !(inner.is_empty() && has_table) {
                kept.insert(key.clone(), with(node, Value::Map(inner)));
            }
        } else if !default.is_some_and(|default| same(default, &node.value)) {
            kept.insert(key.clone(), node.clone());
        }
        path.pop();
    }
    kept
}

fn with(node: &Node, value: Value) -> Node {
    Node { value, ..node.clone() }
}

/// Whether two values print and decide alike, wherever they come from. A null over a default deletes it, so it is never
/// the same.
fn same(default: &Value, value: &Value) -> bool {
    !matches!(value, Value::Null) && default.go_type() == value.go_type() && default.to_json() == value.to_json()
}

impl Reduced {
    /// Masks secrets in what remains, and gives their paths.
    pub fn mask(&mut self) -> Vec<String> {
        let mut masked = Vec::new();
        secret::mask(&mut self.kept, "", false, &mut masked);
        masked
    }

    /// What remains as one values file, and flags for what a file cannot say: the few numbers of `--set` that print without
    /// an exponent, and keys that are too long. Empty texts where nothing remains.
    #[must_use]
    pub fn overlay(&self) -> (String, Vec<String>) {
        let mut table = self.kept.clone();
        let mut flags = Vec::new();
        as_file(&mut table, "", &mut flags);
        let text = text_of(&table).unwrap_or_else(|| {
            lift(&mut table, "", &mut flags);
            text_of(&table).unwrap_or_default()
        });
        (text, flags)
    }
}

/// A table as a values file, empty where it is; `None` where no file says it.
fn text_of(table: &Map) -> Option<String> {
    if table.is_empty() {
        return Some(String::new());
    }
    let table = Value::Map(table.clone());
    // Helm's own printer has texts it cannot read back; JSON is YAML as well, but for keys of more than 1,024 characters.
    [table.to_yaml(), escaped(&table.to_json())]
        .into_iter()
        .map(|text| format!("{text}\n"))
        .find(|text| reads_as(text, &table))
}

/// Turns what no file says into flags, and nothing else: no flag says what stands at an empty key.
fn lift(table: &mut Map, parent: &str, flags: &mut Vec<String>) {
    let in_file = |key: &String, node: Node| text_of(&Map::from([(key.clone(), node)])).is_some();
    table.retain(|key, node| {
        if in_file(key, node.clone()) {
            return true;
        }
        let path = format!("{parent}{}", path_key(key));
        let key_in_file = in_file(key, with(node, Value::Null));
        match &mut node.value {
            Value::Map(below) if key_in_file => lift(below, &format!("{path}."), flags),
            value => flags.push(flag(&path, value)),
        }
        key_in_file && matches!(node.value, Value::Map(_))
    });
}

/// Turns whole numbers of flags into numbers of a file, those that would print otherwise into flags.
fn as_file(table: &mut Map, parent: &str, flags: &mut Vec<String>) {
    for (key, node) in table {
        number_as_file(&mut node.value, &format!("{parent}{}", path_key(key)), flags);
    }
}

fn number_as_file(value: &mut Value, path: &str, flags: &mut Vec<String>) {
    match value {
        Value::Map(map) => as_file(map, &format!("{path}."), flags),
        Value::List(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                number_as_file(&mut item.value, &format!("{path}[{at}]"), flags);
            }
        }
        Value::Int(number) => {
            #[expect(
                clippy::cast_precision_loss,
                reason = "a number that loses digits prints otherwise, which is asked next"
            )]
            let float = Value::Float(*number as f64);
            if float.print() != number.to_string() {
                flags.push(flag(path, &Value::Int(*number)));
            }
            *value = float;
        }
        _ => {}
    }
}

/// JSON without the characters that JSON takes as they are and YAML does not. In JSON they stand in texts only.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if matches!(
            character,
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        ) {
            text.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            text.push(character);
        }
    }
    text
}

fn reads_as(text: &str, table: &Value) -> bool {
    let Value::Map(expected) = table else { return false };
    read(text.as_bytes(), Origin::Default)
        .is_ok_and(|read| Value::Map(read.map).to_json() == Value::Map(expected.clone()).to_json())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rollcast_values::{File, Flag, FlagKind, Given, HelmLine, effective};

    use super::*;
    use crate::set::read_back;

    const DEFAULTS: &str = "app: {replicas: 1, strategy: {}, env: {A: '1'}, modes: [RWO], flag: false}\nplain: text\n";

    fn table(text: &str) -> Map {
        read(text.as_bytes(), Origin::Default).unwrap().map
    }

    /// Reads everything below `app` but `app.other`, and `plain`.
    fn reads(path: &[&str]) -> bool {
        matches!(path, ["plain", ..] | ["app"]) || (path[0] == "app" && path[1] != "other")
    }

    fn reduced(text: &str) -> (String, Vec<String>) {
        let reduced = reduce(&table(text), &table(DEFAULTS), &reads);
        (Value::Map(reduced.kept).to_json(), reduced.left_out)
    }

    #[test]
    fn what_equals_the_defaults_or_is_not_read_goes() {
        for (text, kept, left_out) in [
            (
                "app: {replicas: 1, env: {A: '1'}, modes: [RWO], strategy: {}}",
                "{}",
                "",
            ),
            (
                "app: {replicas: 2, other: {x: 1}}\nmine: 1",
                r#"{"app":{"replicas":2}}"#,
                "app.other mine",
            ),
            ("app: {env: {A: 1, B: b}}", r#"{"app":{"env":{"A":1,"B":"b"}}}"#, ""),
            ("app: {modes: [RWO, RWX]}", r#"{"app":{"modes":["RWO","RWX"]}}"#, ""),
        ] {
            assert_eq!(
                reduced(text),
                (
                    kept.to_owned(),
                    left_out.split_whitespace().map(str::to_owned).collect()
                ),
                "{text}"
            );
        }
    }

    #[test]
    fn nulls_and_empty_tables_stay_where_they_change_something() {
        for (text, kept) in [
            (
                "app: {strategy: , env: {A: , C: }}",
                r#"{"app":{"env":{"A":null,"C":null},"strategy":null}}"#,
            ),
            ("app:", r#"{"app":null}"#),
            ("app: {new: {}, flag: {}, env: {}}", r#"{"app":{"flag":{},"new":{}}}"#),
            ("plain: {}", r#"{"plain":{}}"#),
        ] {
            assert_eq!(reduced(text).0, kept, "{text}");
        }
    }

    fn given(file: &str, flags: &[(FlagKind, &str)], defaults: &Map) -> (Map, Value) {
        let flags: Vec<Flag<'_>> = flags
            .iter()
            .map(|&(kind, arg)| Flag {
                kind,
                arg,
                content: None,
            })
            .collect();
        let given = Given {
            files: &[File {
                name: "values.yaml",
                text: file,
            }],
            flags: &flags,
            helm: HelmLine::V3_17,
        };
        let effective = effective(defaults, "lab", &given).unwrap();
        let Value::Map(map) = effective.given else {
            unreachable!()
        };
        (map, effective.values)
    }

    #[test]
    fn numbers_of_flags_keep_their_print() {
        let defaults = table(DEFAULTS);
        let flags = [
            (FlagKind::Set, "app.replicas=3,app.env.BIG=12345678,app.list[1]=7000000"),
            (FlagKind::SetJson, "app.env.JSON=12345678"),
        ];
        let (map, before) = given("", &flags, &defaults);
        let (text, flags) = reduce(&map, &defaults, &|_| true).overlay();
        assert_eq!(flags, ["--set app.env.BIG=12345678", "--set 'app.list[1]=7000000'"]);
        let (_, after) = given(
            &text,
            &flags
                .iter()
                .map(|flag| (FlagKind::Set, flag.trim_start_matches("--set ").trim_matches('\'')))
                .collect::<Vec<_>>(),
            &defaults,
        );
        assert_eq!(after.print(), before.print());
        assert_eq!(after.to_json(), before.to_json());
    }

    #[test]
    fn characters_that_yaml_does_not_take_are_escaped() {
        for character in [
            "\\u007f", "\\u0080", "\\u0085", "\\u009f", "\\u2028", "\\ufeff", "\\uffff", "\\0",
        ] {
            let map = table(&format!("app: \"a{character}b: c\"\n"));
            let (text, flags) = reduce(&map, &Map::new(), &|_| true).overlay();
            assert!(flags.is_empty());
            assert_eq!(Value::Map(table(&text)).to_json(), Value::Map(map).to_json(), "{text}");
        }
    }

    #[test]
    fn keys_too_long_for_a_file_are_flags_and_the_rest_is_a_file() {
        let key = "k".repeat(2_000);
        let defaults = table(DEFAULTS);
        for (set, json, in_file, in_flags) in [
            ("plain=x", "app.KEY=1", "app: {}\nplain: x\n", "--set app.KEY=1"),
            (
                "KEY=8000000",
                "app.flag=true",
                "app:\n  flag: true\n",
                "--set KEY=8000000 --set-json KEY=8000000",
            ),
            (
                "app.flag=true",
                r#"KEY={"":[]}"#,
                "app:\n  flag: true\n",
                r#"--set-json KEY={"":[]}"#,
            ),
            (
                "plain=x",
                r#"app.list=[{"KEY":1}]"#,
                "app: {}\nplain: x\n",
                r#"--set-json app.list=[{"KEY":1}]"#,
            ),
            ("KEY=x", "app.KEY=null", "app: {}\n", "--set app.KEY=null --set KEY=x"),
        ] {
            // No flag says what stands at an empty key.
            let (set, json) = (set.replace("KEY", &key), json.replace("KEY", &key));
            let flags = [(FlagKind::Set, set.as_str()), (FlagKind::SetJson, json.as_str())];
            let (map, before) = given("'': {a: 1}", &flags, &defaults);
            let (text, flags) = reduce(&map, &defaults, &|_| true).overlay();
            assert_eq!(text, format!("\"\":\n  a: 1\n{in_file}"));
            let written: Vec<String> = flags
                .iter()
                .map(|flag| flag.replace(&key, "KEY").replace('\'', ""))
                .collect();
            assert_eq!(written.join(" "), in_flags);
            let flags: Vec<(FlagKind, String)> = flags.iter().map(|flag| read_back(flag)).collect();
            let flags: Vec<(FlagKind, &str)> = flags.iter().map(|(kind, arg)| (*kind, arg.as_str())).collect();
            let after = given(&text, &flags, &defaults).1;
            assert_eq!((after.to_json(), after.print()), (before.to_json(), before.print()));
        }
    }

    #[test]
    fn nothing_gives_empty_texts() {
        assert_eq!(Reduced::default().overlay(), (String::new(), Vec::new()));
    }

    fn value() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            Just("true".to_owned()),
            Just("{}".to_owned()),
            Just("[]".to_owned()),
            Just("1".to_owned()),
            Just("'1'".to_owned()),
            Just("[RWO]".to_owned()),
            Just("0.5".to_owned()),
            Just("1000000".to_owned()),
            r#""[a-z~ \\#:%!|>'-]{0,6}(\\n[ a-z]{0,3})?""#.prop_filter("valid in double quotes", |text| {
                read(format!("x: {text}").as_bytes(), Origin::Default).is_ok()
            }),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            let key = prop_oneof![
                "A", "replicas", "strategy", "env", "modes", "flag", "other", "app", "plain", "'a b'"
            ];
            prop::collection::btree_map(key, inner, 0..4).prop_map(|map| {
                let entries: Vec<String> = map.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
                format!("{{{}}}", entries.join(", "))
            })
        })
    }

    proptest! {
        /// The promise of [`reduce`]: what is read comes out the same.
        #[test]
        fn what_is_read_is_unchanged(app in value(), plain in value(), mine in value()) {
            let defaults = table(DEFAULTS);
            let (map, before) = given(&format!("app: {app}\nplain: {plain}\nmine: {mine}\n"), &[], &defaults);
            let (text, flags) = reduce(&map, &defaults, &reads).overlay();
            prop_assert!(flags.is_empty());
            let (_, after) = given(&text, &[], &defaults);
            let read_of = |value: &Value| {
                let mut value = value.clone();
                let Value::Map(map) = &mut value else { unreachable!() };
                map.remove("mine");
                if let Some(Node { value: Value::Map(app), .. }) = map.get_mut("app") {
                    app.remove("other");
                }
                value.to_json()
            };
            prop_assert_eq!(read_of(&after), read_of(&before));
        }
    }
}
