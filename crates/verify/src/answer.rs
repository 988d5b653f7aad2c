use rollcast_chart::{Release, RenderError, Rendered};
use rollcast_values::{Effective, Error, File, Flag, Given, HelmLine, effective};

use crate::Case;

/// What Rollcast answers to a case.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The rendered fields, or Helm's message without `Error: `.
    pub result: Result<Rendered, String>,
    /// Helm's warnings.
    pub warnings: Vec<String>,
}

/// The values a release's templates see in a case, with Helm 3.17.
///
/// # Errors
/// Helm cannot read a file or apply a flag.
pub fn effective_values(case: &Case, release: &Release) -> Result<Effective, Error> {
    effective_values_as(case, release, HelmLine::V3_17)
}

pub(crate) fn effective_values_as(case: &Case, release: &Release, helm: HelmLine) -> Result<Effective, Error> {
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
        helm,
    };
    effective(release.defaults(), "lobu", &given)
}

/// Answers a case for one release, as Helm 3.17 does.
#[must_use]
pub fn answer(case: &Case, release: &'static Release) -> Answer {
    answer_as(case, release, HelmLine::V3_17)
}

pub(crate) fn answer_as(case: &Case, release: &'static Release, helm: HelmLine) -> Answer {
    match effective_values_as(case, release, helm) {
        Ok(effective) => Answer {
            result: release
                .render(&effective.values)
                .map_err(|error: RenderError| error.helm),
            warnings: effective.warnings,
        },
        Err(error) => Answer {
            result: Err(error.to_string()),
            warnings: Vec::new(),
        },
    }
}
