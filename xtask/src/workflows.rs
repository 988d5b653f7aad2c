//! The steps of the workflows, which run elsewhere: each command in them must be one. `tests/workflows` lets GitHub's own
//! checker read the files.

use crate::{
    command::{capture, command, root},
    documents::{command_line, read, tracked},
};
use serde_json::Value;

/// The steps of a workflow, each with its job's name and the job.
fn steps(workflow: &Value) -> Vec<(&String, &Value, &Value)> {
    let jobs = workflow["jobs"].as_object().unwrap();
    jobs.iter()
        .flat_map(|(name, job)| {
            job["steps"]
                .as_array()
                .unwrap()
                .iter()
                .map(move |step| (name, job, step))
        })
        .collect()
}

fn workflows() -> impl Iterator<Item = (String, Value)> {
    tracked(".github/workflows/*.yml").into_iter().map(|file| {
        let workflow = serde_yaml::from_str(&read(&file)).unwrap();
        (file, workflow)
    })
}

#[test]
fn every_step_runs_what_there_is() {
    let mut count = 0;
    for (file, workflow) in workflows() {
        for (name, job, step) in steps(&workflow) {
            let Some(script) = step["run"].as_str() else {
                continue;
            };
            for line in script.lines() {
                for line in each_of_the_matrix(line, job) {
                    count += 1;
                    if let Err(error) = is_there(&line) {
                        panic!("{file}, {name}: {error}");
                    }
                }
            }
        }
    }
    assert!(count > 15, "{count} commands only");
}

/// A line with every value that its matrix can put in.
fn each_of_the_matrix(line: &str, job: &Value) -> Vec<String> {
    let Some((before, rest)) = line.split_once("${{ matrix.") else {
        // Whatever else GitHub puts in could be a command.
        assert!(!line.contains("${{"), "{line}");
        return vec![line.to_owned()];
    };
    let (key, after) = rest.split_once(" }}").unwrap();
    let matrix = &job["strategy"]["matrix"]["include"];
    let values = matrix.as_array().unwrap().iter().map(|row| row[key].as_str().unwrap());
    values.map(|value| format!("{before}{value}{after}")).collect()
}

fn is_there(line: &str) -> Result<(), String> {
    let words = shlex::split(line).ok_or_else(|| format!("a shell cannot read `{line}`"))?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let file = |name: &str| match root().join(name).is_file() {
        true => Ok(()),
        false => Err(format!("there is no {name}")),
    };
    match words[..] {
        [script] if script.starts_with('.') => file(script),
        ["node", script, ..] => file(script),
        ["cargo", "xtask", ..] => command_line(line.split(" > ").next().unwrap_or(line)),
        // The tag of the version this is passes, and no other.
        ["test", ..] => {
            let passes = |tag: &str| capture(command("bash").args(["-c", line]).env("TAG", tag)).is_ok();
            let right = format!("v{}", env!("CARGO_PKG_VERSION"));
            match passes(&right) && !passes("v999.0.0") {
                true => Ok(()),
                false => Err(format!("`{line}` does not tell {right} from other tags")),
            }
        }
        ["rustup", "target", "add", _] | ["gh", "release", "create", ..] => Ok(()),
        _ => command_line(line),
    }
}

/// A tag can be moved to other code, a commit cannot.
#[test]
fn actions_are_named_by_their_commits() {
    let mut count = 0;
    for (file, workflow) in workflows() {
        for (name, _, step) in steps(&workflow) {
            let Some(action) = step["uses"].as_str() else {
                continue;
            };
            count += 1;
            let commit = action.split_once('@').map_or("", |(_, commit)| commit);
            assert!(
                commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{file}, {name}: {action}"
            );
        }
    }
    assert!(count > 10, "{count} actions only");
}

/// Nothing runs for hours, and nothing may do more than it has to.
#[test]
fn jobs_have_limits() {
    for (file, workflow) in workflows() {
        assert_eq!(workflow["permissions"]["contents"], "read", "{file}");
        for (name, job) in workflow["jobs"].as_object().unwrap() {
            assert!(job["timeout-minutes"].as_u64().is_some(), "{file}, {name}");
        }
    }
}
