//! Rollcast on the command line: the same core as the page and the npm module, where operators and pipelines work.
//!
//! Exit status: 0 when nothing at or above the level was found, 1 when something was (or Helm refuses the values), 2 when
//! the command line is wrong or an input cannot be read.
#![forbid(unsafe_code)]

mod args;
mod commands;
mod error;
mod fleet;
mod format;
mod input;
mod output;
mod place;
mod printable;
mod replace;
mod statement;
mod subject;
mod timeline;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Cli;

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.color.write_global();
    match commands::run(cli.command) {
        Ok(status) => status.into(),
        Err(error) => {
            error.print();
            commands::Status::Unusable.into()
        }
    }
}
