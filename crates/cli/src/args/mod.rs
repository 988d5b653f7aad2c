//! The command line, declared.

mod baseline;
mod cluster;
mod colour;
mod given;
mod helm;
mod request;

pub(crate) use baseline::BaselineArgs;
pub(crate) use given::{Given, GivenFile, GivenFlag};
pub(crate) use request::RequestArgs;

use clap::{Parser, Subcommand};

use crate::commands;

/// Forecasts the rollout of a Lobu Helm release from its values
///
/// Which Deployment strategy the chart resolves and why, which prerequisites of a rolling deploy are met, and what the
/// rollout will do. Values are read as Helm reads them. Nothing is sent anywhere, and no cluster is asked.
#[derive(Debug, Parser)]
#[command(name = "rollcast", version, max_term_width = 100, arg_required_else_help = true, after_help = EXIT_STATUS)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Whether to colour what is printed
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        value_enum,
        default_value_t,
        display_order = 1000
    )]
    pub(crate) color: colour::Colour,
}

const EXIT_STATUS: &str = "\
Exit status:
  0  nothing at or above the level was found
  1  something was found, or Helm refuses the values
  2  the command line is wrong, or an input cannot be read";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(commands::check::Args),
    Render(commands::render::Args),
    Forecast(commands::forecast::Args),
    Diff(commands::diff::Args),
    Fix(commands::fix::Args),
    Explain(commands::explain::Args),
    Verify(commands::verify::Args),
    Schema(commands::schema::Args),
    Completions(commands::completions::Args),
    Man(commands::man::Args),
}
