use std::fmt;

use rollcast_chart::{DefaultChange, Release};
use rollcast_values::HelmLine;

use crate::answer::answer_as;
use crate::helm::HelmAnswer;
use crate::{Answer, Case, Chart, Difference, Error, Helm, differences};

/// What came of asking Helm.
#[derive(Clone, Debug)]
pub struct Verification {
    /// The release Rollcast took the chart for.
    pub release: &'static Release,
    /// Helm's version.
    pub helm: String,
    /// Defaults in which the chart differs from the release; `before` is the release's, `after` the chart's.
    pub defaults: Vec<DefaultChange>,
    /// How many cases were compared.
    pub cases: usize,
    /// What differs, in the order of the cases.
    pub disagreements: Vec<Disagreement>,
}

/// A case in which Helm and Rollcast differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The case.
    pub case: String,
    /// In what.
    pub kind: DisagreementKind,
}

/// In what an answer differs.
#[derive(Clone, Debug, PartialEq)]
pub enum DisagreementKind {
    /// Helm renders, Rollcast says that it refuses.
    OnlyHelmAccepts {
        /// The message Rollcast gives.
        rollcast: String,
    },
    /// Helm refuses, Rollcast says that it renders.
    OnlyRollcastAccepts {
        /// Helm's message.
        helm: String,
    },
    /// Both render, and these fields differ.
    Fields(Vec<Difference>),
    /// Both refuse, with different messages.
    Message {
        /// Helm's.
        helm: String,
        /// Rollcast's.
        rollcast: String,
    },
    /// Both answer alike, with different warnings.
    Warnings {
        /// Helm's, sorted.
        helm: Vec<String>,
        /// Rollcast's, sorted.
        rollcast: Vec<String>,
    },
}

/// Renders every case with a Helm and a chart, and compares with what Rollcast says of a release.
///
/// The values of the release's own defaults are what Rollcast reasons from, so a chart whose defaults differ disagrees
/// in its fields too; [`Verification::defaults`] says which they are.
///
/// # Errors
/// Helm cannot be run, or no file can be written for it. That they disagree is no error.
pub fn verify(helm: &Helm, chart: &Chart, release: &'static Release, cases: &[Case]) -> Result<Verification, Error> {
    let mut disagreements = Vec::new();
    for case in cases {
        let scratch = tempfile::tempdir().map_err(Error::Scratch)?;
        let theirs = helm.render(chart, case, scratch.path())?;
        let ours = answer_as(case, release, helm.line);
        disagreements.extend(judge(helm.line, theirs, ours).into_iter().map(|kind| Disagreement {
            case: case.id.clone(),
            kind,
        }));
    }
    Ok(Verification {
        release,
        helm: helm.version.clone(),
        defaults: chart.drift_from(release),
        cases: cases.len(),
        disagreements,
    })
}

/// In what two answers differ.
fn judge(line: HelmLine, helm: HelmAnswer, rollcast: Answer) -> Vec<DisagreementKind> {
    let mut found = Vec::new();
    match (helm.result, rollcast.result) {
        (Ok(fields), Ok(rendered)) => {
            // Texts, booleans and maps with text keys only, so this cannot fail.
            let ours = serde_json::to_value(&rendered).unwrap_or_default();
            let fields = differences(&fields, &ours);
            if !fields.is_empty() {
                found.push(DisagreementKind::Fields(fields));
            }
        }
        (Ok(_), Err(rollcast)) => found.push(DisagreementKind::OnlyHelmAccepts { rollcast }),
        (Err(helm), Ok(_)) => found.push(DisagreementKind::OnlyRollcastAccepts { helm }),
        // Helm 4 words its messages differently.
        (Err(helm), Err(rollcast)) => {
            if line != HelmLine::V4 && helm.trim_end() != rollcast.trim_end() {
                found.push(DisagreementKind::Message { helm, rollcast });
            }
        }
    }
    let sorted = |mut warnings: Vec<String>| {
        warnings.sort_unstable();
        warnings
    };
    let (helm, rollcast) = (sorted(helm.warnings), sorted(rollcast.warnings));
    // Nothing is said of warnings where a file or flag is refused.
    if line != HelmLine::V4 && helm != rollcast && found.is_empty() {
        found.push(DisagreementKind::Warnings { helm, rollcast });
    }
    found
}

impl Verification {
    /// Whether every case agrees.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.disagreements.is_empty()
    }
}

/// A report for people: what differs, and a last line with the count.
impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.defaults.is_empty() {
            writeln!(f, "The chart's defaults are not those of release {}:", self.release.id)?;
            for change in &self.defaults {
                let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
                let (before, after) = (or_none(&change.before), or_none(&change.after));
                writeln!(f, "  {}: {before} in the release, {after} in the chart", change.path)?;
            }
        }
        for disagreement in &self.disagreements {
            writeln!(f, "{disagreement}")?;
        }
        let mut names: Vec<&str> = self.disagreements.iter().map(|each| each.case.as_str()).collect();
        names.dedup();
        write!(
            f,
            "{} of {} cases agree with release {} (Helm {})",
            self.cases - names.len(),
            self.cases,
            self.release.id,
            self.helm
        )
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.case)?;
        match &self.kind {
            DisagreementKind::OnlyHelmAccepts { rollcast } => {
                write!(f, "Helm renders; Rollcast says that it refuses: {rollcast}")
            }
            DisagreementKind::OnlyRollcastAccepts { helm } => write!(f, "Helm refuses: {helm}"),
            DisagreementKind::Fields(fields) => {
                let fields: Vec<String> = fields.iter().map(ToString::to_string).collect();
                f.write_str(&fields.join("; "))
            }
            DisagreementKind::Message { helm, rollcast } => write!(f, "Helm says {helm:?}, Rollcast {rollcast:?}"),
            DisagreementKind::Warnings { helm, rollcast } => {
                write!(f, "Helm warns {helm:?}, Rollcast {rollcast:?}")
            }
        }
    }
}
