//! From names on the command line to texts in a request.

mod text;

use std::ffi::{OsStr, OsString};
use std::io::Read as _;
use std::path::Path;

use rollcast_core::{Flag, FlagKind, ValuesFile};
use rollcast_values::{set_file_paths, values_file_names};

use crate::args::{GivenFile, GivenFlag};
use crate::error::Error;

/// Everything that is read, and standard input, which can be read once.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    stdin_taken: bool,
}

impl Inputs {
    /// The values files, in order.
    pub(crate) fn values_files(&mut self, given: &[GivenFile]) -> Result<Vec<ValuesFile>, Error> {
        let mut files = Vec::new();
        for given in given {
            match given {
                GivenFile::Alone(name) => files.push(self.values_file(name)?),
                GivenFile::Listed(list) => {
                    for name in listed(list)? {
                        files.push(self.values_file(&name)?);
                    }
                }
            }
        }
        Ok(files)
    }

    /// One values file; `-` is standard input, as for Helm.
    pub(crate) fn values_file(&mut self, name: &OsStr) -> Result<ValuesFile, Error> {
        Ok(ValuesFile {
            name: name.to_string_lossy().into_owned(),
            text: self.text(name)?,
        })
    }

    /// The flags, in order, with the contents of the files that `--set-file` names.
    pub(crate) fn flags(&mut self, given: &[GivenFlag]) -> Result<Vec<Flag>, Error> {
        given.iter().map(|flag| self.flag(flag)).collect()
    }

    fn flag(&mut self, given: &GivenFlag) -> Result<Flag, Error> {
        let paths = match given.kind {
            FlagKind::SetFile => set_file_paths(&given.arg),
            FlagKind::Set | FlagKind::SetString | FlagKind::SetJson | FlagKind::SetLiteral => Vec::new(),
        };
        // One argument has one content; a second path in it is the core's to refuse.
        let content = paths.first().map(|path| self.text(OsStr::new(path))).transpose()?;
        Ok(Flag {
            kind: given.kind,
            arg: given.arg.clone(),
            content,
        })
    }

    fn text(&mut self, name: &OsStr) -> Result<String, Error> {
        let path = Path::new(name);
        let shown = path.display();
        if name == "-" {
            if self.stdin_taken {
                return Err(Error::new("standard input can be read once, and `-` is given twice"));
            }
            self.stdin_taken = true;
            let mut bytes = Vec::new();
            std::io::stdin()
                .read_to_end(&mut bytes)
                .map_err(|error| Error::file("read", Path::new("standard input"), &error))?;
            return text::decode(bytes).map_err(|why| Error::new(format!("standard input:{why}")));
        }
        if let Some(scheme @ ("http" | "https" | "oci")) =
            name.to_str().and_then(|name| Some(name.split_once("://")?.0))
        {
            return Err(Error::new(format!(
                "{shown} is an address, and Rollcast opens no connection: fetch it, and pass what came by {scheme} as a file"
            )));
        }
        let bytes = std::fs::read(path).map_err(|error| {
            // Windows calls a directory a lack of permission.
            let error = if path.is_dir() {
                std::io::ErrorKind::IsADirectory.into()
            } else {
                error
            };
            Error::file("read", path, &error)
        })?;
        text::decode(bytes).map_err(|why| Error::new(format!("{shown}:{why}")))
    }
}

/// The names in one `-f`; a name that is no text is taken whole.
fn listed(list: &OsStr) -> Result<Vec<OsString>, Error> {
    let Some(text) = list.to_str() else {
        return Ok(vec![list.to_owned()]);
    };
    let names = values_file_names(text).ok_or_else(|| {
        Error::new(format!(
            "-f {text}: Helm reads comma-separated values, so a quote stands around a whole name, and inside it two for one"
        ))
    })?;
    Ok(names.into_iter().map(OsString::from).collect())
}
