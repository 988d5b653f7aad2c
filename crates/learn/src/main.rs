//! Writes the pages of Learn into a folder: `rollcast-learn FOLDER`.
#![forbid(unsafe_code)]

use std::{env, fs, io, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("usage: rollcast-learn FOLDER");
        return ExitCode::from(2);
    };
    let folder = Path::new(&folder);
    match write(folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: cannot write into {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> io::Result<()> {
    for page in rollcast_learn::pages() {
        let path = folder.join(page.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, page.html)?;
    }
    Ok(())
}
