//! Asks the real Helm about damaged and odd texts and compares its answers with ours, values and error words alike.
//!
//! It needs a Helm 3.17 and takes minutes, so it runs on request only:
//! `ROLLCAST_HELM=…/helm CASES=2000 SEED=7 cargo test --release -p rollcast-values --test helm -- --ignored --nocapture`.

mod lab;

use std::sync::atomic::{AtomicUsize, Ordering};

use lab::{Case, Lab, Random};
use rollcast_values::{NoteKind, Origin, Value, read};

const BASES: [&str; 3] = [
    include_str!("texts/plain.yaml"),
    include_str!("texts/styles.yaml"),
    include_str!("texts/json.yaml"),
];

/// Lines of which each is a text of its own; `↵`, `⇥`, `␍` and `␀` stand for what a line cannot hold.
const ODD: &str = include_str!("texts/odd.txt");

#[test]
#[ignore = "asks the real Helm; see the file's head"]
fn every_answer_is_helms() {
    let Some(helm) = lab::helm() else { return };
    let (count, seed) = (lab::number("CASES", 600), lab::number("SEED", 1));
    let mut random = Random(seed as u64);
    let mut texts: Vec<Vec<u8>> = ODD.lines().filter(|line| !line.is_empty()).map(unfold).collect();
    texts.extend(BASES.map(|base| base.as_bytes().to_vec()));
    texts.extend((0..count).map(|_| damaged(&mut random)));

    let wrong = AtomicUsize::new(0);
    let undefined = AtomicUsize::new(0);
    lab::in_parallel(&helm, "{{ .Values | toJson }}", &texts, |lab, _, text| {
        let Some(ours) = ours(text) else {
            undefined.fetch_add(1, Ordering::Relaxed);
            return;
        };
        let helms = helms(lab, text);
        if ours != helms {
            wrong.fetch_add(1, Ordering::Relaxed);
            let text = String::from_utf8_lossy(text);
            eprintln!("--- differs\n{text}\n--- helm: {helms:?}\n--- ours: {ours:?}");
        }
    });
    let (wrong, undefined) = (wrong.into_inner(), undefined.into_inner());
    eprintln!(
        "{} texts, seed {seed}: {wrong} differ, {undefined} undefined in Helm",
        texts.len()
    );
    assert_eq!(wrong, 0);
}

/// Our answer: the values as JSON or Helm's message; `None` where Helm's own answer is random.
fn ours(text: &[u8]) -> Option<Result<String, String>> {
    match read(text, |span| Origin::File { file: 0, span }) {
        Ok(read)
            if read
                .notes
                .iter()
                .any(|note| matches!(note.kind, NoteKind::CollidingKeys { .. })) =>
        {
            None
        }
        Ok(read) => Some(Ok(spelt_alike(&Value::Map(read.map).to_json()))),
        Err(error) => error.helm.map(Err),
    }
}

/// JSON without the liberties of its writers in escapes.
fn spelt_alike(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json).unwrap().to_string()
}

/// Helm's answer: the values as JSON, or its message.
fn helms(lab: &Lab<'_>, text: &[u8]) -> Result<String, String> {
    let case = Case {
        files: vec![text.to_vec()],
        ..Case::default()
    };
    lab.ask(&case)
        .outcome
        .map(|json| spelt_alike(&json))
        .map_err(|message| {
            let prefix = "failed to parse values-0.yaml: ";
            message.strip_prefix(prefix).unwrap_or(&message).to_owned()
        })
}

fn unfold(line: &str) -> Vec<u8> {
    line.replace('↵', "\n")
        .replace('⇥', "\t")
        .replace('␍', "\r")
        .replace('␀', "\0")
        .into_bytes()
}

/// One of the base texts, or a stretch of it, with one to four mistakes of the kind people make.
fn damaged(random: &mut Random) -> Vec<u8> {
    let mut lines: Vec<String> = BASES[random.below(BASES.len())].lines().map(str::to_owned).collect();
    if random.below(3) == 0 {
        let from = random.below(lines.len());
        let to = from + 1 + random.below(lines.len() - from);
        lines = lines[from..to].to_vec();
    }
    for _ in 0..=random.below(4) {
        let at = random.below(lines.len());
        let line = lines[at].clone();
        let place = line
            .char_indices()
            .map(|(i, _)| i)
            .nth(random.below(line.chars().count() + 1))
            .unwrap_or(line.len());
        match random.below(14) {
            0 => lines[at].insert_str(place, random.pick(&INSERTS)),
            1 => {
                if place < line.len() {
                    lines[at].remove(place);
                }
            }
            2 => lines[at].insert_str(0, random.pick(&[" ", "  ", "\t", "    ", "- "])),
            3 => lines[at] = line.trim_start_matches(' ').to_owned(),
            4 => lines[at] = line.strip_prefix(random.pick(&[" ", "  "])).unwrap_or(&line).to_owned(),
            5 => {
                lines.remove(at);
            }
            6 => lines.insert(random.below(lines.len()), line),
            7 => lines[at].truncate(place),
            8 => lines.swap(at, random.below(at + 1)),
            9 => lines.insert(at, random.pick(&LINES).to_owned()),
            10 => {
                if let Some((key, _)) = line.split_once(": ") {
                    lines[at] = format!("{key}: {}", random.pick(&VALUES));
                }
            }
            11 => lines[at] = line.replacen(": ", ":", 1),
            12 => lines[at].push_str(random.pick(&INSERTS)),
            _ => lines[at].replace_range(
                place..place + line[place..].chars().next().map_or(0, char::len_utf8),
                random.pick(&INSERTS),
            ),
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
    }
    let text = lines.join(random.pick(&["\n", "\n", "\n", "\n", "\r\n"]));
    let mut bytes = text.into_bytes();
    match random.below(20) {
        0 => bytes.truncate(random.below(bytes.len() + 1)),
        1 => bytes.push(b'\n'),
        2 => {
            let at = random.below(bytes.len() + 1);
            bytes.insert(at, random.next() as u8);
        }
        3..10 => {}
        _ => bytes.push(b'\n'),
    }
    bytes
}

const INSERTS: [&str; 40] = [
    ":",
    ": ",
    " :",
    "#",
    " #",
    "- ",
    "-",
    "?",
    "? ",
    "'",
    "\"",
    "[",
    "]",
    "{",
    "}",
    ",",
    ", ",
    "&",
    "&a ",
    "*",
    "*a",
    "!",
    "!!str ",
    "!x ",
    "|",
    ">",
    "%",
    "@",
    "`",
    "\\",
    "\\'",
    "\\/",
    "\t",
    " ",
    "é",
    "\u{1F600}",
    "\u{2028}",
    "\u{FEFF}",
    "<<",
    "{{ x }}",
];

const LINES: [&str; 16] = [
    "---",
    "...",
    "# note",
    "<<<<<<< HEAD",
    "=======",
    ">>>>>>> branch",
    "\t",
    "  \t# x",
    "- item",
    "key",
    "key:value",
    "%YAML 1.2",
    "%TAG ! tag:x,2000:",
    "  <<: *defaults",
    "app:",
    "\"quoted\": yes",
];

const VALUES: [&str; 40] = [
    "yes",
    "no",
    "~",
    "null",
    "0777",
    "08",
    "1e3",
    "1_000",
    ".inf",
    ".nan",
    "-0.0",
    "0x1F",
    "1.10",
    "1e400",
    "2024-01-31",
    "12:30",
    "\"\\/\"",
    "\"it\\'s\"",
    "[a:,b]",
    "{a:}",
    "{a:1}",
    "[a, [b, {c: d}]]",
    "[a?b]",
    "{a?b: c}",
    "{x: a?b}",
    "&a x",
    "*labels",
    "*nope",
    "!!int x",
    "!!str 5",
    "!!float 1",
    "!!bool yes",
    "!!null x",
    "|",
    ">-",
    "- x",
    "a: b",
    "@x",
    "{{ .Values.x }}",
    "18446744073709551616",
];
