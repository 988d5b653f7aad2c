use std::io::{self, Write as _};

use serde::Serialize;

use super::{Sink, Summary};
use crate::output::Output;
use crate::subject::Subject;

/// The report as `evaluate` gives it; of a fleet a list, one subject on each line.
pub(super) struct Json {
    output: Output,
    fleet: bool,
    subjects: usize,
}

/// One member of a fleet.
#[derive(Serialize)]
pub(super) struct Member<'a> {
    /// Its values file.
    pub(super) file: String,
    /// What there is to say about it.
    pub(super) report: &'a rollcast_core::Report,
}

impl Json {
    pub(super) fn new(fleet: bool) -> Self {
        Self {
            output: Output::plain(),
            fleet,
            subjects: 0,
        }
    }
}

impl Sink for Json {
    fn subject(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        if self.fleet {
            let before = if self.subjects == 0 { "[\n" } else { ",\n" };
            self.output.write_all(before.as_bytes())?;
            let member = Member {
                file: subject.name(),
                report: subject.report,
            };
            serde_json::to_writer(&mut self.output, &member)?;
        } else {
            serde_json::to_writer_pretty(&mut self.output, subject.report)?;
            self.output.write_all(b"\n")?;
        }
        self.subjects += 1;
        Ok(())
    }

    fn end(&mut self, _: &Summary) -> io::Result<()> {
        if self.fleet {
            let end = if self.subjects == 0 { "[]\n" } else { "\n]\n" };
            self.output.write_all(end.as_bytes())?;
        }
        self.output.flush()
    }
}
