//! Asks the real Helm about damaged and odd texts and compares its answers with ours, values and error words alike.
//!
//! It needs a Helm 3.17 and takes minutes, so it runs on request only:
//! `HELM=…/helm CASES=2000 SEED=7 cargo test --release -p rollcast-values --test helm -- --ignored --nocapture`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

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
    let Some(helm) = helm() else {
        eprintln!("SKIPPED: no Helm 3.17 in $HELM or on the PATH");
        return;
    };
    let number = |name: &str, default: usize| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    let (count, seed) = (number("CASES", 600), number("SEED", 1));
    let mut random = Random(seed as u64);
    let mut texts: Vec<Vec<u8>> = ODD.lines().filter(|line| !line.is_empty()).map(unfold).collect();
    texts.extend(BASES.map(|base| base.as_bytes().to_vec()));
    texts.extend((0..count).map(|_| damaged(&mut random)));

    let next = AtomicUsize::new(0);
    let wrong = AtomicUsize::new(0);
    let undefined = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for worker in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            let (texts, next, wrong, undefined, helm) = (&texts, &next, &wrong, &undefined, &helm);
            scope.spawn(move || {
                let lab = Lab::new(helm, worker);
                while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some(ours) = ours(text) else {
                        undefined.fetch_add(1, Ordering::Relaxed);
                        continue;
                    };
                    let helms = lab.ask(text);
                    if ours != helms {
                        wrong.fetch_add(1, Ordering::Relaxed);
                        let text = String::from_utf8_lossy(text);
                        eprintln!("--- differs\n{text}\n--- helm: {helms:?}\n--- ours: {ours:?}");
                    }
                }
            });
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

/// A chart without values of its own that prints what it got.
struct Lab<'a> {
    helm: &'a Path,
    folder: PathBuf,
}

impl<'a> Lab<'a> {
    fn new(helm: &'a Path, worker: usize) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lab-{}-{worker}", std::process::id()));
        let write = |file: &str, text: &str| {
            let path = folder.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("Chart.yaml", "apiVersion: v2\nname: lab\nversion: 0.1.0\n");
        write(
            "templates/values.yaml",
            "kind: Lab\ndata: {{ .Values | toJson | b64enc }}\n",
        );
        Self { helm, folder }
    }

    fn ask(&self, text: &[u8]) -> Result<String, String> {
        std::fs::write(self.folder.join("v.yaml"), text).unwrap();
        let output = Command::new(self.helm)
            .args(["template", "lab", ".", "-f", "v.yaml"])
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        if output.status.success() {
            let printed = String::from_utf8(output.stdout).unwrap();
            let data = printed.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
            let json = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, data).unwrap();
            Ok(spelt_alike(&String::from_utf8(json).unwrap()))
        } else {
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            let message = message.trim_end();
            Err(message
                .strip_prefix("Error: failed to parse v.yaml: ")
                .unwrap_or(message)
                .to_owned())
        }
    }
}

impl Drop for Lab<'_> {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn helm() -> Option<PathBuf> {
    let named = std::env::var_os("HELM").map(PathBuf::from);
    let candidates = named.into_iter().chain(
        std::env::var_os("PATH")
            .iter()
            .flat_map(std::env::split_paths)
            .map(|folder| folder.join("helm"))
            .collect::<Vec<_>>(),
    );
    candidates.into_iter().find(|path| {
        let version = Command::new(path).args(["version", "--short"]).output();
        version.is_ok_and(|output| output.stdout.starts_with(b"v3.17."))
    })
}

fn unfold(line: &str) -> Vec<u8> {
    line.replace('↵', "\n")
        .replace('⇥', "\t")
        .replace('␍', "\r")
        .replace('␀', "\0")
        .into_bytes()
}

/// SplitMix64: the same cases from the same seed everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
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
