//! Why there is no answer: our words first, Helm's beneath.

use rollcast_chart::RenderError;
use rollcast_values::{Effective, Error, FileError, FlagError, Origin};

use crate::source::location;
use crate::{Failure, FlagLocation, Stage};

impl Failure {
    /// The request itself is wrong.
    pub(crate) fn request(what: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            stage: Stage::Request,
            what: what.into(),
            action: action.into(),
            location: None,
            flag: None,
            helm: None,
        }
    }

    /// A values file or a flag cannot be read.
    pub(crate) fn reading(error: Error) -> Self {
        match error {
            Error::File(error) => Self::file(&error),
            Error::Flag(error) => Self::flag(error),
        }
    }

    /// A values file cannot be read.
    pub(crate) fn file(error: &FileError) -> Self {
        let span = error.read.span;
        let line = span.map_or_else(String::new, |span| format!(", line {}", span.start.line + 1));
        let problem = &error.read.problem;
        Self {
            stage: Stage::Read,
            what: match error.read.helm {
                Some(_) => format!("Helm cannot read {}{line}: {problem}.", error.name),
                None => format!("Rollcast does not read {}{line}: {problem}.", error.name),
            },
            action: repair(problem).to_owned(),
            location: span.map(|span| location(error.file, span)),
            flag: None,
            helm: error.read.helm.as_ref().map(|_| error.to_string()),
        }
    }

    fn flag(error: FlagError) -> Self {
        Self {
            stage: Stage::Flag,
            what: error.what,
            action: error.action,
            location: None,
            flag: Some(FlagLocation {
                flag: error.flag,
                offset: error.at,
            }),
            helm: error.helm,
        }
    }

    /// The chart's templates, or Helm's reading of what they printed, fail.
    pub(crate) fn rendering(error: RenderError, effective: &Effective) -> Self {
        let node = error.path.as_deref().and_then(|path| nearest(effective, path));
        Self {
            stage: if error.reparse { Stage::Reparse } else { Stage::Render },
            what: error.what,
            action: error.action,
            location: node.and_then(|origin| match origin {
                Origin::File { file, span } => Some(location(file, span)),
                Origin::Default(_) | Origin::Flag { .. } | Origin::LastRelease => None,
            }),
            flag: node.and_then(|origin| match origin {
                Origin::Flag { flag } => Some(FlagLocation { flag, offset: 0 }),
                Origin::Default(_) | Origin::File { .. } | Origin::LastRelease => None,
            }),
            helm: Some(error.helm),
        }
    }
}

/// The origin of the value at a path, or of the nearest value above it that the operator gave: a key that a null
/// deleted is only there in what was given.
fn nearest(effective: &Effective, path: &str) -> Option<Origin> {
    let mut path = path;
    loop {
        if let Some(node) = effective.given.node_at(path) {
            return Some(node.origin);
        }
        path = path.rsplit_once('.')?.0;
    }
}

/// What to change, by what the reader complains about.
fn repair(problem: &str) -> &'static str {
    let mentions = |word: &str| problem.contains(word);
    if mentions("tab") || mentions("cannot start any token") {
        "Indent with spaces, and quote text that begins with a special character such as @, ` or %."
    } else if mentions("mapping values are not allowed") {
        "Quote text that contains a colon and a blank, or check the indentation of this line and the one above."
    } else if mentions("did not find expected") || mentions("could not find expected") {
        "Check the indentation, the quotes and the brackets of this line and of the lines above it."
    } else if mentions("map key") {
        "Quote the key, or quote the value if it begins with a brace: {{ … }} is no text to YAML."
    } else if mentions("cannot unmarshal") {
        "Make the file a table: keys with values, nothing else at the top."
    } else if mentions("unknown anchor") || mentions("alias") || mentions("contains itself") {
        "Define the anchor with & before its * stands, or quote text that begins with an asterisk."
    } else if mentions("unsupported value") {
        "Write a finite number, or quote the text: .inf and .nan are numbers that Helm cannot pass on."
    } else if mentions("control characters") || mentions("UTF-8") || mentions("invalid") {
        "Save the file as UTF-8 without control characters, and check escapes and tags."
    } else if mentions("cannot decode") {
        "Remove the tag, or write a value that fits it."
    } else {
        "Correct this line so that it is valid YAML 1.1."
    }
}
