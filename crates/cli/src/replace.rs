//! Replacing the contents of files, so that at any moment each is as it was or as it should be.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::Error;

/// A file whose new content lies beside it, complete and on the disk.
pub(crate) struct Replacement {
    beside: NamedTempFile,
    to: PathBuf,
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
        if permissions.readonly() {
            return Err(cannot(std::io::ErrorKind::PermissionDenied.into()));
        }
        let folder = to.parent().unwrap_or(Path::new("."));
        let mut beside = tempfile::Builder::new()
            .prefix(".rollcast-")
            .tempfile_in(folder)
            .map_err(cannot)?;
        beside.write_all(new.as_bytes()).map_err(cannot)?;
        beside.as_file().set_permissions(permissions).map_err(cannot)?;
        beside.as_file().sync_all().map_err(cannot)?;
        Ok(Self { beside, to })
    }

    /// Puts it in the file's place, in one step.
    pub(crate) fn commit(self) -> Result<(), Error> {
        let Self { beside, to } = self;
        match beside.persist(&to) {
            Ok(_) => Ok(()),
            Err(error) => Err(Error::file("write", &to, &error.error)),
        }
    }
}
