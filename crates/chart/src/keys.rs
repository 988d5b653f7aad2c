//! Which values keys the templates of a release read.

use std::collections::BTreeSet;

use crate::page::Reach;
use crate::{Release, templates};

/// What a release's templates read, from walking every branch of them.
#[derive(Debug, Default)]
pub(crate) struct Keys(BTreeSet<(String, Reach)>);

impl Keys {
    /// Walks the templates.
    pub(crate) fn of(release: &'static Release) -> Self {
        Self(templates::survey(release).into_inner())
    }

    /// Whether a path, or something below it, is read, or a parent of it is read whole.
    fn read(&self, path: &str) -> bool {
        let below = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
        self.0.iter().any(|(read, reach)| {
            read == path
                || below(read, path)
                || match reach {
                    Reach::Value => false,
                    Reach::Keys => below(path, read) && !path[read.len() + 1..].contains('.'),
                    Reach::Tree => below(path, read),
                }
        })
    }
}

impl Release {
    /// Whether the templates of this release read a values path, something below it, or the whole of a table it is in.
    #[must_use]
    pub fn reads(&'static self, path: &str) -> bool {
        self.keys().read(path)
    }
}
