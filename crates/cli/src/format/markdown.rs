use std::io::{self, Write as _};

use rollcast_core::{Outcome, VerdictState, markdown};

use super::{Sink, Summary};
use crate::output::Output;
use crate::subject::Subject;

/// For a pull request's comment. Of a fleet, each member is folded behind its verdict.
pub(super) struct Markdown {
    output: Output,
    fleet: bool,
}

impl Markdown {
    pub(super) fn new(fleet: bool) -> Self {
        Self {
            output: Output::plain(),
            fleet,
        }
    }
}

impl Sink for Markdown {
    fn subject(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let text = markdown(subject.request, subject.report);
        if !self.fleet {
            return self.output.write_all(text.as_bytes());
        }
        let state = match &subject.report.outcome {
            Outcome::Rendered(answer) => answer.verdict.state,
            Outcome::Refused(_) => VerdictState::Refused,
        }
        .word()
        .to_lowercase();
        writeln!(
            self.output,
            "<details><summary><code>{}</code>: {state}; {}</summary>\n\n{text}\n</details>\n",
            html(&subject.name()),
            subject.counts().words(),
        )
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        if self.fleet {
            writeln!(self.output, "{}", summary.words())?;
        }
        self.output.flush()
    }
}

/// A name inside an HTML element.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
