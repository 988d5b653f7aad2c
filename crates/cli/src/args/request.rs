use clap::builder::PossibleValuesParser;
use rollcast_core::{HelmLine, Request, catalogue};

use super::baseline::BaselineArgs;
use super::cluster::ClusterArgs;
use super::given::Given;
use super::helm::helm_line;
use crate::error::Error;
use crate::input::Inputs;

/// What is asked about.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct RequestArgs {
    #[command(flatten)]
    pub(crate) given: Given,

    /// The chart release, or a published chart version
    #[arg(long, value_name = "RELEASE", default_value_t = Request::default().chart)]
    chart: String,

    /// The Lobu app version of the image; without it the worst case is assumed
    #[arg(long, value_name = "VERSION")]
    app: Option<String>,

    /// The Helm that renders: 3.17, 3.20, 4, or a full version
    #[arg(long, value_name = "VERSION", value_parser = helm_line, default_value = "3.17")]
    helm: HelmLine,

    /// A prerequisite you vouch for; can be repeated
    #[arg(long = "confirm", value_name = "ID", value_parser = PossibleValuesParser::new(prerequisites()))]
    confirmed: Vec<String>,

    #[command(flatten)]
    cluster: ClusterArgs,
}

fn prerequisites() -> impl Iterator<Item = &'static str> {
    catalogue()
        .into_iter()
        .filter(|entry| entry.prerequisite)
        .map(|entry| entry.id)
}

impl RequestArgs {
    /// The request, with the texts of its files, and with what runs today where that is given.
    pub(crate) fn request(&self, inputs: &mut Inputs, baseline: Option<&BaselineArgs>) -> Result<Request, Error> {
        let today = match baseline {
            Some(baseline) => baseline.baseline(inputs)?,
            None => None,
        };
        Ok(Request {
            chart: self.chart.clone(),
            app: self.app.clone(),
            values: inputs.values_files(&self.given.files)?,
            set: inputs.flags(&self.given.flags)?,
            helm: self.helm,
            cluster: self.cluster.cluster(),
            confirmed: self.confirmed.clone(),
            baseline: today,
            reuse: baseline.and_then(BaselineArgs::reuse),
            applier: baseline.and_then(BaselineArgs::applier),
        })
    }
}
