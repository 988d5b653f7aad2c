//! Statements as text, the way `check` and `diff` print them.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use rollcast_core::{Failure, Severity};

use crate::printable::Printable;
use crate::statement::{Given, Statement};
use crate::subject::{self, Subject};

pub(crate) const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The line of a statement: `WHERE: LEVEL[ID]: TITLE`.
pub(crate) fn line(
    out: &mut impl Write,
    place: &str,
    (level, style): (&str, Style),
    id: &str,
    title: &str,
) -> io::Result<()> {
    writeln!(
        out,
        "{BOLD}{}:{BOLD:#} {style}{level}[{id}]:{style:#} {}",
        Printable(place),
        Printable(title)
    )
}

/// A statement; in full, or its line only.
pub(crate) fn statement(out: &mut impl Write, name: &str, statement: &Statement<'_>, full: bool) -> io::Result<()> {
    let word = if statement.open {
        "confirm"
    } else {
        statement.severity.name()
    };
    let level = (word, level(statement.severity));
    line(out, &statement.whereabouts(name), level, statement.id, statement.title)?;
    if !full {
        return Ok(());
    }
    indented(out, "", statement.what)?;
    indented(out, "It will say", statement.message.unwrap_or_default())?;
    indented(out, "Why", statement.why)?;
    indented(out, "Do", statement.action)?;
    for way in statement.ways {
        indented(out, "Way out", &way.title)?;
        if let Some(fix) = &way.fix {
            indented(out, "", &format!("- {}", fix.title))?;
            command(out, fix.flag_line.as_deref().unwrap_or_default())?;
        }
        for step in &way.steps {
            indented(out, "", &format!("- {}", step.what))?;
            command(out, step.command.as_deref().unwrap_or_default())?;
        }
    }
    for check in statement.verify {
        indented(out, "Check", &check.how)?;
        command(out, &check.command)?;
    }
    if statement.open {
        indented(out, "Vouch for it", &format!("--confirm {}", statement.id))?;
    }
    Ok(())
}

/// Why there is no answer: ours first, Helm's words beneath.
pub(crate) fn failure(
    out: &mut impl Write,
    subject: &Subject<'_>,
    failure: &Failure,
    given: Given<'_>,
) -> io::Result<()> {
    let level = ("error", level(Severity::Error));
    let place = subject.where_failed(failure, given);
    line(out, &place, level, subject::stage(failure.stage), &failure.what)?;
    indented(out, "Do", &failure.action)?;
    indented(out, "Helm says", failure.helm.as_deref().unwrap_or_default())
}

/// Lines beneath a statement, the first with a label; nothing for nothing.
pub(crate) fn indented(out: &mut impl Write, label: &str, text: &str) -> io::Result<()> {
    for (index, line) in text.lines().enumerate() {
        if index == 0 && !label.is_empty() {
            writeln!(out, "    {DIM}{label}:{DIM:#} {}", Printable(line))?;
        } else {
            writeln!(out, "    {}", Printable(line))?;
        }
    }
    Ok(())
}

fn command(out: &mut impl Write, command: &str) -> io::Result<()> {
    command
        .lines()
        .try_for_each(|line| writeln!(out, "        {}", Printable(line)))
}

pub(crate) fn level(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    }
    .on_default()
    .bold()
}
