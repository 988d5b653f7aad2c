use std::io::{self, Write as _};

use anstyle::Style;
use clap::ValueEnum;
use rollcast_core::{Outcome, evaluate};
use serde_json::Value;

use crate::args::RequestArgs;
use crate::commands::Status;
use crate::error::Error;
use crate::input::Inputs;
use crate::output::Output;
use crate::printable::Printable;

/// Print the fields that Helm renders and that decide how the release rolls, or Helm's error
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    request: RequestArgs,

    /// How to print the fields
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  rollcast render values.yaml --chart main-776
  rollcast render --set app.allowMultiReplica=true --format json";

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// One field a line, with the very text Helm prints
    #[default]
    Text,
    /// As JSON; each field is a string with Helm's text, null when Helm does not print it
    Json,
    /// As YAML
    Yaml,
}

pub(crate) fn run(args: &Args) -> Result<Status, Error> {
    let request = args.request.request(&mut Inputs::default(), None)?;
    let report = evaluate(&request);
    let rendered = match &report.outcome {
        Outcome::Rendered(answer) => &answer.rendered,
        Outcome::Refused(failure) => return Ok(super::refused(failure)),
    };
    match args.format {
        Format::Text => {
            let mut output = Output::styled();
            fields(
                &mut output,
                "",
                &serde_json::to_value(rendered).map_err(io::Error::from)?,
            )?;
            output.flush()?;
        }
        Format::Json => super::print_json(rendered)?,
        Format::Yaml => super::print_yaml(rendered)?,
    }
    Ok(Status::Clean)
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Every field below `path`, each with its whole path.
fn fields(output: &mut Output, path: &str, value: &Value) -> io::Result<()> {
    let name = Printable(path);
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                self::fields(output, &path, value)?;
            }
            Ok(())
        }
        Value::Null => writeln!(output, "{BOLD}{name}:{BOLD:#} {DIM}(not printed){DIM:#}"),
        Value::String(text) if text.contains('\n') => {
            writeln!(output, "{BOLD}{name}:{BOLD:#}")?;
            text.lines()
                .try_for_each(|line| writeln!(output, "    {}", Printable(line)))
        }
        Value::String(text) => writeln!(output, "{BOLD}{name}:{BOLD:#} {}", Printable(text)),
        other => writeln!(output, "{BOLD}{name}:{BOLD:#} {}", Printable(other)),
    }
}
