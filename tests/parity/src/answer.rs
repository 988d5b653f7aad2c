use rollcast_chart::{Release, Rendered};
use rollcast_values::{Effective, Error, File, Flag, Given, effective};

use crate::Case;

/// What Rollcast answers to a case.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The rendered fields, or Helm's message.
    pub result: Result<Rendered, String>,
    /// Helm's warnings.
    pub warnings: Vec<String>,
}

/// The values a release's templates see in a case.
///
/// # Errors
/// Helm cannot read a file or apply a flag.
pub fn effective_values(case: &Case, release: &Release) -> Result<Effective, Error> {
    let names: Vec<String> = (0..case.files.len()).map(|at| format!("values-{at}.yaml")).collect();
    let files: Vec<File<'_>> = names
        .iter()
        .zip(&case.files)
        .map(|(name, text)| File { name, text })
        .collect();
    let flags: Vec<Flag<'_>> = case
        .set
        .iter()
        .map(|flag| Flag {
            kind: flag.kind,
            arg: &flag.arg,
            content: flag.content.as_deref(),
        })
        .collect();
    let given = Given {
        files: &files,
        flags: &flags,
        ..Given::default()
    };
    effective(release.defaults(), "lobu", &given)
}

/// Answers a case for one release.
#[must_use]
pub fn answer(case: &Case, release: &'static Release) -> Answer {
    match effective_values(case, release) {
        Ok(effective) => Answer {
            result: release.render(&effective.values).map_err(|error| error.helm),
            warnings: effective.warnings,
        },
        Err(error) => Answer {
            result: Err(error.to_string()),
            warnings: Vec::new(),
        },
    }
}
