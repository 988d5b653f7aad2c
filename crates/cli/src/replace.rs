//! Replacing the contents of files, so that at any moment each is as it was or as it should be.

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::Error;

/// A file whose new content lies beside it, complete and on the disk.
pub(crate) struct Replacement {
    beside: NamedTempFile,
    to: PathBuf,
    /// Whether there must be no such file yet.
    is_new: bool,
}

impl Replacement {
    /// Puts the new content beside a file, which has to hold the old text still.
    ///
    /// Nothing has happened to the file when this fails, whatever the reason: no room, no permission, or somebody else
    /// who has changed it.
    pub(crate) fn prepare(path: &Path, old: &str, new: &str) -> Result<Self, Error> {
        let cannot = |error| Error::file("write", path, &error);
        // A link stays one; what it points to is replaced.
        let to = fs::canonicalize(path).map_err(cannot)?;
        if fs::read(&to).map_err(cannot)? != old.as_bytes() {
            return Err(Error::new(format!(
                "cannot write {}: it is no UTF-8, or has changed since it was read",
                path.display()
            )));
        }
        let permissions = fs::metadata(&to).map_err(cannot)?.permissions();
        let beside = beside(&to, new, Some(permissions)).map_err(cannot)?;
        Ok(Self {
            beside,
            to,
            is_new: false,
        })
    }

    /// Puts the content of a file beside the place it is to have.
    pub(crate) fn create(path: &Path, content: &str) -> Result<Self, Error> {
        Ok(Self {
            beside: beside(path, content, None).map_err(|error| Error::file("write", path, &error))?,
            to: path.to_owned(),
            is_new: true,
        })
    }

    /// Puts it in the file's place, in one step.
    pub(crate) fn commit(self) -> Result<(), Error> {
        let Self { beside, to, is_new } = self;
        let kept = if is_new {
            beside.persist_noclobber(&to)
        } else {
            beside.persist(&to)
        };
        match kept {
            Ok(_) => Ok(()),
            Err(error) => Err(Error::file("write", &to, &error.error)),
        }
    }
}

/// Writes a file that is made anew each time: what it held, if it was there, stays until the new content is complete.
///
/// A device or a pipe holds nothing, and is written to as it is.
pub(crate) fn write(path: &Path, content: &str) -> Result<(), Error> {
    let cannot = |error| Error::file("write", path, &error);
    // A link stays one; what it points to is replaced.
    let to = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        to => to.map_err(cannot)?,
    };
    let permissions = match fs::metadata(&to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        there => {
            let there = there.map_err(cannot)?;
            if !there.is_file() {
                return fs::write(&to, content).map_err(cannot);
            }
            Some(there.permissions())
        }
    };
    let beside = beside(&to, content, permissions).map_err(cannot)?;
    beside.persist(&to).map(drop).map_err(|error| cannot(error.error))
}

/// A text in a file of its own, in the folder of another, whose permissions it gets if there are any; they must allow
/// writing.
fn beside(path: &Path, text: &str, permissions: Option<Permissions>) -> io::Result<NamedTempFile> {
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    // A bare name has an empty parent.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rollcast-");
    // Those of a new file are what the user's mask leaves, as everywhere else.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    beside.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        beside.as_file().set_permissions(permissions)?;
    }
    beside.as_file().sync_all()?;
    Ok(beside)
}
