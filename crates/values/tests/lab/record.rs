//! Cases and Helm's answers as they are recorded: a line of JSON each.

use rollcast_values::FlagKind;
use serde_json::{Map as Fields, Value as Json, json};

use std::sync::Mutex;

use super::{Answer, Case, Lab, OwnedFlag, helm, in_parallel};

/// Asks Helm about each case and writes the lines to a file of `recorded/`, in the order of the cases.
pub(crate) fn record<T: Sync>(file: &str, cases: &[T], line: impl Fn(&Lab<'_>, &T) -> Option<String> + Sync) {
    let Some(helm) = helm() else { return };
    let lines = Mutex::new(vec![None; cases.len()]);
    in_parallel(&helm, "", cases, |lab, at, case| {
        let line = line(lab, case);
        lines.lock().unwrap()[at] = line;
    });
    let lines: Vec<String> = lines.into_inner().unwrap().into_iter().flatten().collect();
    let path = format!("{}/tests/recorded/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::write(path, lines.join("\n") + "\n").unwrap();
}

fn texts(line: &Json, name: &str) -> Vec<String> {
    let texts = line.get(name).and_then(Json::as_array).into_iter().flatten();
    texts.map(|text| text.as_str().unwrap().to_owned()).collect()
}

impl Case {
    pub(crate) fn read(line: &Json) -> Self {
        let flags = line["flags"].as_array().unwrap().iter().map(|flag| OwnedFlag {
            kind: serde_json::from_value::<FlagKind>(flag[0].clone()).unwrap(),
            arg: flag[1].as_str().unwrap().to_owned(),
        });
        Self {
            defaults: line["defaults"].as_str().unwrap_or_default().to_owned(),
            files: texts(line, "files").into_iter().map(String::into_bytes).collect(),
            flags: flags.collect(),
        }
    }

    pub(crate) fn write(&self) -> Fields<String, Json> {
        let mut line = Fields::new();
        if !self.defaults.is_empty() {
            line.insert("defaults".to_owned(), json!(self.defaults));
        }
        if !self.files.is_empty() {
            let files: Vec<&str> = self
                .files
                .iter()
                .map(|file| std::str::from_utf8(file).unwrap())
                .collect();
            line.insert("files".to_owned(), json!(files));
        }
        let flags: Vec<Json> = self.flags.iter().map(|flag| json!([flag.kind, flag.arg])).collect();
        line.insert("flags".to_owned(), json!(flags));
        line
    }
}

impl Answer {
    /// `None` where Helm was not asked yet.
    pub(crate) fn read(line: &Json) -> Option<Self> {
        let outcome = match (&line["values"], &line["error"]) {
            (Json::String(values), _) => Ok(values.clone()),
            (_, Json::String(error)) => Err(error.clone()),
            _ => return None,
        };
        Some(Self {
            outcome,
            warnings: texts(line, "warnings"),
        })
    }

    pub(crate) fn write(&self) -> Fields<String, Json> {
        let mut line = Fields::new();
        match &self.outcome {
            Ok(values) => line.insert("values".to_owned(), json!(values)),
            Err(error) => line.insert("error".to_owned(), json!(error)),
        };
        if !self.warnings.is_empty() {
            line.insert("warnings".to_owned(), json!(self.warnings));
        }
        line
    }
}
