//! The page's text editor: its packages, and the one module they are bundled into.

use std::path::PathBuf;

use crate::{
    command::{Result, command, run, say},
    tools,
};

/// Bundles the editor into `web/editor/dist/`.
pub(crate) fn build() -> Result {
    tools::editor_packages()?;
    say("Bundling the editor");
    run(tools::node()?.arg("web/editor/build.js"))
}

/// The bundler, which can make other modules smaller as well.
pub(crate) fn esbuild() -> Result<PathBuf> {
    Ok(tools::editor_packages()?.join(".bin/esbuild"))
}

/// Checks its types.
pub(crate) fn check() -> Result {
    tools::editor_packages()?;
    let compiler = tools::npm_tools()?.join(".bin/tsc");
    run(command(compiler).args(["--project", "web/editor"]))
}
