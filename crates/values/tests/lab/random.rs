//! Random cases.

use std::fmt::Write as _;

use rollcast_values::FlagKind;

use super::{Case, OwnedFlag, Random};

/// Defaults, files and flags.
pub(crate) fn case(random: &mut Random) -> Case {
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
