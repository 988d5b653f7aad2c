//! What must hold of `rollcast-values` for any files, flags and command lines.

use rollcast_values::{
    Error, File, Flag, Given, HelmLine, Map, Node, Origin, OtherAnswer, Value, command_line, differences, effective,
    read, set_file_paths,
};

use crate::parts::{flag_kind, is_light, parts};

/// Checks an input.
///
/// # Panics
/// It does not hold.
pub fn check(data: &[u8]) {
    let mut files = Vec::new();
    let mut flags = Vec::new();
    let mut defaults = Map::new();
    for (kind, text) in parts(data) {
        match (kind, flag_kind(kind)) {
            (_, Some(kind)) if is_light(&text) => flags.push((kind, text)),
            (_, Some(_)) => {}
            (b'c', _) => line(&text),
            (b'd', _) => {
                if let Ok(read) = read(text.as_bytes(), Origin::Default) {
                    defaults = read.map;
                }
            }
            _ => files.push(text),
        }
    }
    let files: Vec<File<'_>> = files.iter().map(|text| File { name: "v.yaml", text }).collect();
    let flags: Vec<Flag<'_>> = flags
        .iter()
        .map(|(kind, arg)| Flag {
            kind: *kind,
            arg,
            content: (!arg.contains("missing")).then_some("content"),
        })
        .collect();
    for flag in &flags {
        let _ = set_file_paths(flag.arg);
    }
    let answers = HelmLine::ALL.map(|helm| {
        let given = Given {
            files: &files,
            flags: &flags,
            helm,
        };
        answer(&defaults, &given)
    });
    let given = Given {
        files: &files,
        flags: &flags,
        helm: HelmLine::V3_17,
    };
    let found = differences(&defaults, "lab", &given);
    let [here, others @ ..] = &answers;
    for (there, helm) in others.iter().zip([HelmLine::V3_20, HelmLine::V4]) {
        let difference = found.iter().find(|difference| difference.helm == helm);
        match (here, there, difference.map(|difference| &difference.answer)) {
            (Some(here), Some(there), None) => assert_eq!(here, there, "{helm:?} differs in silence"),
            (Some(here), Some(there), Some(OtherAnswer::Value { .. })) => assert_ne!(here, there),
            (Some(_), None, Some(OtherAnswer::Refused(_)))
            | (None, Some(_), Some(OtherAnswer::Accepted))
            | (None, None, None) => {}
            _ => panic!("{helm:?} is told wrongly: {difference:?}"),
        }
    }
}

/// The values as JSON, or `None` where they are refused.
fn answer(defaults: &Map, given: &Given<'_>) -> Option<String> {
    match effective(defaults, "lab", given) {
        Ok(found) => {
            each(&found.values, given);
            each(&found.given, given);
            for note in &found.notes {
                inside(note.origin, given);
            }
            for text in ["app", "app.x", "list[0]"] {
                let _ = found.values.at(text);
            }
            printed_and_read(&found.values);
            Some(found.values.to_json())
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            match error {
                Error::File(error) => {
                    if let Some(span) = error.read.span {
                        let file = error.file;
                        inside(Origin::File { file, span }, given);
                    }
                }
                Error::Flag(error) => {
                    let flag = given.flags.get(error.flag).expect("the flag was given");
                    assert!(error.at <= flag.arg.len(), "the trouble stands in the argument");
                    assert!(!error.what.is_empty() && !error.action.is_empty());
                }
            }
            None
        }
    }
}

/// Every value can be asked everything, and stands somewhere.
fn each(value: &Value, given: &Given<'_>) {
    let _ = (
        value.truthy(),
        value.print(),
        value.quote(),
        value.to_int(),
        value.has("x"),
        value.first(),
    );
    let _ = (
        value.has_key("x"),
        value.equals("x"),
        value.text(),
        value.range(),
        value.or(&Value::Null),
    );
    let node = |node: &Node| {
        inside(node.origin, given);
        if let (Some(span), Origin::File { file, .. }) = (node.key, node.origin) {
            inside(Origin::File { file, span }, given);
        }
        each(&node.value, given);
    };
    match value {
        Value::List(items) => items.iter().for_each(node),
        Value::Map(map) => map.values().for_each(node),
        _ => {}
    }
}

fn inside(origin: Origin, given: &Given<'_>) {
    match origin {
        Origin::File { file, span } => {
            let file = given.files.get(file).expect("the file was given");
            assert!(span.start.offset <= span.end.offset, "{span:?}");
            assert!(
                file.text.get(span.start.offset..span.end.offset).is_some(),
                "{span:?} in {:?}",
                file.text
            );
        }
        Origin::Flag { flag } => assert!(flag < given.flags.len(), "the flag was given"),
        Origin::Default(_) | Origin::LastRelease => {}
    }
}

/// What `toYaml` writes means the same to Helm.
fn printed_and_read(value: &Value) {
    // Some characters cannot be written; Helm writes nothing then. An int64 of a flag may have more digits than a float64.
    let written = value.to_yaml() + "\n";
    if written.len() == 1 || written.len() > 20_000 || has_long_int(value) {
        return;
    }
    match read(written.as_bytes(), Origin::Default) {
        Ok(read) if !written.contains("<<") => assert_eq!(Value::Map(read.map).to_yaml() + "\n", written),
        Ok(_) => {}
        // Flags and aliases may nest deeper than we follow in files, a key may be too long for YAML, and one that is `<<` is
        // written as if it were a merge.
        Err(error) => assert!(
            error.helm.is_none() || written.len() > 1_000 || written.contains("<<"),
            "{error}\n{written}"
        ),
    }
}

/// Whether a whole number of a flag has more digits than a file's numbers hold.
pub(crate) fn has_long_int(value: &Value) -> bool {
    match value {
        Value::Int(number) => number.unsigned_abs() > 1 << 53,
        Value::List(items) => items.iter().any(|item| has_long_int(&item.value)),
        Value::Map(map) => map.values().any(|node| has_long_int(&node.value)),
        _ => false,
    }
}

fn line(text: &str) {
    match command_line(text) {
        Ok(found) => {
            for at in found
                .flags
                .iter()
                .map(|flag| flag.at)
                .chain(found.others.iter().map(|other| other.at))
            {
                assert!(at < text.len(), "an option stands in the text");
            }
            for warning in &found.warnings {
                assert!(warning.at < text.len(), "{warning:?}");
            }
            for flag in &found.flags {
                let _ = set_file_paths(&flag.arg);
            }
        }
        Err(error) => {
            assert!(error.at() <= text.len(), "the trouble stands in the text");
            assert!(!error.to_string().is_empty());
        }
    }
}
