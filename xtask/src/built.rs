//! What several steps of one run need: built when the first of them asks for it, and not again.

use crate::{command::Result, module, site};
use std::{path::PathBuf, sync::OnceLock};

/// The folder of the built page.
pub(crate) fn page() -> Result<PathBuf> {
    static PAGE: OnceLock<PathBuf> = OnceLock::new();
    once(&PAGE, site::build)
}

/// The npm package as it is published, one file.
pub(crate) fn tarball() -> Result<PathBuf> {
    static TARBALL: OnceLock<PathBuf> = OnceLock::new();
    once(&TARBALL, || module::pack(&module::build()?))
}

fn once(built: &OnceLock<PathBuf>, build: impl FnOnce() -> Result<PathBuf>) -> Result<PathBuf> {
    match built.get() {
        Some(path) => Ok(path.clone()),
        None => build().map(|path| built.get_or_init(|| path).clone()),
    }
}
