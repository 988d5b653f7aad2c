use std::io::{self, Write as _};

use super::json::Member;
use super::{Sink, Summary};
use crate::output::Output;
use crate::subject::Subject;

/// The report as YAML; of a fleet one document for each subject.
pub(super) struct Yaml {
    output: Output,
    fleet: bool,
}

impl Yaml {
    pub(super) fn new(fleet: bool) -> Self {
        Self {
            output: Output::plain(),
            fleet,
        }
    }
}

impl Sink for Yaml {
    fn subject(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let text = if self.fleet {
            self.output.write_all(b"---\n")?;
            serde_yaml::to_string(&Member {
                file: subject.name(),
                report: subject.report,
            })
        } else {
            serde_yaml::to_string(subject.report)
        };
        self.output.write_all(text.map_err(io::Error::other)?.as_bytes())
    }

    fn end(&mut self, _: &Summary) -> io::Result<()> {
        self.output.flush()
    }
}
