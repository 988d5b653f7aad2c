//! Every example in the documents is executed by a test, and this one finds them all: each block of code in a tracked
//! Markdown file must be of a kind that some test executes, and each command of ours must be one.
//!
//! What takes minutes, or another compiler, is not run here; it is understood by whatever reads its arguments in earnest.

use crate::{
    command::{Result, capture, cargo, command, root},
    understand,
};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use serde_json::Value;
use std::{fs, ops::Range, sync::OnceLock};

/// Who executes the blocks of a language in a document, or in all of them where none is named.
const EXECUTED: [(&str, Option<&str>, &str); 6] = [
    ("console", None, "crates/cli/tests/it/documents.rs"),
    ("sh", None, "crates/cli/tests/it/documents.rs"),
    ("rust", Some("README.md"), "crates/core/src/lib.rs"),
    ("js", Some("crates/wasm/npm/README.md"), "tests/package/readme.test.js"),
    ("yaml", Some("docs/ci.md"), "crates/cli/tests/it/documents.rs"),
    ("html", Some("docs/embed.md"), "tests/browser/embed.spec.js"),
];

/// What stands between these markers is written by a test or a task, which compares it.
const WRITTEN: [&str; 2] = [
    "written by `ROLLCAST_WRITE=1 cargo test",
    "written by `cargo xtask bench`",
];

/// What brings other people's tools; trying it out would change the machine.
const INSTALLS: [&str; 2] = [
    "cargo install cargo-fuzz --version 0.13.2",
    "rustup component add miri rust-src --toolchain nightly",
];

/// What stands for something in a command, and a thing it can stand for.
const PLACEHOLDERS: [(&str, &str); 13] = [
    ("ARGUMENT", "--help"),
    ("COPY", "copy"),
    ("COUNT", "3"),
    ("DIR", "."),
    ("FILE", "tests/rollouts/data/rollouts.jsonl"),
    ("GROUP", "native"),
    ("KIND", "bans"),
    ("PART", "size"),
    ("PORT", "8080"),
    ("SEED", "7"),
    ("STEPS", "10"),
    ("TARGET", "x86_64-unknown-linux-gnu"),
    ("<id>", "7.1.0"),
];

#[test]
fn every_example_is_executed() {
    let mut wrong = String::new();
    let (mut blocks, mut commands) = (0, 0);
    for document in tracked("*.md") {
        let text = read(&document);
        for example in examples(&text) {
            let line = text[..example.at].matches('\n').count() + 1;
            let mut check = |result: Result| {
                if let Err(error) = result {
                    wrong.push_str(&format!("\n{document}:{line}: {error}"));
                }
            };
            match example.kind {
                Kind::Block(language) => {
                    blocks += 1;
                    check(executed(&document, &language));
                    if language == "sh" {
                        for line in example.text.lines() {
                            commands += 1;
                            check(command_line(line.split(" #").next().unwrap_or(line)));
                        }
                    }
                }
                Kind::Inline if is_ours(&example.text) => {
                    commands += 1;
                    check(command_line(&example.text));
                }
                Kind::Inline => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(
        blocks > 30 && commands > 40,
        "{blocks} blocks and {commands} commands only"
    );
}

#[test]
fn every_line_of_the_help_is_a_command() {
    let usages: Vec<&str> = crate::HELP
        .lines()
        .map(str::trim_start)
        .filter(|line| line.starts_with("cargo xtask "))
        .collect();
    assert!(usages.len() > 12, "{usages:?}");
    for usage in usages {
        // What a command does stands behind at least two blanks.
        command_line(usage.split("  ").next().unwrap_or(usage)).unwrap();
    }
}

#[test]
fn what_is_wrong_is_found() {
    assert!(executed("README.md", "python").is_err());
    assert!(executed("docs/ci.md", "").is_err());
    assert!(executed("docs/ci.md", "js").is_err());
    for line in [
        "cargo xtask fly",
        "cargo xtask test browsers",
        "cargo xtask bench speed",
        "cargo xtask soak [SEED [STEPS [MORE]]]",
        "cargo xtask witness x",
        "cargo xtask deny everything",
        "cargo xtask release everything",
        "cargo test -p rollcast-speed",
        "cargo test -p rollcast-core --test speed",
        "cargo run -p rollcast-core",
        "cargo install --path crates/core",
        "cargo install ripgrep",
        "cargo +nightly fuzz run speed",
        "cargo +nightly fuzz run yaml -- -max_speed=1",
        "cargo fly",
        "npm install lodash",
        "make",
    ] {
        assert!(command_line(line).is_err(), "{line}");
    }
}

enum Kind {
    /// With its language.
    Block(String),
    Inline,
}

struct Example {
    kind: Kind,
    text: String,
    /// Where it begins, in bytes.
    at: usize,
}

/// The blocks of code and the code in sentences, except what a test or a task has written.
fn examples(text: &str) -> Vec<Example> {
    let written = written(text);
    let mut found: Vec<Example> = Vec::new();
    let mut inside = false;
    for (event, range) in Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES).into_offset_iter() {
        let mut add = |kind, text: &str| {
            if !written.iter().any(|written| written.contains(&range.start)) {
                found.push(Example {
                    kind,
                    text: text.to_owned(),
                    at: range.start,
                });
            }
        };
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                inside = true;
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                add(Kind::Block(language), "");
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => inside = false,
            Event::Text(more) if inside => {
                if let Some(block) = found.last_mut() {
                    block.text.push_str(&more);
                }
            }
            Event::Code(text) => add(Kind::Inline, &text),
            _ => {}
        }
    }
    found
}

fn written(text: &str) -> Vec<Range<usize>> {
    text.match_indices("<!-- ")
        .filter(|(at, _)| {
            let line = text[*at..].lines().next().unwrap_or_default();
            WRITTEN.iter().any(|how| line.contains(how))
        })
        .map(|(at, _)| at..at + text[at..].find("<!-- end of ").unwrap())
        .collect()
}

/// Whether a test executes such a block, and knows of the document.
fn executed(document: &str, language: &str) -> Result {
    // A drawing, or what a program prints.
    if language == "text" {
        return Ok(());
    }
    let known = EXECUTED
        .iter()
        .find(|(kind, only, _)| *kind == language && only.is_none_or(|only| only == document));
    let Some((_, only, test)) = known else {
        return Err(format!("no test executes a block of `{language}` there"));
    };
    let name = only.and_then(|path| path.rsplit('/').next()).unwrap_or(language);
    if read(test).contains(name) {
        Ok(())
    } else {
        Err(format!("{test} does not mention {name}"))
    }
}

/// Whether code in a sentence is a command of this repository, and not the name of something.
fn is_ours(code: &str) -> bool {
    let mut words = code.split(' ').skip_while(|word| is_assignment(word));
    let program = words.next().unwrap_or_default();
    ["cargo", "npm", "npx", "node", "rustup"].contains(&program) && words.next().is_some()
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=')
        .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
}

/// What is wrong with a command, told by what understands it; a part in brackets can be left out.
pub(crate) fn command_line(line: &str) -> Result {
    let line = line.trim().replace('…', "");
    if INSTALLS.contains(&line.as_str()) {
        return Ok(());
    }
    let mut without = String::new();
    let mut depth = 0;
    for char in line.chars() {
        match char {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ if depth == 0 => without.push(char),
            _ => {}
        }
    }
    one_command(&without)?;
    one_command(&line.replace(['[', ']'], " "))
}

fn one_command(line: &str) -> Result {
    let words = shlex::split(line).ok_or_else(|| format!("a shell cannot read `{line}`"))?;
    let words: Vec<String> = words
        .into_iter()
        .skip_while(|word| is_assignment(word))
        .map(|word| match PLACEHOLDERS.iter().find(|(name, _)| *name == word) {
            Some((_, value)) => (*value).to_owned(),
            None => word,
        })
        .collect();
    let plain: Vec<&str> = words.iter().map(String::as_str).collect();
    let wrong = |error: String| format!("`{line}`: {error}");
    match plain[..] {
        // tests/parity tries the arguments of the comparison.
        ["cargo", "xtask", ..] => understand(&words[2..]).map(drop).map_err(wrong),
        ["cargo", "+nightly", "fuzz", "run", target, ref rest @ ..] => fuzz(target, rest).map_err(wrong),
        ["cargo", "test", ref rest @ ..]
        | ["cargo", "run", ref rest @ ..]
        | ["cargo", "+nightly", "miri", "test", ref rest @ ..] => built(plain[1] == "run", rest).map_err(wrong),
        ["cargo", "install", ref rest @ ..] => installed(rest).map_err(wrong),
        ["npm", "install", package] => {
            let name = json(&read("crates/wasm/npm/package.json"))["name"].clone();
            (name == package)
                .then_some(())
                .ok_or_else(|| wrong(format!("our package is {name}")))
        }
        // In continuous integration, with the folder's name.
        ["npm", "audit"] => read(".github/workflows/ci.yml")
            .contains("npm --prefix tests/browser audit")
            .then_some(())
            .ok_or_else(|| wrong("no workflow does it".to_owned())),
        ["npm", "--prefix", folder, "audit"] => root()
            .join(folder)
            .join("package-lock.json")
            .is_file()
            .then_some(())
            .ok_or_else(|| wrong("there is no lock file".to_owned())),
        // Run by the command line's own tests.
        ["rollcast", ..] => Ok(()),
        _ => Err(wrong("no test knows such a command".to_owned())),
    }
}

/// A fuzz target, and options of libFuzzer's own table.
fn fuzz(target: &str, rest: &[&str]) -> Result {
    let metadata = metadata("fuzz/Cargo.toml", &[]);
    let packages = metadata["packages"].as_array().unwrap();
    let package = |name: &str| packages.iter().find(|package| package["name"] == name).unwrap();
    let targets = package("rollcast-fuzz")["targets"].as_array().unwrap();
    if targets.iter().all(|known| known["name"] != target) {
        return Err(format!("there is no fuzz target {target}"));
    }
    let manifest = package("libfuzzer-sys")["manifest_path"].as_str().unwrap();
    let table = manifest.replace("Cargo.toml", "libfuzzer/FuzzerFlags.def");
    let table = fs::read_to_string(table).unwrap();
    for option in rest.iter().skip_while(|word| **word != "--").skip(1) {
        let name = option
            .strip_prefix('-')
            .and_then(|option| option.split('=').next())
            .unwrap_or_default();
        // The table is C, and breaks lines within its parentheses.
        let known = table
            .split("FUZZER_FLAG_")
            .filter_map(|flag| flag.split_once('(')?.1.split(',').next());
        let known = known.map(str::trim).any(|flag| flag == name);
        if !known {
            return Err(format!("libFuzzer has no option {option}"));
        }
    }
    Ok(())
}

/// A package of this workspace with what is to be built of it.
fn built(run: bool, words: &[&str]) -> Result {
    let option = |names: &[&str]| {
        let at = words.iter().position(|word| names.contains(word))?;
        words.get(at + 1).copied()
    };
    let name = option(&["-p", "--package"]).ok_or("says no package")?;
    let package = workspace()
        .find(|package| package["name"] == name)
        .ok_or_else(|| format!("there is no package {name}"))?;
    let wanted = match option(&["--test"]) {
        Some(test) => ("test", Some(test)),
        None if run => ("bin", None),
        None => ("lib", None),
    };
    let has = package["targets"].as_array().unwrap().iter().any(|target| {
        let kinds = target["kind"].as_array().unwrap();
        kinds.iter().any(|kind| kind == wanted.0) && wanted.1.is_none_or(|name| target["name"] == name)
    });
    // A program has tests too.
    if has || (wanted == ("lib", None) && !words.contains(&"--lib")) {
        Ok(())
    } else {
        Err(format!("{name} has no such target"))
    }
}

/// A package of ours with a program.
fn installed(words: &[&str]) -> Result {
    let package = match words {
        // Only the option is spoken of.
        [option] if option.starts_with('-') => return Ok(()),
        ["--path", path, ..] => {
            let manifest = root().join(path).join("Cargo.toml");
            workspace().find(|package| package["manifest_path"].as_str().map(std::path::Path::new) == Some(&manifest))
        }
        [name, ..] => workspace().find(|package| package["name"] == *name),
        [] => None,
    };
    let program = |package: &Value| {
        let targets = package["targets"].as_array().unwrap();
        targets.iter().any(|target| target["kind"][0] == "bin")
    };
    package
        .is_some_and(program)
        .then_some(())
        .ok_or_else(|| "no package of ours with a program".to_owned())
}

fn workspace() -> impl Iterator<Item = &'static Value> {
    static METADATA: OnceLock<Value> = OnceLock::new();
    let metadata = METADATA.get_or_init(|| metadata("Cargo.toml", &["--no-deps"]));
    metadata["packages"].as_array().unwrap().iter()
}

fn metadata(manifest: &str, more: &[&str]) -> Value {
    let mut ask = cargo();
    ask.args([
        "metadata",
        "--quiet",
        "--format-version=1",
        "--locked",
        "--manifest-path",
        manifest,
    ]);
    json(&capture(ask.args(more)).unwrap())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The files of the repository that match.
pub(crate) fn tracked(pattern: &str) -> Vec<String> {
    let list = capture(command("git").args(["ls-files", "-z", "--", pattern])).unwrap();
    let names: Vec<String> = list.split_terminator('\0').map(str::to_owned).collect();
    assert!(!names.is_empty(), "{pattern}");
    names
}

pub(crate) fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}
