use std::fmt;

use crate::coalesce::{coalesce, overlay};
use crate::flags::{self, Flag, FlagError};
use crate::helm_line::HelmLine;
use crate::map::Map;
use crate::note::Note;
use crate::read::{ReadError, read_as};
use crate::traps::traps;
use crate::value::{Origin, Value};

/// A values file as the user gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File<'a> {
    /// The name behind `-f`; Helm's messages repeat it.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
}

/// What the user gives to Helm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given<'a> {
    /// Values files in `-f` order.
    pub files: &'a [File<'a>],
    /// Flags in the order they were given.
    pub flags: &'a [Flag<'a>],
    /// Which Helm reads them.
    pub helm: HelmLine,
}

/// What the templates see, and what a person should know about how it came to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Effective {
    /// `.Values`, always a table.
    pub values: Value,
    /// What the user set, before the defaults came underneath; always a table.
    pub given: Value,
    /// Helm's warnings, in its words.
    pub warnings: Vec<String>,
    /// Silent traps: those of the files in their order, those of the flags in Helm's order, and those that show only
    /// against the defaults. At most a thousand of each file and of each of the others.
    pub notes: Vec<Note>,
}

/// Why there are no effective values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A file cannot be read.
    File(FileError),
    /// A flag cannot be applied.
    Flag(FlagError),
}

/// Helm's message, without the `Error: ` it prints before every message; ours where the limit is ours.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Flag(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(error) => Some(error),
            Self::Flag(error) => Some(error),
        }
    }
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// Its place among the files, from 0.
    pub file: usize,
    /// Its name.
    pub name: String,
    /// What is wrong with it.
    pub read: ReadError,
}

/// Helm's message, without the `Error: ` it prints before every message; ours where the limit is ours.
impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.read.helm {
            Some(helm) => write!(f, "failed to parse {}: {helm}", self.name),
            None => write!(f, "{}: {}", self.name, self.read.problem),
        }
    }
}

impl std::error::Error for FileError {}

/// Reads the files in `-f` order, applies the flags in Helm's order of kinds, and coalesces the chart's defaults
/// underneath, as the given Helm line does. `chart` is the chart's name, which warnings repeat.
///
/// # Errors
/// The first file that Helm cannot parse, or else the first flag in Helm's order of kinds that it cannot apply.
pub fn effective(defaults: &Map, chart: &str, given: &Given<'_>) -> Result<Effective, Error> {
    let mut notes = Vec::new();
    let user = user_supplied(defaults, given, &mut notes)?;
    Ok(over(defaults, chart, user, given.helm, notes))
}

/// [`effective`] without flags, for what has none and shall not carry their grammar.
///
/// # Errors
/// The first file that Helm cannot parse.
pub fn effective_files(
    defaults: &Map,
    chart: &str,
    files: &[File<'_>],
    helm: HelmLine,
) -> Result<Effective, FileError> {
    let mut notes = Vec::new();
    let user = merged(files, helm, &mut notes)?;
    Ok(over(defaults, chart, user, helm, notes))
}

fn merged(files: &[File<'_>], helm: HelmLine, notes: &mut Vec<Note>) -> Result<Map, FileError> {
    let mut user = Map::new();
    for (index, file) in files.iter().enumerate() {
        let origin = |span| Origin::File { file: index, span };
        let read = read_as(file.text.as_bytes(), helm, origin).map_err(|read| FileError {
            file: index,
            name: file.name.to_owned(),
            read,
        })?;
        notes.extend(read.notes);
        overlay(&mut user, read.map);
    }
    Ok(user)
}

/// What the files and flags set, merged.
pub(crate) fn user_supplied(defaults: &Map, given: &Given<'_>, notes: &mut Vec<Note>) -> Result<Map, Error> {
    let mut user = merged(given.files, given.helm, notes).map_err(Error::File)?;
    notes.extend(flags::apply(&mut user, defaults, given.flags, given.helm).map_err(Error::Flag)?);
    Ok(user)
}

/// The user's values over the defaults.
pub(crate) fn over(defaults: &Map, chart: &str, user: Map, helm: HelmLine, mut notes: Vec<Note>) -> Effective {
    notes.extend(traps(&user, defaults));
    let (values, warnings) = coalesce(user.clone(), defaults, chart, helm);
    Effective {
        values: Value::Map(values),
        given: Value::Map(user),
        warnings,
        notes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    const DEFAULTS: &str =
        "app: {replicas: 1, strategy: {}, env: {A: '1'}, ws: {enabled: true, modes: [RWO]}}\nlist: [a, b]\n";

    fn defaults() -> Map {
        read(DEFAULTS.as_bytes(), Origin::Default).unwrap().map
    }

    fn coalesced(files: &[&str]) -> (String, Vec<String>) {
        let files: Vec<File<'_>> = files.iter().map(|text| File { name: "v.yaml", text }).collect();
        let effective = effective(
            &defaults(),
            "lab",
            &Given {
                files: &files,
                ..Given::default()
            },
        )
        .unwrap();
        (effective.values.to_json(), effective.warnings)
    }

    #[test]
    fn a_users_null_deletes_a_default() {
        for (text, expected) in [
            ("app:", r#"{"list":["a","b"]}"#),
            ("app: []", r#"{"app":[],"list":["a","b"]}"#),
            (
                "app: {env: , replicas: , strategy: , ws: }",
                r#"{"app":{},"list":["a","b"]}"#,
            ),
            (
                "app: {env: {B: }, ws: {enabled: }}\nlist: []",
                r#"{"app":{"env":{"A":"1","B":null},"replicas":1,"strategy":{},"ws":{"modes":["RWO"]}},"list":[]}"#,
            ),
            (
                "app: {env: {}}\nlist: [null]",
                r#"{"app":{"env":{"A":"1"},"replicas":1,"strategy":{},"ws":{"enabled":true,"modes":["RWO"]}},"list":[null]}"#,
            ),
        ] {
            assert_eq!(coalesced(&[text]), (expected.to_owned(), Vec::new()), "{text}");
        }
    }

    #[test]
    fn helm_warns_in_its_own_words() {
        let warning = |text: &str| coalesced(&[text]).1.join("|");
        assert_eq!(
            warning("app: {env: x}"),
            "coalesce.go:298: warning: cannot overwrite table with non table for lab.app.env (map[A:1])"
        );
        assert_eq!(
            warning("app: {ws: {modes: {a: 1}}}"),
            "coalesce.go:301: warning: destination for lab.app.ws.modes is a table. Ignoring non-table value ([RWO])"
        );
        assert_eq!(
            warning("list: {a: 1}"),
            "coalesce.go:237: warning: skipped value for lab.list: Not a table."
        );
        assert_eq!(warning("app: x"), "");
    }

    #[test]
    fn later_files_win() {
        let with = |files: &[&str]| coalesced(files).0;
        assert!(with(&["app: {env: {X: 1}}", "app: {env: {Z: 2}}"]).contains(r#""env":{"A":"1","X":1,"Z":2}"#));
        assert!(with(&["app: {replicas: 5}", "app:"]).starts_with(r#"{"list""#));
        assert!(with(&["app:", "app: {x: 1}"]).contains(r#""replicas":1"#));
    }
}
