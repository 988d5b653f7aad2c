//! The page's text editor: its packages, and the one module they are bundled into.

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

/// Checks its types.
pub(crate) fn check() -> Result {
    tools::editor_packages()?;
    let compiler = tools::npm_tools()?.join(".bin/tsc");
    run(command(compiler).args(["--project", "web/editor"]))
}
