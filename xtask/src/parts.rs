//! The parts of the page's WebAssembly that it fetches later: `xtask/wasm-bindgen` splits them off, Trunk does not know them.

use crate::{
    command::{Result, command, run, target},
    files::files,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The module that loads the parts, as wasm-bindgen's module imports it.
const LOADER: &str = "./__wasm_split.js";

/// Puts the parts into `dist`, and their loader into the module there. As two modules that import each other, neither
/// could be named after its content.
pub(crate) fn add(dist: &Path, wasm_opt: &Path, esbuild: &Path) -> Result {
    let split = target().join("wasm-bindgen/release/split");
    for part in files(&split)? {
        let name = part.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(name) = name.strip_prefix("split_").filter(|name| name.ends_with(".wasm")) {
            optimise(wasm_opt, &part, &dist.join(file(name)))?;
        }
    }
    let is_module = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.starts_with("rollcast-web-") && name.ends_with(".js")
    };
    let module = files(dist)?
        .into_iter()
        .find(is_module)
        .ok_or_else(|| format!("{} has no module of wasm-bindgen", dist.display()))?;
    let read =
        |path: &Path| fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()));
    let joined = join(&read(&module)?, &read(&split.join(LOADER))?)?;
    fs::write(&module, joined).map_err(|error| format!("cannot write {}: {error}", module.display()))?;
    // Trunk's own minifier does not know this syntax.
    run(command(esbuild)
        .args(["--minify", "--allow-overwrite", "--log-level=warning"])
        .arg(&module)
        .arg(format!("--outfile={}", module.display())))
}

/// The file of the part `NAME.wasm`.
fn file(name: &str) -> String {
    format!("rollcast-web_{name}")
}

/// A part does not say itself which features of WebAssembly it uses.
fn optimise(wasm_opt: &Path, from: &Path, to: &Path) -> Result {
    let features = [
        "bulk-memory",
        "bulk-memory-opt",
        "multivalue",
        "mutable-globals",
        "nontrapping-float-to-int",
        "reference-types",
        "sign-ext",
    ];
    run(command(wasm_opt)
        .args(["-Oz", "--strip-debug"])
        .args(features.map(|feature| format!("--enable-{feature}")))
        .arg(from)
        .arg("-o")
        .arg(to))
}

/// The module with the loader in it.
fn join(module: &str, loader: &str) -> Result<String> {
    let unlike = |what: &str| format!("wasm-split's loader is not what it was in 0.2.4: {what}");
    // `import * as importN from "./__wasm_split.js"`
    let import = module
        .lines()
        .find(|line| line.starts_with("import ") && line.contains(LOADER))
        .ok_or_else(|| unlike("the module does not import it"))?;
    let local = import
        .split_whitespace()
        .nth(3)
        .ok_or_else(|| unlike("the module imports no namespace"))?;
    let mut exports = Vec::new();
    let mut body = String::new();
    // It imports `initSync`, which the module has.
    for line in loader.lines().filter(|line| !line.starts_with("import ")) {
        match line.strip_prefix("export const ") {
            Some(rest) => {
                exports.push(rest.split_whitespace().next().unwrap_or_default());
                body.push_str("const ");
                body.push_str(rest);
            }
            None => body.push_str(line),
        }
        body.push('\n');
    }
    if exports.is_empty() {
        return Err(unlike("it exports nothing"));
    }
    // `fetch(new URL("./split_NAME.wasm", import.meta.url))`; sealing puts in the integrity.
    let mut fetches = body.split("fetch(new URL(\"./split_");
    let mut inline = format!("const {local} = (() => {{\n{}", fetches.next().unwrap_or_default());
    for fetch in fetches {
        let (name, rest) = fetch
            .split_once("\", import.meta.url))")
            .ok_or_else(|| unlike("it fetches otherwise"))?;
        let part = file(name);
        inline.push_str(&format!(
            "fetch(new URL(\"./{part}\", import.meta.url), {{ integrity: \"sha384-{part}\" }}){rest}"
        ));
    }
    // What has an integrity comes at once, when it is checked: compiled as it comes, it would hold up the page.
    let streamed = "WebAssembly.instantiateStreaming(src, imports)";
    if !inline.contains(streamed) {
        return Err(unlike("it compiles otherwise"));
    }
    inline = inline.replace(
        streamed,
        "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)",
    );
    inline.push_str(&format!("return {{ {} }};\n}})();", exports.join(", ")));
    Ok(module.replacen(import, &inline, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER_TEXT: &str = "import { initSync } from \"./main.js\";\n\nfunction shared() { return initSync(); }\nexport const load_more = wrap(() => {\n    const src = fetch(new URL(\"./split_more.wasm\", import.meta.url));\n    return async (imports) => WebAssembly.instantiateStreaming(src, imports);\n}\n);\n";

    #[test]
    fn the_loader_becomes_a_part_of_the_module() {
        let module = "import * as import1 from \"./__wasm_split.js\"\n\nexport { initSync };\n";
        assert_eq!(
            join(module, LOADER_TEXT).unwrap(),
            "const import1 = (() => {\n\nfunction shared() { return initSync(); }\nconst load_more = wrap(() => {\n    const src = fetch(new URL(\"./rollcast-web_more.wasm\", import.meta.url), { integrity: \"sha384-rollcast-web_more.wasm\" });\n    return async (imports) => WebAssembly.instantiate(await (await src).arrayBuffer(), imports);\n}\n);\nreturn { load_more };\n})();\n\nexport { initSync };\n"
        );
    }

    #[test]
    fn another_loader_is_refused() {
        assert!(join("export {};\n", LOADER_TEXT).is_err());
        assert!(join("import * as a from \"./__wasm_split.js\"\n", "let a;\n").is_err());
    }
}
