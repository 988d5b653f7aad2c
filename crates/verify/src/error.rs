use std::fmt;
use std::path::PathBuf;

/// Why nothing could be compared.
#[derive(Debug)]
pub enum Error {
    /// The Helm program cannot be run.
    Helm {
        /// The program.
        program: PathBuf,
        /// What the system says, or what the program printed instead of a version.
        problem: String,
    },
    /// The chart folder is none.
    Chart {
        /// The file that is missing or unreadable.
        file: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A file for Helm cannot be written.
    Scratch(std::io::Error),
    /// A case needs a file that lies outside the folder Helm is run in.
    Outside {
        /// The case.
        case: String,
        /// The path a `--set-file` flag names.
        path: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Helm { program, problem } => write!(f, "{} is no Helm that can be run: {problem}", program.display()),
            Self::Chart { file, problem } => write!(f, "{}: {problem}", file.display()),
            Self::Scratch(error) => write!(f, "no file can be written for Helm: {error}"),
            Self::Outside { case, path } => write!(
                f,
                "case {case}: --set-file names {path:?}, but only a plain file name can be given to Helm here"
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Scratch(error) => Some(error),
            Self::Helm { .. } | Self::Chart { .. } | Self::Outside { .. } => None,
        }
    }
}
