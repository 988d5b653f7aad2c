//! What lies in a folder.

use crate::command::Result;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files of a folder and of the folders in it.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let cannot_list = |error| format!("cannot list {}: {error}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot_list)? {
        let path = entry.map_err(cannot_list)?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// Their names in it, in order, with `/` between folders.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>> {
    let name = |file: PathBuf| {
        let inside = file.strip_prefix(folder).unwrap_or(&file);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    };
    let mut names: Vec<String> = files(folder)?.into_iter().map(name).collect();
    names.sort();
    Ok(names)
}
