use clap::ValueEnum;
use rollcast_core::{Report, Request, Severity, Stage, evaluate, evaluate_without_fixes};

use crate::args::{BaselineArgs, RequestArgs};
use crate::commands::Status;
use crate::error::Error;
use crate::fleet::Fleet;
use crate::format::{Format, Sink, Summary};
use crate::input::Inputs;
use crate::subject::Subject;

/// Say what a rollout with these values will be like, and fail if it is not good
///
/// Without values files and flags the chart's own values are checked.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    request: RequestArgs,

    #[command(flatten)]
    baseline: BaselineArgs,

    /// Check every file that is named or matches, each on top of the -f files
    #[arg(long, value_name = "PATTERN", num_args = 1.., conflicts_with = "files")]
    each: Vec<String>,

    /// The least severity that makes the command fail
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t)]
    fail_on: FailOn,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  rollcast check values.yaml --chart 7.1.0
  rollcast check -f base.yaml -f prod.yaml --set app.replicaCount=2
  helm get values lobu -o yaml | rollcast check -
  rollcast check values.yaml --confirm telegram-polling --fail-on warning
  rollcast check --each 'envs/*/values.yaml' -f base.yaml --format sarif
  rollcast check values.yaml --chart 14.0.0 --baseline-chart 7.1.0";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// What Helm or Kubernetes refuses, what deadlocks or loses data
    #[default]
    Error,
    /// Also what hurts somebody and values could avoid
    Warning,
    /// Nothing, as long as everything can be read
    Never,
}

impl FailOn {
    /// Whether the worst of what was found is at or above the level.
    pub(crate) fn fails(self, worst: Option<Severity>) -> bool {
        match self {
            Self::Error => worst == Some(Severity::Error),
            Self::Warning => worst.is_some_and(|worst| worst <= Severity::Warning),
            Self::Never => false,
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<Status, Error> {
    let mut inputs = Inputs::default();
    let request = args.request.request(&mut inputs, Some(&args.baseline))?;
    let mut check = Check {
        fail_on: args.fail_on,
        sink: args.format.sink(!args.each.is_empty()),
        summary: Summary::default(),
    };
    let evaluate = if shows_fixes(args.format, &request) {
        evaluate
    } else {
        evaluate_without_fixes
    };
    if args.each.is_empty() {
        check.answer(&request, &evaluate(&request))?;
    } else {
        let fleet = Fleet::matching(&args.each)?;
        fleet.evaluate(&request, evaluate, |member| match member {
            Ok((request, report)) => check.answer(&request, &report),
            Err(error) => {
                error.print();
                check.summary.unreadable += 1;
                Ok(())
            }
        })?;
    }
    check.end()
}

/// Whether fixes are printed: in whole reports, and as ways out of what an upgrade does. Searching them takes several times
/// as long as everything else.
fn shows_fixes(format: Format, request: &Request) -> bool {
    matches!(format, Format::Json | Format::Yaml) || request.baseline.is_some()
}

struct Check {
    fail_on: FailOn,
    sink: Box<dyn Sink>,
    summary: Summary,
}

impl Check {
    fn answer(&mut self, request: &Request, report: &Report) -> Result<(), Error> {
        let subject = Subject { request, report };
        if let Some((failure, _)) = subject.failure().filter(|(failure, _)| failure.stage == Stage::Request) {
            return Err(Error::new(format!("{} {}", failure.what, failure.action)));
        }
        self.summary.checked += 1;
        self.summary.failed += usize::from(self.fail_on.fails(subject.worst()));
        self.summary.counts += subject.counts();
        self.sink.subject(&subject)?;
        Ok(())
    }

    fn end(mut self) -> Result<Status, Error> {
        self.sink.end(&self.summary)?;
        Ok(match self.summary {
            Summary { unreadable: 1.., .. } => Status::Unusable,
            Summary { failed: 1.., .. } => Status::Found,
            _ => Status::Clean,
        })
    }
}
