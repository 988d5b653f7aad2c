use std::io::Write as _;

use clap::ValueEnum;
use rollcast_core::{Change, Outcome, evaluate, evaluate_without_fixes};

use super::check::FailOn;
use crate::args::{BaselineArgs, RequestArgs};
use crate::commands::Status;
use crate::error::Error;
use crate::format::statements::{self, BOLD};
use crate::input::Inputs;
use crate::output::Output;
use crate::printable::Printable;
use crate::subject::{self, Subject};

/// Say what an upgrade from what runs today does: what is refused, deleted, silently changed, restarted
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    request: RequestArgs,

    #[command(flatten)]
    baseline: BaselineArgs,

    /// Compare all chart releases with these values, in a table; nothing of it makes the command fail
    #[arg(long, conflicts_with_all = ["chart", "baseline", "baseline_chart", "fail_on"])]
    across: bool,

    /// The least severity that makes the command fail
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t)]
    fail_on: FailOn,

    /// How to print the change
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  rollcast diff values.yaml --chart 14.0.0 --baseline-chart 7.1.0
  helm get values lobu -o yaml | rollcast diff values.yaml --baseline -
  rollcast diff values.yaml --baseline base.yaml --applier argo-cd --claim-reclaim delete
  rollcast diff values.yaml --across";

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// The change as JSON
    Json,
    /// The same as YAML
    Yaml,
}

pub(crate) fn run(args: &Args) -> Result<Status, Error> {
    if args.across {
        return across(args);
    }
    if !args.baseline.is_given() {
        return Err(Error::new(
            "say what runs today: --baseline FILE, --baseline-chart RELEASE, or both; or --across for all releases",
        ));
    }
    let mut inputs = Inputs::default();
    let request = args.request.request(&mut inputs, Some(&args.baseline))?;
    let report = evaluate(&request);
    let subject = Subject {
        request: &request,
        report: &report,
    };
    if let Some((failure, given)) = subject.failure() {
        if matches!(failure.stage, rollcast_core::Stage::Request) {
            return Ok(super::refused(failure));
        }
        if subject.change().is_none() {
            let mut out = Output::styled();
            statements::failure(&mut out, &subject, failure, given)?;
            out.flush()?;
            return Ok(Status::Found);
        }
    }
    let Some(change) = subject.change() else {
        return Err(Error::new("there is nothing to compare with"));
    };
    match args.format {
        Format::Text => text(&subject, change)?,
        Format::Json => super::print_json(change)?,
        Format::Yaml => super::print_yaml(change)?,
    }
    let worst = subject.changes().map(|item| item.severity).min();
    Ok(if args.fail_on.fails(worst) {
        Status::Found
    } else {
        Status::Clean
    })
}

fn across(args: &Args) -> Result<Status, Error> {
    let request = args.request.request(&mut Inputs::default(), None)?;
    let rows = rollcast_core::across(&request);
    match args.format {
        Format::Text => {
            let report = evaluate_without_fixes(&request);
            let subject = Subject {
                request: &request,
                report: &report,
            };
            super::across::text(&subject.name(), &rows)?;
        }
        Format::Json => super::print_json(&rows)?,
        Format::Yaml => super::print_yaml(&rows)?,
    }
    Ok(Status::Clean)
}

fn text(subject: &Subject<'_>, change: &Change) -> Result<(), Error> {
    let name = subject.name();
    let mut out = Output::styled();
    let from = change.from.id.as_str();
    let to = match &subject.report.release {
        Some(release) if release.id != from => format!(" to {}", release.id),
        _ => String::new(),
    };
    writeln!(out, "{BOLD}{}:{BOLD:#} chart release {from}{to}", Printable(&name))?;
    let before = &change.before;
    statements::indented(&mut out, "Today", &subject::side(before.state, &before.headline))?;
    if let Outcome::Rendered(answer) = &subject.report.outcome {
        let after = &answer.verdict;
        statements::indented(&mut out, "Then", &subject::side(after.state, &after.headline))?;
    }
    for item in subject.changes() {
        writeln!(out)?;
        statements::statement(&mut out, &name, &item, true)?;
    }
    for upcoming in &change.upcoming {
        let strategy = match upcoming.strategy.as_str() {
            "" => String::new(),
            strategy => format!(": {strategy}"),
        };
        writeln!(
            out,
            "\n{BOLD}{}{BOLD:#}{}",
            Printable(&upcoming.title),
            Printable(strategy)
        )?;
        for sentence in &upcoming.story {
            statements::indented(&mut out, "", &format!("- {sentence}"))?;
        }
    }
    let changes = subject.changes().count();
    let plural = if changes == 1 { "change" } else { "changes" };
    writeln!(out, "\n{BOLD}{}:{BOLD:#} {changes} {plural}", Printable(&name))?;
    out.flush()?;
    Ok(())
}
