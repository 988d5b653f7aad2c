//! `--set-file key=path`: the value is the content of a file.

use super::error::Problem;
use super::walk::Walker;

/// The content of the file at a path. There is one content for an argument, so a second path cannot be followed.
pub(super) fn content(walker: &mut Walker<'_, '_>, path: String) -> Result<String, Problem> {
    walker.files += 1;
    let at = walker.scan.at().saturating_sub(path.len());
    let Some(content) = walker.flag.content else {
        return Err(Problem::new(
            at,
            format!("open {path}: no such file or directory"),
            format!("There is no content for the file {path:?}."),
            "Supply the file, or correct its path.",
        ));
    };
    if walker.files > 1 {
        return Err(Problem::limit(
            at,
            "The argument names several files.",
            "Write one --set-file for each file; to Helm it is the same.",
        ));
    }
    Ok(content.to_owned())
}
