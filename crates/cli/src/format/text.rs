use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};
use rollcast_core::{Failure, Finding, Outcome, PrerequisiteState, Severity, VerdictState};

use super::{Sink, Summary};
use crate::output::Output;
use crate::printable::Printable;
use crate::subject::{self, Subject};

/// For people at a terminal. Every statement begins on a line of its own without indentation, `WHERE: LEVEL[ID]: TITLE`;
/// what belongs to it is indented. A fleet gets these lines only.
pub(super) struct Text {
    output: Output,
    fleet: bool,
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

impl Text {
    pub(super) fn new(fleet: bool) -> Self {
        Self {
            output: Output::styled(),
            fleet,
        }
    }

    fn failure(&mut self, subject: &Subject<'_>, failure: &Failure) -> io::Result<()> {
        let place = subject.where_failed(failure);
        let stage = subject::stage(failure.stage);
        let style = level(Severity::Error);
        writeln!(
            self.output,
            "{BOLD}{}:{BOLD:#} {style}error[{stage}]:{style:#} {}",
            Printable(place),
            Printable(&failure.what)
        )?;
        self.indented("Do", &failure.action)?;
        match &failure.helm {
            Some(helm) => self.indented("Helm says", helm),
            None => Ok(()),
        }
    }

    fn finding(&mut self, subject: &Subject<'_>, finding: &Finding) -> io::Result<()> {
        let place = subject.where_found(finding);
        let style = level(finding.severity);
        let word = match finding.state {
            Some(PrerequisiteState::Confirm) => "confirm",
            _ => subject::severity(finding.severity),
        };
        writeln!(
            self.output,
            "{BOLD}{}:{BOLD:#} {style}{word}[{}]:{style:#} {}",
            Printable(place),
            finding.id,
            Printable(&finding.title)
        )?;
        if self.fleet {
            return Ok(());
        }
        self.indented("", &finding.what)?;
        self.indented("Why", &finding.why)?;
        self.indented("Do", &finding.action)?;
        for check in &finding.verify {
            self.indented("Check", &check.how)?;
            for line in check.command.lines() {
                writeln!(self.output, "        {}", Printable(line))?;
            }
        }
        if finding.state == Some(PrerequisiteState::Confirm) {
            self.indented("Vouch for it", &format!("--confirm {}", finding.id))?;
        }
        Ok(())
    }

    /// What is true of the app whatever the values say, by title only: `explain` knows the rest.
    fn caveats(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let mut caveats = subject.caveats().peekable();
        if caveats.peek().is_some() {
            writeln!(self.output)?;
        }
        for finding in caveats {
            let name = subject.name();
            let style = level(Severity::Info);
            writeln!(
                self.output,
                "{BOLD}{}:{BOLD:#} {style}caveat[{}]:{style:#} {}",
                Printable(&name),
                finding.id,
                Printable(&finding.title)
            )?;
        }
        Ok(())
    }

    /// Lines beneath a statement, the first with a label.
    fn indented(&mut self, label: &str, text: &str) -> io::Result<()> {
        for (index, line) in text.lines().enumerate() {
            if index == 0 && !label.is_empty() {
                writeln!(self.output, "    {DIM}{label}:{DIM:#} {}", Printable(line))?;
            } else {
                writeln!(self.output, "    {}", Printable(line))?;
            }
        }
        Ok(())
    }
}

impl Sink for Text {
    fn subject(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let name = subject.name();
        match &subject.report.outcome {
            Outcome::Refused(failure) => self.failure(subject, failure)?,
            Outcome::Rendered(answer) => {
                let verdict = &answer.verdict;
                let style = state(verdict.state);
                writeln!(
                    self.output,
                    "{BOLD}{}:{BOLD:#} {style}{}:{style:#} {}",
                    Printable(&name),
                    subject::verdict(verdict.state),
                    Printable(&verdict.headline)
                )?;
                if !self.fleet {
                    self.indented("", &verdict.consequence)?;
                }
                for finding in subject.problems() {
                    if !self.fleet {
                        writeln!(self.output)?;
                    }
                    self.finding(subject, finding)?;
                }
                if !self.fleet {
                    self.caveats(subject)?;
                }
            }
        }
        for warning in &subject.report.warnings {
            if !self.fleet {
                writeln!(self.output)?;
            }
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

fn level(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    }
    .on_default()
    .bold()
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
