//! The tools the tasks need: found on PATH in the right version, or else installed into the per-user cache.

mod browsers;
mod cargo_tools;
mod helm;
mod npm;
mod rust;
mod system;

pub(crate) use browsers::browsers;
pub(crate) use cargo_tools::{cargo_deny, trunk, wasm_bindgen};
pub(crate) use helm::helm;
pub(crate) use npm::{
    editor_packages, lighthouse_packages, node, npm, npm_tools, playground_packages, witness_packages,
};
pub(crate) use rust::{rust_source, wasi_target, wasm_target};

use crate::command::{Result, probe};
use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

/// A program of a fixed version.
struct Tool {
    name: &'static str,
    version: &'static str,
    /// The arguments that make it print its version.
    ask: &'static [&'static str],
    /// How that answer begins when the version fits.
    answer: String,
}

impl Tool {
    /// Its path: the fitting one on PATH, else the one in the cache, where `install` puts it (below the given folder, in
    /// `bin/`) if it is missing.
    fn find_or(&self, install: impl FnOnce(&Path) -> Result) -> Result<PathBuf> {
        let on_path = PathBuf::from(self.name);
        if self.fits(&on_path) {
            return Ok(on_path);
        }
        let folder = cache()?.join(format!("{}-{}", self.name, self.version));
        let cached = folder
            .join("bin")
            .join(format!("{}{}", self.name, env::consts::EXE_SUFFIX));
        if self.fits(&cached) {
            return Ok(cached);
        }
        install(&folder)?;
        if self.fits(&cached) {
            Ok(cached)
        } else {
            Err(format!(
                "{} was installed, but does not say that it is {} {}; remove {} and try again",
                cached.display(),
                self.name,
                self.version,
                folder.display()
            ))
        }
    }

    fn fits(&self, program: &Path) -> bool {
        probe(program, self.ask).is_some_and(|answer| {
            answer
                .strip_prefix(&self.answer)
                .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
        })
    }
}

/// Where the tools are kept: `rollcast/tools` in the user's cache folder.
fn cache() -> Result<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = set("XDG_CACHE_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .ok_or("no home folder to keep tools in: set XDG_CACHE_HOME to a folder of yours")?;
    Ok(cache.join("rollcast").join("tools"))
}

/// PATH with the folders of `programs` in front (those found on PATH already stay where they are).
pub(crate) fn path_with(programs: &[&Path]) -> Result<OsString> {
    let folders = programs.iter().filter_map(|program| program.parent());
    let ahead = folders
        .filter(|folder| !folder.as_os_str().is_empty())
        .map(Path::to_path_buf);
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(ahead.chain(env::split_paths(&path))).map_err(|error| format!("cannot extend PATH: {error}"))
}
