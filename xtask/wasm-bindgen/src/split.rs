//! Splitting a binary in front of wasm-bindgen.

use std::{
    fs,
    path::{Path, PathBuf},
};
use wasm_split_cli_support::Options;

/// The custom section by which `wasm_split_helpers` marks a binary that can be split.
const MARK: &[u8] = b"__wasm_split_unstable";

/// Splits a binary into `split/` in a folder, beside the module that loads its parts, and gives the part for wasm-bindgen;
/// `None` where it does not ask for it.
pub(crate) fn split(binary: &Path, folder: &Path) -> Result<Option<PathBuf>, String> {
    let input = fs::read(binary).map_err(|error| format!("cannot read {}: {error}", binary.display()))?;
    if !input.windows(MARK.len()).any(|window| window == MARK) {
        return Ok(None);
    }
    let parts = folder.join("split");
    // The parts of an earlier build may have been others.
    if parts.exists() {
        fs::remove_dir_all(&parts).map_err(|error| format!("cannot clear {}: {error}", parts.display()))?;
    }
    let main = parts.join("main.wasm");
    let mut options = Options::new(&input);
    options.output_dir = &parts;
    options.main_out_path = &main;
    wasm_split_cli_support::transform(options)
        .map_err(|error| format!("cannot split {}: {error:?}", binary.display()))?;
    Ok(Some(main))
}
