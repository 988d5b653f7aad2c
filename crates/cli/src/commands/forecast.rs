use std::io::Write as _;
use std::path::PathBuf;

use anstyle::Style;
use clap::ValueEnum;
use rollcast_core::{Answer, Outcome, Outlook, Report, Request, evaluate};

use crate::args::RequestArgs;
use crate::commands::Status;
use crate::error::Error;
use crate::input::Inputs;
use crate::output::Output;
use crate::printable::Printable;
use crate::replace;
use crate::subject::Subject;
use crate::timeline::{self, Glyphs};

/// Draw the rollout on a time axis: pods, endpoints, and the windows in which something is at risk
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    request: RequestArgs,

    /// How to print the forecast
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// How wide to draw; the terminal's width, or 80 columns where there is none
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(60..=1000))]
    width: Option<u16>,

    /// Draw with ASCII characters only
    #[arg(long)]
    ascii: bool,

    /// Also write the drawing to a file, as SVG
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  rollcast forecast values.yaml
  rollcast forecast values.yaml --boot 5,8,20 --placement other-node
  rollcast forecast values.yaml --svg rollout.svg";

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// A timeline for the terminal, its figures beneath
    #[default]
    Text,
    /// The simulated runs as JSON
    Json,
    /// The same as YAML
    Yaml,
}

pub(crate) fn run(args: &Args) -> Result<Status, Error> {
    let request = args.request.request(&mut Inputs::default(), None)?;
    let report = evaluate(&request);
    let answer = match &report.outcome {
        Outcome::Rendered(answer) => answer,
        Outcome::Refused(failure) => return Ok(super::refused(failure)),
    };
    if let Some(path) = &args.svg {
        let title = title(&request, &report, answer);
        replace::write(path, &timeline::svg::svg(&title, &answer.outlooks))?;
    }
    match args.format {
        Format::Text => text(args, &request, &report, answer)?,
        Format::Json => super::print_json(&answer.outlooks)?,
        Format::Yaml => super::print_yaml(&answer.outlooks)?,
    }
    Ok(Status::Clean)
}

fn title(request: &Request, report: &Report, answer: &Answer) -> String {
    format!("{}: {}", Subject { request, report }.name(), answer.verdict.headline)
}

const BOLD: Style = Style::new().bold();

fn text(args: &Args, request: &Request, report: &Report, answer: &Answer) -> Result<(), Error> {
    let width = match (args.width, terminal_size::terminal_size()) {
        (Some(width), _) | (None, Some((terminal_size::Width(width), _))) => usize::from(width),
        (None, None) => 80,
    };
    let glyphs = if args.ascii { Glyphs::Ascii } else { Glyphs::Blocks };
    let mut out = Output::styled();
    writeln!(out, "{BOLD}{}{BOLD:#}", Printable(title(request, report, answer)))?;
    writeln!(out, "{}", Printable(&answer.verdict.consequence))?;
    for Outlook {
        title, forecast, story, ..
    } in &answer.outlooks
    {
        writeln!(out)?;
        if !title.is_empty() {
            writeln!(out, "{BOLD}{}{BOLD:#}", Printable(title))?;
        }
        timeline::text::draw(&mut out, &forecast.likely, width, glyphs)?;
        writeln!(out)?;
        for length in &forecast.lengths {
            writeln!(
                out,
                "{:27}{}",
                length.kind.words().to_lowercase(),
                timeline::range(&length.milliseconds)
            )?;
        }
        writeln!(out, "{:27}{}", "complete after", timeline::range(&forecast.complete))?;
        for sentence in story {
            writeln!(out, "- {}", Printable(sentence))?;
        }
    }
    if !answer.assumptions.is_empty() {
        writeln!(out, "\n{BOLD}Assumed{BOLD:#}")?;
        for assumption in &answer.assumptions {
            writeln!(out, "- {}", Printable(assumption))?;
        }
    }
    out.flush()?;
    Ok(())
}
