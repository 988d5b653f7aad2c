use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rollcast_core::{Report, Request};

use crate::error::Error;
use crate::input::Inputs;

/// Values files that are checked one by one, all with the same request otherwise.
pub(crate) struct Fleet(Vec<PathBuf>);

/// How many reports are held at once. A report is some ten thousand bytes long; a fleet may have thousands of members.
const BATCH: usize = 128;

impl Fleet {
    /// The files that match any of the patterns, each once, in the order of their names. A name that exists is no
    /// pattern, whatever characters it has: the shell or a hook has expanded it already.
    pub(crate) fn matching(patterns: &[String]) -> Result<Self, Error> {
        let mut files = Vec::new();
        for pattern in patterns {
            if Path::new(pattern).exists() {
                files.push(pattern.into());
                continue;
            }
            let before = files.len();
            let paths = glob::glob(pattern).map_err(|error| Error::new(format!("--each {pattern}: {error}")))?;
            for path in paths {
                files.push(path.map_err(|error| Error::file("look into", error.path(), error.error()))?);
            }
            if files.len() == before {
                return Err(Error::new(format!("--each {pattern}: no file matches")));
            }
        }
        files.sort();
        files.dedup();
        Ok(Self(files))
    }

    /// Evaluates all members in parallel and hands them over in order; those that cannot be read as errors.
    pub(crate) fn evaluate(
        &self,
        base: &Request,
        evaluate: fn(&Request) -> Report,
        mut answer: impl FnMut(Result<(Request, Report), Error>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut progress = Progress::new(self.0.len());
        for batch in self.0.chunks(BATCH) {
            let answers: Vec<_> = batch.par_iter().map(|file| member(base, file, evaluate)).collect();
            progress.clear();
            answers.into_iter().try_for_each(&mut answer)?;
            progress.advance(batch.len());
        }
        progress.clear();
        Ok(())
    }
}

fn member(base: &Request, file: &Path, evaluate: fn(&Request) -> Report) -> Result<(Request, Report), Error> {
    let mut request = base.clone();
    request.values.push(Inputs::default().values_file(file.as_os_str())?);
    let report = evaluate(&request);
    Ok((request, report))
}

/// A line on the terminal that says how far the work has come; nothing where standard error is none.
struct Progress {
    done: usize,
    of: usize,
    shown: bool,
}

impl Progress {
    fn new(of: usize) -> Self {
        Self {
            done: 0,
            of,
            shown: std::io::stderr().is_terminal(),
        }
    }

    fn advance(&mut self, by: usize) {
        self.done += by;
        if self.shown && self.done < self.of {
            let _ = write!(std::io::stderr(), "\r{} of {} files", self.done, self.of);
        }
    }

    /// Gives the line back before something else is printed.
    fn clear(&self) {
        if self.shown && self.done > 0 {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
