//! Helm's second reading: of what the templates printed.
//!
//! Every file is cut into documents, and of each the head is decoded (pkg/releaseutil `SortManifests`), in the order of
//! the files' names. No Kubernetes schema is asked. Only documents with a value that might not survive are read here;
//! the others are sound by construction.

use std::ops::Range;

use rollcast_values::{Map, Origin, Value, read};

use crate::RenderError;
use crate::error::Result;
use crate::names::CUT;
use crate::page::{Printed, Suspect};

/// Reads again what needs it, in the order of names, which is that of execution backwards.
pub(crate) fn check(pages: &[Printed]) -> Result<()> {
    let mut in_question = pages.iter().rev().filter(|page| !page.suspects.is_empty());
    in_question.try_for_each(|page| all_readable(&page.text).map_err(|message| refusal(page, &message)))
}

fn all_readable(text: &str) -> std::result::Result<(), String> {
    documents(text).try_for_each(readable)
}

/// The value without which the text could be read, or the first that is in question. Where there are many, only the first
/// few are tried, each costs a reading.
fn culprit(page: &Printed) -> &str {
    let without = |suspect: &&Suspect| {
        let mut text = page.text.clone();
        let Range { start, end } = suspect.stretch;
        if text.get(start..end).is_none() {
            return false;
        }
        text.replace_range(start..end, "x");
        all_readable(&text).is_ok()
    };
    let suspect = page.suspects.iter().take(16).find(without).or(page.suspects.first());
    suspect.map_or("", |suspect| &suspect.path)
}

/// The documents of a file: cut where a line starts with `---`, and trimmed (`SplitManifests`).
fn documents(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim();
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let cut = if text.starts_with("---") {
            Some(0)
        } else {
            text.find("\n---")
        };
        let (document, after) = match cut {
            Some(at) => {
                let (document, mark) = text.split_at(at);
                (document, mark.split_once("---").map(|(_, after)| after.trim_start()))
            }
            None => (text, None),
        };
        rest = after;
        Some(document.trim())
    })
    .filter(|document| !document.is_empty())
}

fn readable(document: &str) -> std::result::Result<(), String> {
    if document.contains(CUT) {
        return Err("error converting YAML to JSON: yaml: invalid trailing UTF-8 octet".to_owned());
    }
    match read(document.as_bytes(), Origin::Default) {
        Ok(read) => head(&read.map),
        // A document that is no table fails to become Helm's own structure.
        Err(error) => match error.helm {
            Some(helm) => Err(helm.replace("map[string]interface {}", "releaseutil.SimpleHead")),
            // Deeper than we follow: Helm may well read it.
            None => Ok(()),
        },
    }
}

/// The fields that Helm decodes; numbers and booleans become text where text is wanted, lists and tables do not.
fn head(map: &Map) -> std::result::Result<(), String> {
    let Some(metadata) = map.get("metadata").map(|node| &node.value) else {
        return Ok(());
    };
    let wrong = |value: &Value, field: &str, wanted: &str| {
        let kind = match value {
            Value::List(_) => "array",
            Value::Map(_) => "object",
            Value::Bool(_) => "bool",
            Value::Int(_) | Value::Float(_) => "number",
            Value::Str(_) | Value::Null => "string",
        };
        Err(format!(
            "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {kind} into Go struct field \
             .{field} of type {wanted}"
        ))
    };
    if let Some(annotations) = metadata.at("annotations") {
        match annotations {
            Value::Null => {}
            Value::Map(entries) => {
                for node in entries.values() {
                    if matches!(node.value, Value::List(_) | Value::Map(_)) {
                        return wrong(&node.value, "metadata.annotations", "string");
                    }
                }
            }
            other => return wrong(other, "metadata.annotations", "map[string]string"),
        }
    }
    match metadata.at("name") {
        Some(name @ (Value::List(_) | Value::Map(_))) => wrong(name, "metadata.name", "string"),
        _ => Ok(()),
    }
}

fn refusal(page: &Printed, message: &str) -> Box<RenderError> {
    let path = culprit(page).to_owned();
    Box::new(RenderError {
        helm: format!("YAML parse error on lobu/templates/{}: {message}", page.file),
        what: format!(
            "The chart prints `{path}` without quotes, and with this value {} is no valid YAML any more.",
            page.file
        ),
        action: format!("Give `{path}` a value on one line, without quotes, colons or other signs of YAML in it."),
        path: Some(path),
        reparse: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_cut_into_documents() {
        let cut = |text| documents(text).collect::<Vec<_>>();
        assert_eq!(cut("a: 1\nb: 2\n"), ["a: 1\nb: 2"]);
        assert_eq!(cut("---\na: 1\n  \n--- b: 2\n---\n\n---\n"), ["a: 1", "b: 2"]);
        assert_eq!(cut("a: |\n  ---\n"), ["a: |\n  ---"]);
        assert_eq!(cut(" \n"), [""; 0]);
    }

    #[test]
    fn only_the_head_must_fit() {
        assert_eq!(
            readable("metadata: {name: 5, annotations: {a: yes, b: 1}}\nspec: [1]"),
            Ok(())
        );
        assert_eq!(
            readable("metadata: {annotations: {a: [1]}}").unwrap_err(),
            "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field \
             .metadata.annotations of type string"
        );
        assert!(readable("- a").unwrap_err().ends_with("type releaseutil.SimpleHead"));
        assert!(readable("a: b: c").unwrap_err().contains("mapping values"));
    }
}
