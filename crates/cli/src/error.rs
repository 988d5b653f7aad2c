use std::fmt::Display;
use std::io;
use std::path::Path;

use crate::printable::Printable;

/// Why a command cannot be carried out: the command line is wrong, or an input or the output is of no use.
#[derive(Debug)]
pub(crate) struct Error(String);

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot {doing} {}: {}", path.display(), reason(error)))
    }

    /// Tells the person at the terminal. Nobody is left to be told when that fails.
    pub(crate) fn print(&self) {
        use io::Write as _;
        let style = anstyle::AnsiColor::Red.on_default().bold();
        let _ = writeln!(anstream::stderr(), "{style}error:{style:#} {}", Printable(&self.0));
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self(format!("cannot write the output: {}", reason(&error)))
    }
}

/// The system's words without the number it counts them by.
fn reason(error: &io::Error) -> impl Display + use<> {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => {
            let text = error.to_string();
            text.split_once(" (os error")
                .map_or(text.clone(), |(words, _)| words.to_owned())
        }
    }
}
