//! Every example of the command line in the documents and the help texts is executed. That the documents have no others is
//! the concern of `xtask/src/documents.rs`.

use std::path::Path;
use std::process::Command;

use crate::run::{Run, examples, finish, run, run_in};
use crate::shells::COMMANDS;

/// A command in a document, and what it prints.
#[derive(Debug, Default)]
struct Example {
    line: usize,
    command: String,
    output: Vec<String>,
    status: i32,
}

/// The examples in ```console blocks: `$ ` begins a command, `? ` gives its status, the rest is its output.
fn in_document(text: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut inside = false;
    for (index, line) in text.lines().enumerate() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => {
                if let Some(command) = line.strip_prefix("$ ") {
                    found.push(Example {
                        line: index + 1,
                        command: command.to_owned(),
                        ..Example::default()
                    });
                } else if let Some(example) = found.last_mut() {
                    match line.strip_prefix("? ") {
                        Some(status) => example.status = status.parse().unwrap(),
                        None => example.output.push(line.to_owned()),
                    }
                }
            }
        }
    }
    found
}

/// Whether lines are as a document shows them; `...` stands for any number of lines.
fn shows(pattern: &[String], lines: &[&str]) -> bool {
    match pattern {
        [] => lines.is_empty(),
        [any, rest @ ..] if any == "..." => (0..=lines.len()).any(|skipped| shows(rest, &lines[skipped..])),
        [first, rest @ ..] => lines.first() == Some(&first.as_str()) && shows(rest, &lines[1..]),
    }
}

/// Stands in for Helm: the values of a live release, and a chart that somebody has changed.
const HELM: &str = "\
#!/bin/sh
case $* in
  'get values lobu -o yaml') cat values.yaml ;;
  version*) echo v3.17.3 ;;
  template*) printf 'kind: Deployment\\nmetadata:\\n  name: lobu-app\\nspec:\\n  replicas: 1\\n' ;;
esac
";

/// Runs a command line in a copy of the examples' folder, with the program on PATH and a `helm` that has values to give.
fn shell(folder: &Path, line: &str) -> Run {
    let program = Path::new(env!("CARGO_BIN_EXE_rollcast")).parent().unwrap();
    let path = format!(
        "{}:{}:{}",
        folder.join("bin").display(),
        program.display(),
        std::env::var("PATH").unwrap()
    );
    finish(
        Command::new("bash")
            .args(["--norc", "-c", line])
            .current_dir(folder)
            .env("PATH", path),
    )
}

fn folder() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
            let to = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                copy(&entry.path(), &to);
            } else {
                std::fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    copy(&examples(), folder.path());
    let bin = folder.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    script(&bin.join("helm"), HELM);
    let chart = folder.path().join("charts/lobu");
    std::fs::create_dir_all(&chart).unwrap();
    std::fs::write(chart.join("Chart.yaml"), "name: lobu\nversion: 7.1.0\n").unwrap();
    std::fs::write(chart.join("values.yaml"), "app:\n  replicaCount: 1\n").unwrap();
    folder
}

#[cfg(unix)]
fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn script(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

/// The repository's Markdown files, by their names.
fn documents() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut git = Command::new("git");
    let list = finish(git.args(["ls-files", "-z", "*.md"]).current_dir(&root)).out(0);
    let names = list.split_terminator('\0');
    names
        .map(|name| (name.to_owned(), std::fs::read_to_string(root.join(name)).unwrap()))
        .collect()
}

#[cfg(unix)]
#[test]
fn the_documents_show_what_happens() {
    let mut wrong = String::new();
    let mut count = 0;
    for (document, text) in documents() {
        let examples = in_document(&text);
        if examples.is_empty() {
            continue;
        }
        let folder = folder();
        for example in examples {
            count += 1;
            let run = shell(folder.path(), &example.command);
            let printed = format!("{}{}", run.stdout, run.stderr);
            let lines: Vec<&str> = printed.lines().collect();
            if run.status != Some(example.status) || !shows(&example.output, &lines) {
                wrong.push_str(&format!(
                    "\n{document}:{}: `{}` ended with {:?} and printed\n{printed}",
                    example.line, example.command, run.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 10, "{count} examples only");
}

/// Blocks of `sh` show no output; our commands in them work in a folder that has such files.
#[cfg(unix)]
#[test]
fn the_commands_of_the_documents_work() {
    let mut count = 0;
    for (document, text) in documents() {
        let folder = folder();
        let blocks = text
            .split("```sh\n")
            .skip(1)
            .map(|rest| rest.split("```").next().unwrap());
        for line in blocks.flat_map(str::lines).filter(|line| line.starts_with("rollcast ")) {
            count += 1;
            let run = shell(folder.path(), line);
            assert!(
                matches!(run.status, Some(0 | 1)) && !run.stdout.is_empty(),
                "{document}: {line}: {run:#?}"
            );
        }
    }
    assert!(count > 2, "{count} commands only");
}

/// A sentence names a command and what is given to it, with or without the program's name. The program reads that, and then
/// `--help`.
#[test]
fn the_commands_in_sentences_are_understood() {
    let mut count = 0;
    for (document, text) in documents() {
        // Between the blocks, every second piece is code.
        let sentences: String = text.split("\n```").step_by(2).collect();
        for code in sentences.split('`').skip(1).step_by(2) {
            let words: Vec<&str> = code.split_whitespace().collect();
            let words = match words[..] {
                ["rollcast", ref words @ ..] => words,
                [command, option, ..] if COMMANDS.contains(&command) && option.starts_with("--") => &words[..],
                _ => continue,
            };
            if words.is_empty() {
                continue;
            }
            count += 1;
            let words = words.iter().map(|word| match *word {
                "ID" => "telegram-polling",
                word => word,
            });
            let run = run(words.chain(["--help"]));
            // A sentence may name an option without the value it takes.
            let understood = run.status == Some(0) || run.stderr.starts_with("error: a value is required for '");
            assert!(understood, "{document}: {code}: {run:#?}");
        }
    }
    assert!(count > 8, "{count} commands only");
}

/// The YAML of docs/ci.md gives the action inputs that it has and takes outputs that it gives, and its hook is ours, with
/// arguments that the command takes.
#[test]
fn the_descriptions_of_docs_ci_fit() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let action: serde_json::Value = serde_yaml::from_str(&read("action.yml")).unwrap();
    let text = read("docs/ci.md");
    let blocks: Vec<serde_json::Value> = text
        .split("```yaml\n")
        .skip(1)
        .map(|rest| serde_yaml::from_str(rest.split("```").next().unwrap()).unwrap())
        .collect();
    let [workflow, hooks] = blocks.as_slice() else {
        panic!("{blocks:?}")
    };
    let steps = workflow["jobs"]["rollout"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["id"] == "rollcast").unwrap();
    for name in step["with"].as_object().unwrap().keys() {
        assert!(action["inputs"][name].is_object(), "{name} is no input");
    }
    let outputs: Vec<&str> = text.split("steps.rollcast.outputs.").skip(1).collect();
    assert!(!outputs.is_empty());
    for rest in outputs {
        let name = rest.split(|char: char| !char.is_ascii_alphabetic()).next().unwrap();
        assert!(action["outputs"][name].is_object(), "{name} is no output");
    }
    let hook = &hooks["repos"][0]["hooks"][0];
    let ours: serde_json::Value = serde_yaml::from_str(&read(".pre-commit-hooks.yaml")).unwrap();
    assert_eq!(hook["id"], ours[0]["id"]);
    let folder = folder();
    let base = folder.path().join("deploy");
    std::fs::create_dir(&base).unwrap();
    std::fs::copy(examples().join("base.yaml"), base.join("base.yaml")).unwrap();
    let arguments = hook["args"]
        .as_array()
        .unwrap()
        .iter()
        .map(|word| word.as_str().unwrap());
    let words: Vec<&str> = ["check"]
        .into_iter()
        .chain(arguments)
        .chain(["envs/dev/values.yaml"])
        .collect();
    let run = run_in(folder.path(), words);
    assert!(run.stdout.contains("1 file checked"), "{run:#?}");
}

/// The comment in docs/ci.md is what the command prints now; `ROLLCAST_WRITE=1` writes it anew.
#[test]
fn the_comment_is_the_commands() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/ci.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let begin = "<!-- comment: written by `ROLLCAST_WRITE=1 cargo test --package rollcast` -->\n";
    let (before, rest) = text.split_once(begin).unwrap();
    let (shown, after) = rest.split_once("<!-- end of comment -->").unwrap();
    let printed = run_in(&examples(), ["check", "values.yaml", "--format", "markdown"]).out(0);
    // One level down: it stands beneath a heading.
    let deeper = |line: &str| {
        if line.starts_with("##") {
            format!("#{line}\n")
        } else {
            format!("{line}\n")
        }
    };
    let printed: String = std::iter::once("").chain(printed.lines()).map(deeper).collect();
    if std::env::var_os("ROLLCAST_WRITE").is_some() {
        std::fs::write(&path, format!("{before}{begin}{printed}<!-- end of comment -->{after}")).unwrap();
    } else {
        assert_eq!(
            shown, printed,
            "docs/ci.md is out of date: ROLLCAST_WRITE=1 cargo test --package rollcast"
        );
    }
}

#[cfg(unix)]
#[test]
fn the_examples_of_the_help_texts_work() {
    let mut count = 0;
    for name in COMMANDS {
        let help = run([name, "--help"]).out(0);
        let Some((_, lines)) = help.split_once("\nExamples:\n") else {
            continue;
        };
        for line in lines.lines().filter_map(|line| line.strip_prefix("  ")) {
            count += 1;
            let folder = folder();
            std::fs::copy(
                examples().join("envs/prod/values.yaml"),
                folder.path().join("prod.yaml"),
            )
            .unwrap();
            let run = shell(folder.path(), &format!("set -o pipefail; {line}"));
            assert!(matches!(run.status, Some(0 | 1)), "{line}: {run:#?}");
            assert!(!run.stdout.is_empty() || line.contains(" > "), "{line}");
        }
    }
    assert!(count > 8, "{count} examples only");
}
