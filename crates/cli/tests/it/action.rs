//! The GitHub Action and the pre-commit hook, run as their runners would run them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::run::{Run, examples, finish, run_in};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

fn yaml(name: &str) -> Value {
    serde_yaml::from_str(&std::fs::read_to_string(root().join(name)).unwrap()).unwrap()
}

/// A job on a runner.
struct Job {
    temp: tempfile::TempDir,
    inputs: BTreeMap<String, String>,
    /// In front of PATH.
    programs: PathBuf,
    /// Where releases are, in place of the action's own address.
    releases: Option<String>,
}

impl Job {
    /// The defaults of the inputs, and the program that is tested on PATH.
    fn new() -> Self {
        let defaults = yaml("action.yml");
        let inputs = defaults["inputs"].as_object().unwrap();
        Self {
            temp: tempfile::tempdir().unwrap(),
            inputs: inputs
                .iter()
                .map(|(name, input)| (name.clone(), input["default"].as_str().unwrap().to_owned()))
                .collect(),
            programs: Path::new(env!("CARGO_BIN_EXE_rollcast")).parent().unwrap().to_owned(),
            releases: None,
        }
    }

    fn with(mut self, input: &str, value: &str) -> Self {
        assert!(
            self.inputs.insert(input.to_owned(), value.to_owned()).is_some(),
            "no input {input}"
        );
        self
    }

    fn file(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    fn written(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap_or_default()
    }

    /// Runs the steps until one fails.
    fn run(&self) -> Run {
        let action = yaml("action.yml");
        let mut last = None;
        for step in action["runs"]["steps"].as_array().unwrap() {
            assert_eq!(step["shell"], "bash");
            let run = finish(&mut self.step(step));
            let failed = run.status != Some(0);
            last = Some(run);
            if failed {
                break;
            }
        }
        last.unwrap()
    }

    fn step(&self, step: &Value) -> Command {
        let added = self.written("path").lines().map(PathBuf::from).collect::<Vec<_>>();
        let paths = added.into_iter().chain([self.programs.clone()]);
        let path = std::env::var_os("PATH").unwrap();
        let mut command = Command::new("bash");
        // As the runner calls it.
        command
            .args([
                "--noprofile",
                "--norc",
                "-e",
                "-o",
                "pipefail",
                "-c",
                step["run"].as_str().unwrap(),
            ])
            .current_dir(examples())
            .env(
                "PATH",
                std::env::join_paths(paths.chain(std::env::split_paths(&path))).unwrap(),
            )
            .env("GITHUB_ACTION_PATH", root())
            .env("GITHUB_OUTPUT", self.file("output"))
            .env("GITHUB_PATH", self.file("path"))
            .env("GITHUB_STEP_SUMMARY", self.file("summary"))
            .env("RUNNER_TEMP", self.temp.path());
        for (name, value) in step["env"].as_object().unwrap() {
            let value = value.as_str().unwrap();
            let input = value
                .strip_prefix("${{ inputs.")
                .and_then(|rest| rest.strip_suffix(" }}"));
            match (input, name.as_str(), &self.releases) {
                (Some(input), ..) => command.env(name, &self.inputs[input]),
                (None, "RELEASES", Some(releases)) => command.env(name, releases),
                (None, ..) => command.env(name, value),
            };
        }
        command
    }
}

#[test]
fn the_default_version_is_this_one() {
    assert_eq!(
        yaml("action.yml")["inputs"]["version"]["default"],
        env!("CARGO_PKG_VERSION")
    );
}

#[test]
fn no_input_is_put_into_the_text_of_a_command() {
    for step in yaml("action.yml")["runs"]["steps"].as_array().unwrap() {
        assert!(!step["run"].as_str().unwrap().contains("${{"), "{step}");
    }
}

#[test]
fn good_values_pass_and_leave_their_answer() {
    let job = Job::new()
        .with("values", "base.yaml\nvalues.yaml\n")
        .with("arguments", "--chart\nmain-776\n");
    let run = job.run();
    assert_eq!(run.status, Some(0), "{run:#?}");
    assert!(
        run.stdout.contains("values.yaml: needs confirmation: RollingUpdate"),
        "{}",
        run.stdout
    );
    assert!(
        job.written("summary").starts_with("## Rollcast: needs confirmation\n"),
        "{}",
        job.written("summary")
    );
    assert_eq!(job.written("rollcast.md"), job.written("summary"));
    let sarif: Value = serde_json::from_str(&job.written("rollcast.sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let output = job.written("output");
    for name in ["markdown", "sarif"] {
        assert_eq!(
            yaml("action.yml")["outputs"][name]["value"],
            format!("${{{{ steps.check.outputs.{name} }}}}")
        );
        let file = output
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}=")))
            .unwrap();
        assert!(Path::new(file).is_file(), "{file}");
    }
}

#[test]
fn a_fleet_with_a_deadlock_fails_and_annotates() {
    let job = Job::new()
        .with("values", "base.yaml")
        .with("each", "envs/*/values.yaml\n");
    let run = job.run();
    assert_eq!(run.status, Some(1), "{run:#?}");
    assert!(
        run.stdout.contains("\n::error file=envs/prod/values.yaml,line=4,"),
        "{}",
        run.stdout
    );
    assert!(
        job.written("summary")
            .contains("envs/prod/values.yaml</code>: deadlock")
    );
    let lenient = job.with("fail-on", "never").run();
    assert_eq!(lenient.status, Some(0));
}

#[test]
fn what_cannot_be_read_fails_with_its_message() {
    let run = Job::new().with("values", "nope.yaml").run();
    assert_eq!(run.status, Some(2));
    assert_eq!(run.stderr, "error: cannot read nope.yaml: there is no such file\n");
}

#[test]
fn an_input_is_an_argument_and_nothing_else() {
    let job = Job::new();
    let victim = job.file("victim");
    let hostile = format!(
        "$(touch {0}); `touch {0}`\n; touch {0} #\n' || touch {0}",
        victim.display()
    );
    for input in ["values", "each", "arguments", "fail-on"] {
        let run = Job::new().with(input, &hostile).run();
        assert_ne!(run.status, Some(0), "{input}");
    }
    assert!(!victim.exists());
}

/// A release with a program that says its version, for this platform.
fn release(folder: &Path, version: &str) -> PathBuf {
    let job = folder.join(format!("v{version}"));
    std::fs::create_dir_all(&job).unwrap();
    std::fs::write(job.join("rollcast"), format!("#!/bin/sh\necho rollcast {version}\n")).unwrap();
    let made = finish(
        Command::new("bash")
            .args([
                "-ec",
                "chmod +x rollcast
                 case \"$(uname -s)-$(uname -m)\" in
                   Linux-*) target=\"$(uname -m)-unknown-linux-musl\" ;;
                   *) target=\"$(uname -m | sed s/arm64/aarch64/)-apple-darwin\" ;;
                 esac
                 archive=\"rollcast-$VERSION-$target.tar.gz\"
                 tar -czf \"$archive\" rollcast
                 sha256sum \"$archive\" >\"$archive.sha256\" 2>/dev/null || shasum -a 256 \"$archive\" >\"$archive.sha256\"
                 printf %s \"$PWD/$archive\"",
            ])
            .current_dir(&job)
            .env("VERSION", version),
    );
    made.out(0).into()
}

#[cfg(unix)]
#[test]
fn a_version_that_is_not_on_path_is_fetched_and_its_checksum_compared() {
    let folder = tempfile::tempdir().unwrap();
    let archive = release(folder.path(), "9.9.9");
    let releases = format!("file://{}", folder.path().display());
    let job = Job {
        releases: Some(releases.clone()),
        ..Job::new().with("version", "9.9.9")
    };
    let install = &yaml("action.yml")["runs"]["steps"][0];
    let run = finish(&mut job.step(install));
    assert_eq!(run.status, Some(0), "{run:#?}");
    let added = job.written("path");
    let fetched = finish(Command::new(Path::new(added.trim()).join("rollcast")).arg("--version"));
    assert_eq!(fetched.out(0), "rollcast 9.9.9\n");

    let mut bytes = std::fs::read(&archive).unwrap();
    bytes.push(b'x');
    std::fs::write(&archive, bytes).unwrap();
    let job = Job {
        releases: Some(releases),
        ..Job::new().with("version", "9.9.9")
    };
    let run = finish(&mut job.step(install));
    assert_ne!(run.status, Some(0), "{run:#?}");
    assert_eq!(job.written("path"), "");
}

#[test]
fn the_hook_checks_each_file_by_itself() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hook = &hooks.as_array().unwrap()[0];
    assert_eq!(hook["language"], "system");
    let mut words: Vec<&str> = hook["entry"].as_str().unwrap().split(' ').collect();
    assert_eq!(words.remove(0), "rollcast");
    words.extend(
        hook["args"]
            .as_array()
            .unwrap()
            .iter()
            .map(|word| word.as_str().unwrap()),
    );
    words.extend(["envs/dev/values.yaml", "envs/prod/values.yaml"]);
    let run = run_in(&examples(), words);
    assert!(
        run.out(1)
            .ends_with("2 files checked, 1 failed: 2 errors, 2 warnings, 2 to confirm\n")
    );
}

#[test]
fn workflows_name_actions_by_commit_and_ask_for_no_more_than_they_need() {
    for name in ["ci", "pages", "release"] {
        let workflow = yaml(&format!(".github/workflows/{name}.yml"));
        assert_eq!(
            workflow["permissions"],
            serde_json::json!({ "contents": "read" }),
            "{name}"
        );
        for (job, description) in workflow["jobs"].as_object().unwrap() {
            assert!(description["timeout-minutes"].is_u64(), "{name}: {job}");
            for step in description["steps"].as_array().unwrap() {
                if let Some(action) = step["uses"].as_str() {
                    let (_, commit) = action.split_once('@').unwrap();
                    assert!(
                        commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()),
                        "{action}"
                    );
                }
                // A tag's name is somebody's text.
                let run = step["run"].as_str().unwrap_or_default();
                assert!(!run.replace("${{ matrix.", "").contains("${{"), "{name}: {run}");
            }
        }
    }
}

#[test]
fn workflows_and_documents_name_tasks_that_exist() {
    let main = std::fs::read_to_string(root().join("xtask/src/main.rs")).unwrap();
    let files = [
        ".github/workflows/ci.yml",
        ".github/workflows/pages.yml",
        ".github/workflows/release.yml",
        "docs/versioning.md",
        "SECURITY.md",
        "README.md",
        "CONTRIBUTING.md",
    ];
    let mut count = 0;
    for file in files {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        for rest in text.split("cargo xtask ").skip(1) {
            let task = rest.split(|char: char| !char.is_ascii_alphabetic()).next().unwrap();
            assert!(main.contains(&format!("\"{task}\"")), "{file}: {task}");
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}
