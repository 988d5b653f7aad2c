use std::io::Write as _;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::args::Cli;
use crate::commands::Status;
use crate::error::Error;
use crate::output::Output;

/// Print a manual page in roff: rollcast man | man -l -
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// The command it is about; without one, all of Rollcast
    command: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<Status, Error> {
    let mut all = Cli::command().disable_help_subcommand(true);
    all.build();
    let page = match &args.command {
        None => all,
        Some(name) => all
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| Error::new(format!("there is no command `{name}`")))?
            .display_name(format!("rollcast-{name}"))
            .bin_name(format!("rollcast {name}"))
            .version(env!("CARGO_PKG_VERSION")),
    };
    let mut output = Output::plain();
    Man::new(page).render(&mut output)?;
    output.flush()?;
    Ok(Status::Clean)
}
