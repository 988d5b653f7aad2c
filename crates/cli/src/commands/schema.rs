use rollcast_core::{Request, schema};

use crate::commands::Status;
use crate::error::Error;

/// Print a JSON Schema of the values that a chart release reads, for editors
///
/// In an editor with the YAML language server, a first line such as
/// "# yaml-language-server: $schema=lobu-7.1.0.schema.json" in a values file brings descriptions, completion and checks.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The chart release, or a published chart version
    #[arg(long, value_name = "RELEASE", default_value_t = Request::default().chart)]
    chart: String,
}

const EXAMPLES: &str = "\
Examples:
  rollcast schema > lobu-7.1.0.schema.json
  rollcast schema --chart 14.0.0";

pub(crate) fn run(args: &Args) -> Result<Status, Error> {
    match schema(&args.chart) {
        Ok(schema) => super::print_json(&schema)?,
        Err(failure) => return Ok(super::refused(&failure)),
    }
    Ok(Status::Clean)
}
