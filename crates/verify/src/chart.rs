use std::fs;
use std::path::{Path, PathBuf};

use rollcast_chart::{DefaultChange, Release};
use rollcast_values::{Map, Origin, Value, read};

use crate::Error;

/// A chart folder.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The folder, absolute.
    pub folder: PathBuf,
    /// Its name in Chart.yaml.
    pub name: String,
    /// Its version in Chart.yaml.
    pub version: String,
    defaults: Map,
}

/// How far a chart's defaults are from a release's.
#[derive(Clone, Debug)]
pub struct Drift {
    /// The release.
    pub release: &'static Release,
    /// The defaults that differ; `before` is the release's, `after` the chart's.
    pub defaults: Vec<DefaultChange>,
}

impl Chart {
    /// Reads Chart.yaml and values.yaml of a chart folder.
    ///
    /// # Errors
    /// One of them is missing or cannot be read.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let problem = |file: &Path, problem: String| Error::Chart {
            file: file.to_owned(),
            problem,
        };
        let load = |file: &str| {
            let file = folder.join(file);
            let text = fs::read(&file).map_err(|error| problem(&file, error.to_string()))?;
            read(&text, Origin::Default)
                .map(|read| read.map)
                .map_err(|error| problem(&file, error.problem))
        };
        let about = Value::Map(load("Chart.yaml")?);
        let field = |name: &str| match about.at(name) {
            Some(Value::Str(text)) => Ok(text.clone()),
            _ => Err(problem(
                &folder.join("Chart.yaml"),
                format!("there is no text under {name}"),
            )),
        };
        Ok(Self {
            folder: fs::canonicalize(folder).map_err(|error| problem(folder, error.to_string()))?,
            name: field("name")?,
            version: field("version")?,
            defaults: load("values.yaml")?,
        })
    }

    /// The defaults in which the chart differs from a release; `before` is the release's, `after` the chart's.
    #[must_use]
    pub fn drift_from(&self, release: &Release) -> Vec<DefaultChange> {
        release.drift_of(&self.defaults)
    }

    /// The releases in the order of how near the chart's defaults are to theirs; among equals, those that carry the
    /// chart's version come first, and then the newest.
    #[must_use]
    pub fn drifts(&self) -> Vec<Drift> {
        let mut drifts: Vec<Drift> = Release::all()
            .iter()
            .rev()
            .map(|release| Drift {
                release,
                defaults: self.drift_from(release),
            })
            .collect();
        drifts.sort_by_key(|drift| (drift.defaults.len(), drift.release.label != self.version));
        drifts
    }
}
