use std::io::Write as _;
use std::path::PathBuf;

use rollcast_chart::Release;
use rollcast_verify::{Case, CaseFlag, Chart, Helm, built_in_cases, verify};

use crate::args::Given;
use crate::commands::Status;
use crate::error::Error;
use crate::input::Inputs;
use crate::output::Output;
use crate::printable::Printable;

/// Ask your own Helm whether a chart still is the release Rollcast takes it for
///
/// Renders cases with that Helm and that chart, and compares each field with what Rollcast says of the release. Without
/// values files and flags, the cases are those that together touch every rule of the chart.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The chart's folder, with Chart.yaml
    #[arg(value_name = "CHART")]
    folder: PathBuf,

    #[command(flatten)]
    given: Given,

    /// The chart release; without it, the one whose defaults are nearest
    #[arg(long, value_name = "RELEASE")]
    chart: Option<String>,

    /// The Helm to ask
    #[arg(long, value_name = "PROGRAM", default_value = "helm")]
    helm_program: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  rollcast verify charts/lobu --chart 7.1.0
  rollcast verify charts/lobu values.yaml --set app.replicaCount=2";

pub(crate) fn run(args: &Args) -> Result<Status, Error> {
    let mut inputs = Inputs::default();
    let files = inputs.values_files(&args.given.files)?;
    let flags = inputs.flags(&args.given.flags)?;
    let chart = Chart::open(&args.folder).map_err(|error| Error::new(error.to_string()))?;
    let release = match &args.chart {
        Some(chart) => Release::find(chart).map_err(|error| Error::new(format!("{error}; {}", error.action())))?,
        None => {
            let nearest = chart.drifts().into_iter().next();
            nearest.ok_or_else(|| Error::new("no release is known"))?.release
        }
    };
    let helm = Helm::find(&args.helm_program).map_err(|error| Error::new(error.to_string()))?;
    let cases = if files.is_empty() && flags.is_empty() {
        built_in_cases()
    } else {
        vec![Case {
            id: "the values given".to_owned(),
            files: files.into_iter().map(|file| file.text).collect(),
            set: flags
                .into_iter()
                .map(|flag| CaseFlag {
                    kind: flag.kind,
                    arg: flag.arg,
                    content: flag.content,
                })
                .collect(),
        }]
    };
    let verification = verify(&helm, &chart, release, &cases).map_err(|error| Error::new(error.to_string()))?;
    let mut output = Output::plain();
    writeln!(output, "{}", Printable(&verification))?;
    output.flush()?;
    Ok(if verification.agrees() {
        Status::Clean
    } else {
        Status::Found
    })
}
