//! One command, one file.

mod across;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod fix;
pub(crate) mod forecast;
pub(crate) mod man;
pub(crate) mod render;
pub(crate) mod schema;
pub(crate) mod verify;

use std::io::{self, Write as _};
use std::process::ExitCode;

use rollcast_core::{Failure, Stage};
use serde::Serialize;

use crate::args::Command;
use crate::error::Error;
use crate::output::Output;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Nothing at or above the level was found.
    Clean,
    /// Something was.
    Found,
    /// The command line is wrong, or an input cannot be read.
    Unusable,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Clean => Self::SUCCESS,
            Status::Found => Self::from(1),
            Status::Unusable => Self::from(2),
        }
    }
}

pub(crate) fn run(command: Command) -> Result<Status, Error> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Render(args) => render::run(&args),
        Command::Forecast(args) => forecast::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Fix(args) => fix::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

/// There is no answer: says why as Helm does, its words where they are its own, and gives the status for that.
fn refused(failure: &Failure) -> Status {
    Error::new(failure.helm.as_ref().unwrap_or(&failure.what)).print();
    match failure.stage {
        Stage::Request => Status::Unusable,
        Stage::Read | Stage::Flag | Stage::Render | Stage::Reparse => Status::Found,
    }
}

fn print_json(value: &impl Serialize) -> io::Result<()> {
    let mut output = Output::plain();
    serde_json::to_writer_pretty(&mut output, value)?;
    output.write_all(b"\n")?;
    output.flush()
}

fn print_yaml(value: &impl Serialize) -> io::Result<()> {
    let text = serde_yaml::to_string(value).map_err(io::Error::other)?;
    let mut output = Output::plain();
    output.write_all(text.as_bytes())?;
    output.flush()
}
