//! Measures a fleet on the command line: `fleet ROLLCAST [HELM CHART]` prints lines of Markdown. With a Helm program and a
//! copy of the Lobu chart 7.1.0 it also measures `helm template` for one member.
#![forbid(unsafe_code)]

use rollcast_bench::end;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How many members a fleet has, and how the answers are printed; `helm template` is compared with the second.
const RUNS: [(usize, &str); 3] = [(100, "text"), (1_000, "text"), (1_000, "json")];
const COMPARED: (usize, &str) = RUNS[1];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let folder = env::temp_dir().join(format!("rollcast-fleet-{}", std::process::id()));
    let measured = match arguments.as_slice() {
        [rollcast] => measure(rollcast, None, &folder),
        [rollcast, helm, chart] => measure(rollcast, Some((helm, chart)), &folder),
        _ => Err("fleet ROLLCAST [HELM CHART]".to_owned()),
    };
    // The folder is ours and temporary; if it stays, no harm is done.
    let _ = fs::remove_dir_all(&folder);
    end(measured)
}

fn measure(rollcast: &str, helm: Option<(&String, &String)>, folder: &Path) -> Result<(), String> {
    println!("| what | time | memory at most |\n| --- | --- | --- |");
    let mut compared = Duration::ZERO;
    for (size, format) in RUNS {
        let fleet = folder.join(size.to_string());
        for member in 0..size {
            write(&fleet.join(format!("env-{member:04}")), member)?;
        }
        let pattern = format!("{}/*/values.yaml", fleet.display());
        let mut runs = Vec::new();
        for _ in 0..5 {
            runs.push(check(rollcast, &pattern, format)?);
        }
        runs.sort();
        let (time, memory) = runs.get(runs.len() / 2).copied().unwrap_or_default();
        if (size, format) == COMPARED {
            compared = time;
        }
        let memory = memory.map_or_else(
            || "not known here".to_owned(),
            |kilobytes| format!("{} MB", kilobytes / 1_000),
        );
        println!(
            "| `rollcast check --each`, {size} files, the answers as {format} | {:.0} ms | {memory} |",
            time.as_secs_f64() * 1e3
        );
    }
    let Some((helm, chart)) = helm else { return Ok(()) };
    let values = folder.join("100/env-0000/values.yaml");
    let mut times = Vec::new();
    for _ in 0..11 {
        let start = Instant::now();
        let status = Command::new(helm)
            .args(["template", "lobu", chart, "-f"])
            .arg(&values)
            .stdout(Stdio::null())
            .status();
        if !status.is_ok_and(|status| status.success()) {
            return Err(format!("`{helm} template lobu {chart}` fails"));
        }
        times.push(start.elapsed());
    }
    times.sort();
    let one = times.get(times.len() / 2).copied().unwrap_or_default();
    println!("| `helm template`, 1 file | {:.0} ms | |", one.as_secs_f64() * 1e3);
    println!(
        "| ratio for 1,000 files, as text | {:.0} times as long | |",
        one.as_secs_f64() * 1e3 / compared.as_secs_f64()
    );
    Ok(())
}

/// A member's values, each a little different.
fn write(folder: &PathBuf, member: usize) -> Result<(), String> {
    let text = format!(
        "app:\n  allowMultiReplica: true\n  replicaCount: {}\n  preStopDelaySeconds: {}\n  workspaces:\n    accessModes: \
         [ReadWriteMany]\n    storageClass: shared\n  env:\n    MEMBER: \"{member}\"\n",
        member % 3 + 1,
        member % 20,
    );
    let file = folder.join("values.yaml");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&file, text))
        .map_err(|error| format!("cannot write {}: {error}", file.display()))
}

/// How long a run takes, and how much memory it had at most, in kilobytes.
fn check(rollcast: &str, pattern: &str, format: &str) -> Result<(Duration, Option<u64>), String> {
    let start = Instant::now();
    let mut child = Command::new(rollcast)
        .args(["check", "--each", pattern, "--fail-on", "never", "--format", format])
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| format!("cannot start {rollcast}: {error}"))?;
    let mut memory = None;
    loop {
        memory = peak(child.id()).or(memory);
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok((start.elapsed(), memory)),
            Ok(Some(status)) => return Err(format!("{rollcast} ended with {status}")),
            Ok(None) => thread::sleep(Duration::from_millis(1)),
            Err(error) => return Err(format!("lost {rollcast}: {error}")),
        }
    }
}

/// The most memory a process has had so far, where the system tells (Linux).
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
