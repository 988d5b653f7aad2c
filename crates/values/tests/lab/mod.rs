//! A tiny chart, the real Helm that renders it, and ours beside it.
#![allow(dead_code, reason = "each test uses its part")]

mod cluster;
pub(crate) mod random;
pub(crate) mod record;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use rollcast_values::{
    Effective, Error, File, Flag, FlagKind, Given, HelmLine, Map, NoteKind, Origin, Value, effective, read,
    set_file_paths,
};
use serde_json::Value as Json;

/// The name of every lab's chart.
pub(crate) const CHART: &str = "lab";

/// Prints a value with its types, as [`typed`] does.
const TYPED: &str = r#"{{- define "typed" -}}
{{- if kindIs "map" . -}}
{ {{- range $key, $value := . }}{{ quote $key }}:{{ include "typed" $value }},{{ end -}} }
{{- else if kindIs "slice" . -}}
[{{ range . }}{{ include "typed" . }},{{ end }}]
{{- else if kindIs "invalid" . -}}nil
{{- else if kindIs "string" . -}}{{ quote . }}
{{- else -}}{{ kindOf . }} {{ . }}
{{- end -}}
{{- end -}}
"#;

/// A flag of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnedFlag {
    pub(crate) kind: FlagKind,
    pub(crate) arg: String,
}

/// What Helm is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Case {
    pub(crate) defaults: String,
    pub(crate) files: Vec<Vec<u8>>,
    pub(crate) flags: Vec<OwnedFlag>,
}

/// What it answers: the typed values or its message, and its warnings in byte order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) outcome: Result<String, String>,
    pub(crate) warnings: Vec<String>,
}

/// The content of the file `content.txt`, the only one `--set-file` finds in a lab.
pub(crate) const CONTENT: &str = "first line\nsecond: é\n";

/// A Helm 3.17: the one that `ROLLCAST_HELM` names, or that of the search path.
pub(crate) fn helm() -> Option<PathBuf> {
    let named = std::env::var_os("ROLLCAST_HELM").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join("helm"));
    let helm = named.into_iter().chain(found).find(|path| {
        let version = Command::new(path).args(["version", "--short"]).output();
        version.is_ok_and(|output| output.stdout.starts_with(b"v3.17."))
    });
    if helm.is_none() {
        eprintln!("SKIPPED, nothing was compared: no Helm 3.17 in $ROLLCAST_HELM or on the search path");
    }
    helm
}

/// Runs `check` over all cases on every core, each worker with a lab of its own.
pub(crate) fn in_parallel<T: Sync>(
    helm: &Path,
    template: &str,
    cases: &[T],
    check: impl Fn(&Lab<'_>, usize, &T) + Sync,
) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for worker in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            let (next, check) = (&next, &check);
            scope.spawn(move || {
                let lab = Lab::new(helm, worker, template);
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = cases.get(at) else { return };
                    check(&lab, at, case);
                }
            });
        }
    });
}

/// A chart in a folder of its own.
pub(crate) struct Lab<'a> {
    helm: &'a Path,
    folder: PathBuf,
}

impl<'a> Lab<'a> {
    /// A chart that prints what `template` makes of its values; "" stands for the values with their types.
    pub(crate) fn new(helm: &'a Path, worker: usize, template: &str) -> Self {
        let name = format!("lab-{}-{worker}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let template = if template.is_empty() {
            "{{ include \"typed\" .Values }}"
        } else {
            template
        };
        let lab = Self { helm, folder };
        lab.write(
            "Chart.yaml",
            format!("apiVersion: v2\nname: {CHART}\nversion: 0.1.0\n").as_bytes(),
        );
        lab.write("content.txt", CONTENT.as_bytes());
        lab.write("templates/_typed.tpl", TYPED.as_bytes());
        lab.write(
            "templates/_print.tpl",
            format!("{{{{- define \"print\" -}}}}{template}{{{{- end -}}}}").as_bytes(),
        );
        lab.write(
            "templates/values.yaml",
            b"kind: Lab\ndata: {{ include \"print\" . | b64enc }}\n",
        );
        lab
    }

    fn write(&self, file: &str, text: &[u8]) {
        let path = self.folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Helm's answer: what the template printed, or its message.
    pub(crate) fn ask(&self, case: &Case) -> Answer {
        let mut command = self.command("template", case);
        answer(&command.output().unwrap(), |printed| printed)
    }

    /// Helm's answer to an upgrade of what `before` installed, with an option about the values of the last release; `None`
    /// where nothing was installed.
    pub(crate) fn upgrade(&self, before: &Case, option: &str, now: &Case) -> Option<Answer> {
        let release = self.folder.join("release.json");
        let dry = |command: &str, case: &Case, option: Option<&str>| {
            let mut command = self.command(command, case);
            command.args(["--dry-run", "-o", "json"]).args(option);
            command.args(["--kube-apiserver", cluster::address()]);
            // Its releases are then those of the file.
            command.env("HELM_DRIVER", "memory");
            command.env("HELM_MEMORY_DRIVER_DATA", &release);
            command.output().unwrap()
        };
        self.write("release.json", b"[]");
        let installed = dry("install", before, None);
        let mut installed: Json = serde_json::from_slice(&installed.stdout).ok()?;
        installed["info"]["status"] = "deployed".into();
        self.write("release.json", Json::Array(vec![installed]).to_string().as_bytes());
        let upgraded = dry("upgrade", now, Some(option).filter(|option| !option.is_empty()));
        Some(answer(&upgraded, |printed| {
            let upgraded: Json = serde_json::from_str(&printed).unwrap();
            upgraded["manifest"].as_str().unwrap().to_owned()
        }))
    }

    fn command(&self, command: &str, case: &Case) -> Command {
        self.write("values.yaml", case.defaults.as_bytes());
        let mut line = Command::new(self.helm);
        line.args([command, "lab", "."]);
        for (index, file) in case.files.iter().enumerate() {
            let name = format!("values-{index}.yaml");
            self.write(&name, file);
            line.args(["-f", &name]);
        }
        for flag in &case.flags {
            line.args([flag.kind.name(), &flag.arg]);
        }
        line.current_dir(&self.folder).stdin(Stdio::null());
        line
    }
}

/// What Helm printed, of which `manifest` finds the objects, or its message.
fn answer(output: &Output, manifest: impl FnOnce(String) -> String) -> Answer {
    let said = std::str::from_utf8(&output.stderr).unwrap();
    let (mut warnings, mut message) = (Vec::new(), Vec::new());
    for line in said.lines() {
        // An upgrade also says when it warns.
        match line.find("coalesce.go:") {
            Some(at) if at == 0 || line.starts_with("20") => warnings.push(line[at..].to_owned()),
            _ => message.push(line),
        }
    }
    warnings.sort();
    let outcome = if output.status.success() {
        let printed = manifest(String::from_utf8(output.stdout.clone()).unwrap());
        let data = printed
            .lines()
            .find_map(|line| line.strip_prefix("data: "))
            .unwrap_or_default();
        let data = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, data).unwrap();
        Ok(String::from_utf8(data).unwrap())
    } else {
        let message = message.join("\n");
        let message = message.split("\n\nUse --debug").next().unwrap_or_default();
        Err(message.strip_prefix("Error: ").unwrap_or(message).trim_end().to_owned())
    };
    Answer { outcome, warnings }
}

impl Drop for Lab<'_> {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Our answer; `None` where Helm's is random or the limit is ours.
pub(crate) fn ours(case: &Case) -> Option<Answer> {
    let values = values(case)?;
    Some(Answer {
        outcome: values.outcome.map(|value| typed(&value)),
        warnings: values.warnings,
    })
}

/// Our values.
pub(crate) struct Values {
    pub(crate) outcome: Result<Value, String>,
    pub(crate) warnings: Vec<String>,
}

/// Our values, before they are printed.
pub(crate) fn values(case: &Case) -> Option<Values> {
    values_by(case, |defaults, given| effective(defaults, CHART, given))
}

/// What is found of a case's defaults, files and flags.
pub(crate) fn values_by(
    case: &Case,
    find: impl FnOnce(&Map, &Given<'_>) -> Result<Effective, Error>,
) -> Option<Values> {
    let names: Vec<String> = (0..case.files.len())
        .map(|index| format!("values-{index}.yaml"))
        .collect();
    let texts: Option<Vec<&str>> = case.files.iter().map(|file| std::str::from_utf8(file).ok()).collect();
    let files: Vec<File<'_>> = names
        .iter()
        .zip(texts?)
        .map(|(name, text)| File { name, text })
        .collect();
    let flags: Vec<Flag<'_>> = case
        .flags
        .iter()
        .map(|flag| Flag {
            kind: flag.kind,
            arg: &flag.arg,
            content: set_file_paths(&flag.arg)
                .iter()
                .all(|path| path == "content.txt")
                .then_some(CONTENT),
        })
        .collect();
    let given = Given {
        files: &files,
        flags: &flags,
        helm: HelmLine::V3_17,
    };
    let (defaults, refused) = match read(case.defaults.as_bytes(), Origin::Default) {
        Ok(read) => (read.map, None),
        Err(error) => (Map::new(), Some(format!("cannot load values.yaml: {}", error.helm?))),
    };
    match find(&defaults, &given) {
        // Helm reads files and flags before it reads the chart.
        Ok(_) if refused.is_some() => Some(Values {
            outcome: Err(refused.unwrap_or_default()),
            warnings: Vec::new(),
        }),
        Ok(found)
            if found
                .notes
                .iter()
                .any(|note| matches!(note.kind, NoteKind::CollidingKeys { .. })) =>
        {
            None
        }
        Ok(found) => {
            // Of Helm's, too, only the first line is told from what else it says.
            let first = |warning: String| warning.lines().next().unwrap_or_default().to_owned();
            let mut warnings: Vec<String> = found.warnings.into_iter().map(first).collect();
            warnings.sort();
            Some(Values {
                outcome: Ok(found.values),
                warnings,
            })
        }
        Err(error) => {
            let by_helm = match &error {
                Error::File(file) => file.read.helm.is_some(),
                Error::Flag(flag) => flag.helm.is_some(),
            };
            by_helm.then(|| Values {
                outcome: Err(error.to_string()),
                warnings: Vec::new(),
            })
        }
    }
}

/// A value with its types, as the lab's template prints it.
pub(crate) fn typed(value: &Value) -> String {
    let mut text = String::new();
    typed_into(value, &mut text);
    text
}

fn typed_into(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("nil"),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
            let _ = write!(text, "{} {}", value.go_type(), value.print());
        }
        Value::Str(_) => text.push_str(&value.quote()),
        Value::List(items) => {
            text.push('[');
            for item in items {
                typed_into(&item.value, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Map(map) => {
            text.push('{');
            for (key, node) in map {
                let _ = write!(text, "{}:", Value::Str(key.clone()).quote());
                typed_into(&node.value, text);
                text.push(',');
            }
            text.push('}');
        }
    }
}

/// SplitMix64: the same cases from the same seed everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// A number from the environment.
pub(crate) fn number(name: &str, default: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}
