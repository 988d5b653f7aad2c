use std::io::Write as _;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::Cli;
use crate::commands::Status;
use crate::error::Error;
use crate::output::Output;

/// Print a shell's completions, to be put where the shell looks for them
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> Result<Status, Error> {
    // The generator writes by itself and panics where it cannot.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "rollcast", &mut script);
    let mut output = Output::plain();
    output.write_all(&script)?;
    output.flush()?;
    Ok(Status::Clean)
}
