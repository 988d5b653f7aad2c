use std::io::Write as _;

use anstyle::Style;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use rollcast_core::{CatalogueEntry, ChangeEntry, Severity, catalogue, change_catalogue};
use serde::Serialize;

use crate::commands::Status;
use crate::error::Error;
use crate::output::Output;

/// Explain a finding, or something an upgrade does: what it is, why it matters, what to do; without an id, list all of them
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The id, as it stands in brackets behind the level
    #[arg(hide_possible_values = true, value_parser = PossibleValuesParser::new(entries().map(|entry| entry.id())))]
    id: Option<String>,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  rollcast explain
  rollcast explain telegram-polling
  rollcast explain claim-deleted";

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// As JSON
    Json,
    /// As YAML
    Yaml,
}

/// What can be explained.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry {
    Finding(CatalogueEntry),
    Change(ChangeEntry),
}

impl Entry {
    const fn id(&self) -> &'static str {
        match self {
            Self::Finding(entry) => entry.id,
            Self::Change(entry) => entry.id,
        }
    }

    const fn title(&self) -> &'static str {
        match self {
            Self::Finding(entry) => entry.title,
            Self::Change(entry) => entry.title,
        }
    }
}

/// Findings, then what an upgrade does. No two have the same id.
fn entries() -> impl Iterator<Item = Entry> {
    let changes = change_catalogue().into_iter().map(Entry::Change);
    catalogue().into_iter().map(Entry::Finding).chain(changes)
}

pub(crate) fn run(args: &Args) -> Result<Status, Error> {
    let mut entries: Vec<Entry> = entries().collect();
    let one = args.id.is_some();
    if let Some(id) = &args.id {
        entries.retain(|entry| entry.id() == id);
    }
    match (args.format, entries.as_slice()) {
        (Format::Text, [Entry::Finding(entry)]) if one => finding(entry)?,
        (Format::Text, [Entry::Change(entry)]) if one => change(entry)?,
        (Format::Text, entries) => list(entries)?,
        (Format::Json, [entry]) if one => super::print_json(entry)?,
        (Format::Json, entries) => super::print_json(&entries)?,
        (Format::Yaml, [entry]) if one => super::print_yaml(entry)?,
        (Format::Yaml, entries) => super::print_yaml(&entries)?,
    }
    Ok(Status::Clean)
}

const BOLD: Style = Style::new().bold();

fn list(entries: &[Entry]) -> Result<(), Error> {
    let width = entries.iter().map(|entry| entry.id().len()).max().unwrap_or(0);
    let mut out = Output::styled();
    for entry in entries {
        writeln!(out, "{BOLD}{:width$}{BOLD:#}  {}", entry.id(), entry.title())?;
    }
    out.flush()?;
    Ok(())
}

fn head(out: &mut Output, id: &str, kind: &str, severity: Severity) -> Result<(), Error> {
    writeln!(out, "{BOLD}{id}{BOLD:#} ({kind}{})", severity.name())?;
    Ok(())
}

fn change(entry: &ChangeEntry) -> Result<(), Error> {
    let mut out = Output::styled();
    head(&mut out, entry.id, "upgrade, ", entry.severity)?;
    writeln!(out, "{}", entry.title)?;
    writeln!(out, "\n{BOLD}Why it matters{BOLD:#}\n{}", entry.why)?;
    writeln!(out, "\n{BOLD}Examples{BOLD:#}")?;
    for example in &entry.examples {
        let shown = if example.expected > 0 { "shows it" } else { "does not" };
        writeln!(out, "- {}: {shown}", example.name)?;
    }
    writeln!(out, "\n{BOLD}Source{BOLD:#}\n{}", entry.source)?;
    out.flush()?;
    Ok(())
}

fn finding(entry: &CatalogueEntry) -> Result<(), Error> {
    let mut out = Output::styled();
    let kind = if entry.prerequisite { "prerequisite, " } else { "" };
    head(&mut out, entry.id, kind, entry.severity)?;
    writeln!(out, "{}\n\n{}", entry.title, entry.explanation)?;
    writeln!(out, "\n{BOLD}Why it matters{BOLD:#}\n{}", entry.why)?;
    writeln!(out, "\n{BOLD}What to do{BOLD:#}\n{}", entry.action)?;
    if !entry.verify.is_empty() {
        writeln!(out, "\n{BOLD}How to check{BOLD:#}")?;
    }
    for check in &entry.verify {
        writeln!(out, "{}", check.how)?;
        for line in check.command.lines() {
            writeln!(out, "    {line}")?;
        }
    }
    writeln!(out, "\n{BOLD}Concerns{BOLD:#}\n{}", entry.releases)?;
    if let Some(app) = &entry.app {
        writeln!(out, "{app}")?;
    }
    writeln!(out, "\n{BOLD}Source{BOLD:#}\n{}", entry.source)?;
    out.flush()?;
    Ok(())
}
