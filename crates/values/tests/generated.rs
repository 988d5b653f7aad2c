//! Random defaults, values files and flags through the real Helm and through ours: the values with their types, what
//! templates print of them, the messages and the warnings must be the same.
//!
//! `CASES` and `SEED` in the environment ask for more and for others; without a Helm 3.17 nothing is compared, and that is
//! said.

mod lab;

use std::fmt::Write as _;
use std::sync::Mutex;

use lab::{Answer, Case, OwnedFlag, Random};
use rollcast_values::{FlagKind, Value};

/// What templates do with a value: print it, test it, convert it, look into it.
const TEMPLATE: &str = r#"{{ include "typed" .Values }}
{{- range $key, $value := .Values }}
{{ $key }}|{{ $value }}|{{ printf "%v" $value }}|{{ if $value }}T{{ else }}F{{ end }}|{{ int $value -}}
|{{ default "fallback" $value }}|{{ if or (kindIs "slice" $value) (kindIs "invalid" $value) }}{{ has "a" $value }}{{ end -}}
|{{ quote $value }}
{{ toYaml $value }}
{{- end }}"#;

#[test]
fn random_values_are_helms() {
    let Some(helm) = lab::helm() else { return };
    let (count, seed) = (lab::number("CASES", 120), lab::number("SEED", 1));
    let mut random = Random(seed as u64);
    let cases: Vec<Case> = (0..count).map(|_| case(&mut random)).collect();
    let wrong = Mutex::new(Vec::new());
    let compared = Mutex::new(0);
    lab::in_parallel(&helm, TEMPLATE, &cases, |lab, _, case| {
        // Helm's own answer is random, or the limit is ours.
        let Some(ours) = ours(case) else { return };
        *compared.lock().unwrap() += 1;
        let mut helms = lab.ask(case);
        // Helm takes this away behind the template, and here it is encoded by then.
        helms.outcome = helms.outcome.map(|text| text.replace("<no value>", ""));
        if ours != helms {
            wrong
                .lock()
                .unwrap()
                .push(format!("{}\n--- helm: {helms:#?}\n--- ours: {ours:#?}", shown(case)));
        }
    });
    let (wrong, compared) = (wrong.into_inner().unwrap(), compared.into_inner().unwrap());
    eprintln!(
        "{compared} of {count} cases compared, seed {seed}: {} differ",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(compared * 10 > count * 9, "most cases have one answer");
}

fn shown(case: &Case) -> String {
    let mut text = format!("--- defaults\n{}", case.defaults);
    for file in &case.files {
        let _ = write!(text, "--- file\n{}", String::from_utf8_lossy(file));
    }
    for flag in &case.flags {
        let _ = writeln!(text, "--- {} {}", flag.kind.name(), flag.arg);
    }
    text
}

/// Ours for [`TEMPLATE`].
fn ours(case: &Case) -> Option<Answer> {
    let values = lab::values(case)?;
    let outcome = values.outcome.map(|value| {
        let mut text = lab::typed(&value);
        let Value::Map(map) = value else { return text };
        for (key, node) in map {
            let value = node.value;
            let fallback = Value::Str("fallback".to_owned());
            let nil = matches!(value, Value::Null);
            let _ = write!(
                text,
                "\n{key}|{}|{}|{}|{}|{}|{}|{}\n{}",
                value.print(),
                if nil { "<nil>".to_owned() } else { value.print() },
                if value.truthy() { 'T' } else { 'F' },
                value.to_int(),
                value.or(&fallback).print(),
                if nil || matches!(value, Value::List(_)) {
                    value.has("a").unwrap().to_string()
                } else {
                    String::new()
                },
                value.quote(),
                value.to_yaml(),
            );
        }
        text
    });
    Some(Answer {
        outcome,
        warnings: values.warnings,
    })
}

fn case(random: &mut Random) -> Case {
    let mut defaults = String::new();
    table(random, 0, 3, &mut defaults);
    let files = (0..random.below(3))
        .map(|_| {
            let mut text = String::new();
            table(random, 0, 3, &mut text);
            text.into_bytes()
        })
        .collect();
    let flags = (0..random.below(4)).map(|_| flag(random)).collect();
    Case { defaults, files, flags }
}

/// A block table at an indentation, and what is in it.
fn table(random: &mut Random, indent: usize, depth: usize, text: &mut String) {
    let mut used = Vec::new();
    for _ in 0..=random.below(4) {
        let key = random.pick(&KEYS);
        // Duplicates are rare in files; other tests have them.
        if used.contains(&key) {
            continue;
        }
        used.push(key);
        let _ = write!(text, "{}{key}:", " ".repeat(indent));
        match random.below(if depth > 0 { 6 } else { 3 }) {
            0..3 => {
                let _ = writeln!(text, " {}", random.pick(&SCALARS));
            }
            3 => {
                text.push('\n');
                table(random, indent + 2, depth - 1, text);
            }
            4 => {
                text.push('\n');
                for _ in 0..=random.below(3) {
                    let _ = writeln!(text, "{}- {}", " ".repeat(indent), flow(random, depth - 1));
                }
            }
            _ => {
                let _ = writeln!(text, " {}", flow(random, depth - 1));
            }
        }
    }
}

/// A value on one line.
fn flow(random: &mut Random, depth: usize) -> String {
    let inner = |random: &mut Random| flow(random, depth.saturating_sub(1));
    match random.below(if depth > 0 { 4 } else { 1 }) {
        2 => {
            let items: Vec<String> = (0..random.below(3)).map(|_| inner(random)).collect();
            format!("[{}]", items.join(", "))
        }
        3 => {
            let entries: Vec<String> = (0..random.below(3))
                .map(|_| format!("{}: {}", random.pick(&KEYS), inner(random)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        _ => random.pick(&FLOW_SCALARS).to_owned(),
    }
}

fn flag(random: &mut Random) -> OwnedFlag {
    let kind = FlagKind::IN_ORDER[random.below(5)];
    let pairs: Vec<String> = (0..=random.below(2))
        .map(|_| {
            let value = match kind {
                FlagKind::SetJson => random.pick(&JSON),
                FlagKind::SetFile => random.pick(&["content.txt", "content.txt", "missing.txt", ""]),
                _ => random.pick(&ARGUMENTS),
            };
            format!("{}={value}", path(random))
        })
        .collect();
    let mut arg = match kind {
        FlagKind::SetLiteral | FlagKind::SetFile => pairs.first().cloned().unwrap_or_default(),
        _ => pairs.join(random.pick(&[",", ",", ",", ", ", ""])),
    };
    // A slip now and then.
    if random.below(8) == 0 {
        let places: Vec<usize> = arg.char_indices().map(|(at, _)| at).collect();
        if let Some(at) = places.get(random.below(places.len())) {
            arg.insert_str(
                *at,
                random.pick(&[",", ".", "[", "]", "=", "{", "}", "\\", " ", "\"", "0"]),
            );
        }
    }
    OwnedFlag { kind, arg }
}

fn path(random: &mut Random) -> String {
    let mut path = random.pick(&PATH_KEYS).to_owned();
    for _ in 0..random.below(3) {
        match random.below(3) {
            0 => {
                let _ = write!(path, "[{}]", random.pick(&["0", "1", "2", "3", "00", "-1"]));
            }
            _ => {
                let _ = write!(path, ".{}", random.pick(&PATH_KEYS));
            }
        }
    }
    path
}

const KEYS: [&str; 16] = [
    "app", "app", "env", "env", "list", "tag", "image", "a1", "a10", "A", "_x", "é", "'a.b'", "\"x y\"", "on", "7",
];

const PATH_KEYS: [&str; 16] = [
    "app", "app", "env", "env", "list", "list", "tag", "image", "a1", "A", "é", "a\\.b", "x y", "true", "7", "",
];

/// Also those that fill the rest of a line.
const SCALARS: [&str; 44] = [
    "1",
    "0",
    "-1",
    "1.5",
    "1e3",
    "1000000",
    "999999",
    "1234567.5",
    "0.00001",
    "20250516123456",
    "007",
    "0x1F",
    "1_000",
    "1.10",
    "-0.0",
    "true",
    "no",
    "On",
    "~",
    "",
    "null",
    "text",
    "'yes'",
    "\"5\"",
    "''",
    "a b  c",
    "a: b",
    "'it''s'",
    "\"tab\\t\\u00e9\\x07\"",
    "2024-01-31",
    "12:30",
    "|\n    two\n    lines\n",
    ">-\n    folded\n    lines",
    "|+\n    kept\n\n",
    "{}",
    "[]",
    "[a, b]",
    "{a: 1, b: {c: d}}",
    "[{a: 1}, null, [x]]",
    "!!str 5",
    "!!int \"7\"",
    "*x",
    "\u{1F600} smile",
    "9223372036854775808",
];

const FLOW_SCALARS: [&str; 24] = [
    "1",
    "0",
    "2.50",
    "1e20",
    "1000000",
    "yes",
    "off",
    "~",
    "null",
    "a",
    "'b'",
    "\"c\"",
    "''",
    "a b",
    "0b11",
    "0o17",
    "-5",
    "ReadWriteMany",
    "5Gi",
    "50%",
    "http://x/y",
    "{}",
    "[]",
    "\"x\\u2028z\"",
];

const ARGUMENTS: [&str; 32] = [
    "1",
    "0",
    "-1",
    "1.5",
    "1000000",
    "20250516123456",
    "true",
    "False",
    "null",
    "no",
    "~",
    "",
    "text",
    "a b",
    " pad ",
    "{}",
    "{a,b}",
    "{1,null,}",
    "{a, b}",
    "015",
    "00",
    "'q'",
    "\"q\"",
    "x\\,y",
    "a=b",
    "é",
    "9223372036854775808",
    "{a",
    "a}",
    "a.b",
    "-0",
    "+5",
];

const JSON: [&str; 18] = [
    "1",
    "1.5",
    "1000000",
    "-0",
    "true",
    "null",
    "\"text\"",
    "\"\\u00e9\"",
    "[]",
    "{}",
    "[1,\"a\",null]",
    "{\"a\":{\"b\":1}}",
    "{\"env\":null}",
    "",
    "01",
    "text",
    "{\"a\":1,\"a\":2}",
    "\"a\"x",
];
