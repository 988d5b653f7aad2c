use std::collections::BTreeSet;
use std::io::{self, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rollcast_core::{Severity, catalogue, change_catalogue};
use serde_json::{Value, json};

use super::{Sink, Summary};
use crate::output::Output;
use crate::place::Place;
use crate::subject::Subject;

/// SARIF 2.1.0 with one run: rules are finding ids, results are what asks for attention.
#[derive(Default)]
pub(super) struct Sarif {
    rules: BTreeSet<&'static str>,
    results: Vec<Value>,
}

/// The id of a refusal by Helm, which is no finding.
const REFUSED: &str = "helm-refuses";

impl Sarif {
    pub(super) fn new() -> Self {
        Self::default()
    }
}

impl Sink for Sarif {
    fn subject(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        if let Some((failure, given)) = subject.failure() {
            let place = failure
                .location
                .as_ref()
                .and_then(|location| Place::of(location, given.files));
            let mut text = format!("{} {}", failure.what, failure.action);
            if let Some(helm) = &failure.helm {
                text.push_str("\n\nHelm says: ");
                text.push_str(helm);
            }
            self.rules.insert(REFUSED);
            self.results
                .push(result(REFUSED, "error", &text, location(place, subject)));
        }
        for problem in subject.problems() {
            let level = match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "note",
            };
            self.rules.insert(problem.id);
            let text = problem.paragraphs().join("\n\n");
            let mut result = result(problem.id, level, &text, location(problem.place, subject));
            if problem.open {
                result["properties"] = json!({ "state": "confirm" });
            }
            self.results.push(result);
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        let rules: Vec<Value> = self.rules.iter().map(|id| rule(id)).collect();
        let log = json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "rollcast",
                    "version": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "invocations": [{ "executionSuccessful": summary.unreadable == 0 }],
                "results": self.results,
            }],
        });
        let mut output = Output::plain();
        serde_json::to_writer_pretty(&mut output, &log)?;
        output.write_all(b"\n")?;
        output.flush()
    }
}

/// What a viewer shows about all results of one kind.
fn rule(id: &str) -> Value {
    if let Some(entry) = catalogue().into_iter().find(|entry| entry.id == id) {
        return json!({
            "id": id,
            "shortDescription": { "text": entry.title },
            "fullDescription": { "text": entry.explanation },
            "help": { "text": format!("{}\n\n{}", entry.why, entry.action) },
        });
    }
    match change_catalogue().into_iter().find(|entry| entry.id == id) {
        Some(entry) => json!({
            "id": id,
            "shortDescription": { "text": entry.title },
            "help": { "text": entry.why },
        }),
        None => json!({ "id": id, "shortDescription": { "text": "Helm refuses the values" } }),
    }
}

fn result(id: &str, level: &str, text: &str, location: Option<Value>) -> Value {
    let locations: Vec<Value> = location.into_iter().collect();
    json!({ "ruleId": id, "level": level, "message": { "text": text }, "locations": locations })
}

/// The place; else the file that makes the difference, as a whole. Standard input is no artifact.
fn location(place: Option<Place<'_>>, subject: &Subject<'_>) -> Option<Value> {
    let file = match &place {
        Some(place) => place.file,
        None => subject.request.values.last()?.name.as_str(),
    };
    if file == "-" {
        return None;
    }
    let mut physical = json!({ "artifactLocation": { "uri": uri(file) } });
    if let Some(Place { start, end, .. }) = place {
        physical["region"] = json!({
            "startLine": start.0, "startColumn": start.1, "endLine": end.0, "endColumn": end.1,
        });
    }
    Some(json!({ "physicalLocation": physical }))
}

/// What RFC 3986 allows in a path as it is.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A path as a URI reference: relative ones stay relative, to the folder the command ran in.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let encoded = utf8_percent_encode(&path, IN_PATH);
    if path.starts_with('/') {
        format!("file://{encoded}")
    } else if path.get(1..3) == Some(":/") {
        format!("file:///{encoded}")
    } else {
        encoded.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("envs/prod eu/values.yaml"), "envs/prod%20eu/values.yaml");
        assert_eq!(uri("/srv/ü#1.yaml"), "file:///srv/%C3%BC%231.yaml");
        assert_eq!(uri("a:b?.yaml"), "a%3Ab%3F.yaml");
    }
}
