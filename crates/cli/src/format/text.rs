use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};
use rollcast_core::{Outcome, Severity, Verdict, VerdictState};

use super::statements::{self, BOLD};
use super::{Sink, Summary};
use crate::output::Output;
use crate::printable::Printable;
use crate::subject::Subject;

/// For people at a terminal. Every statement begins on a line of its own without indentation, `WHERE: LEVEL[ID]: TITLE`;
/// what belongs to it is indented. A fleet gets these lines only.
pub(super) struct Text {
    output: Output,
    fleet: bool,
}

impl Text {
    pub(super) fn new(fleet: bool) -> Self {
        Self {
            output: Output::styled(),
            fleet,
        }
    }

    /// An empty line between statements that have more than one.
    fn gap(&mut self) -> io::Result<()> {
        if self.fleet { Ok(()) } else { writeln!(self.output) }
    }

    fn verdict(&mut self, name: &str, verdict: &Verdict) -> io::Result<()> {
        let style = state(verdict.state);
        writeln!(
            self.output,
            "{BOLD}{}:{BOLD:#} {style}{}:{style:#} {}",
            Printable(name),
            verdict.state.word().to_lowercase(),
            Printable(&verdict.headline)
        )?;
        if self.fleet {
            return Ok(());
        }
        statements::indented(&mut self.output, "", &verdict.consequence)
    }

    /// What is true of the app whatever the values say, by title only: `explain` knows the rest.
    fn caveats(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let level = ("caveat", statements::level(Severity::Info));
        for (index, finding) in subject.caveats().enumerate() {
            if index == 0 {
                self.gap()?;
            }
            statements::line(&mut self.output, &subject.name(), level, finding.id, &finding.title)?;
        }
        Ok(())
    }
}

impl Sink for Text {
    fn subject(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let name = subject.name();
        if let Outcome::Rendered(answer) = &subject.report.outcome {
            self.verdict(&name, &answer.verdict)?;
        }
        if let Some((failure, given)) = subject.failure() {
            statements::failure(&mut self.output, subject, failure, given)?;
        }
        for problem in subject.problems() {
            self.gap()?;
            statements::statement(&mut self.output, &name, &problem, !self.fleet)?;
        }
        if !self.fleet {
            self.caveats(subject)?;
        }
        for warning in &subject.report.warnings {
            self.gap()?;
            writeln!(
                self.output,
                "{BOLD}{}:{BOLD:#} helm: {}",
                Printable(&name),
                Printable(warning)
            )?;
        }
        if !self.fleet {
            let release = match &subject.report.release {
                Some(release) if !subject.request.values.is_empty() => format!(" (chart release {})", release.id),
                _ => String::new(),
            };
            writeln!(
                self.output,
                "\n{BOLD}{}:{BOLD:#} {}{}",
                Printable(&name),
                subject.counts().words(),
                Printable(release)
            )?;
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        if self.fleet {
            writeln!(self.output, "{}", summary.words())?;
        }
        self.output.flush()
    }
}

fn state(state: VerdictState) -> Style {
    match state {
        VerdictState::Safe => AnsiColor::Green,
        VerdictState::NeedsConfirmation | VerdictState::Unsafe => AnsiColor::Yellow,
        VerdictState::Outage | VerdictState::Deadlock | VerdictState::Refused => AnsiColor::Red,
    }
    .on_default()
    .bold()
}
