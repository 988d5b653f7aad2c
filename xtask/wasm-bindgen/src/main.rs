//! The `wasm-bindgen` command; a binary with functions marked `#[wasm_split(NAME)]` is split first.
//!
//! What only those functions reach goes into `split/split_NAME.wasm` of the output folder, and the module imports
//! `split/__wasm_split.js`, which fetches it; `cargo xtask build` puts both in their places. Such a binary must be linked
//! with `--emit-relocs`.
#![forbid(unsafe_code)]

mod split;

use std::{
    env,
    ffi::{OsStr, OsString},
    path::Path,
    process::ExitCode,
};

/// `cargo xtask` asks for this, to tell this program from others of the same name.
const VERSION: &str = "wasm-bindgen 0.2.130 with wasm-split 0.2.4";

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    if arguments.get(1).is_some_and(|argument| argument == "--version") {
        println!("{VERSION}");
        return ExitCode::SUCCESS;
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: Vec<OsString>) -> Result<(), String> {
    let input = arguments.iter().skip(1).position(|argument| is_wasm(argument));
    if let (Some(at), Some(folder)) = (input, option(&arguments, "--out-dir"))
        && let Some(main) = split::split(Path::new(&arguments[at + 1]), Path::new(&folder))?
    {
        arguments[at + 1] = main.into();
        // The table of functions, which the parts fill.
        arguments.push("--keep-lld-exports".into());
    }
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments).map_err(|error| format!("{error:?}"))
}

fn is_wasm(argument: &OsStr) -> bool {
    Path::new(argument).extension() == Some(OsStr::new("wasm"))
}

/// The value of an option, in the next argument or behind `=`.
fn option(arguments: &[OsString], name: &str) -> Option<OsString> {
    arguments.iter().enumerate().find_map(|(at, argument)| {
        let text = argument.to_string_lossy();
        let rest = text.strip_prefix(name)?;
        match rest.strip_prefix('=') {
            Some(value) => Some(value.into()),
            None if rest.is_empty() => arguments.get(at + 1).cloned(),
            None => None,
        }
    })
}
