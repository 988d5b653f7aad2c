//! What `check` prints, one format a file.

mod github;
mod json;
mod markdown;
mod sarif;
pub(crate) mod statements;
mod text;
mod yaml;

use std::io;

use clap::ValueEnum;

use crate::subject::{Counts, Subject};

/// The formats of `check`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people at a terminal; stable, one statement begins on each unindented line
    #[default]
    Text,
    /// The whole report; with --each a list of files and their reports
    Json,
    /// The same as YAML; with --each one document for each file
    Yaml,
    /// For a pull request's comment
    Markdown,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// Takes subjects one after the other, so that a fleet needs no more memory than one of its members.
pub(crate) trait Sink {
    /// One subject.
    fn subject(&mut self, subject: &Subject<'_>) -> io::Result<()>;

    /// No more subjects come.
    fn end(&mut self, summary: &Summary) -> io::Result<()>;
}

/// What came of all subjects.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Summary {
    /// Subjects that were answered.
    pub(crate) checked: usize,
    /// Subjects with something at or above the level.
    pub(crate) failed: usize,
    /// Files that could not be read.
    pub(crate) unreadable: usize,
    /// The counts of all subjects together.
    pub(crate) counts: Counts,
}

impl Format {
    /// A sink that writes to standard output; `fleet` if there can be several subjects.
    pub(crate) fn sink(self, fleet: bool) -> Box<dyn Sink> {
        match self {
            Self::Text => Box::new(text::Text::new(fleet)),
            Self::Json => Box::new(json::Json::new(fleet)),
            Self::Yaml => Box::new(yaml::Yaml::new(fleet)),
            Self::Markdown => Box::new(markdown::Markdown::new(fleet)),
            Self::Sarif => Box::new(sarif::Sarif::new()),
            Self::Github => Box::new(github::Github::new()),
        }
    }
}

impl Summary {
    /// "12 files checked, 2 failed, 1 unreadable: 2 errors, 1 to confirm"
    fn words(&self) -> String {
        let files = if self.checked == 1 { "file" } else { "files" };
        let unreadable = match self.unreadable {
            0 => String::new(),
            count => format!(", {count} unreadable"),
        };
        let Self {
            checked,
            failed,
            counts,
            ..
        } = self;
        format!(
            "{checked} {files} checked, {failed} failed{unreadable}: {}",
            counts.words()
        )
    }
}

impl Counts {
    /// "1 error, 2 warnings, 1 to confirm"
    pub(crate) fn words(self) -> String {
        let plural = |count: usize, word: &str| match count {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{count} {word}s")),
        };
        let words: Vec<String> = [
            plural(self.errors, "error"),
            plural(self.warnings, "warning"),
            Some(format!("{} to confirm", self.open)).filter(|_| self.open > 0),
        ]
        .into_iter()
        .flatten()
        .collect();
        if words.is_empty() {
            "nothing found".to_owned()
        } else {
            words.join(", ")
        }
    }
}
