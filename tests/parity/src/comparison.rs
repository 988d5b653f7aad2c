use std::collections::BTreeMap;
use std::fmt;

use rollcast_chart::Release;
use rollcast_verify::{Answer, answer, differences};

use crate::{Expectation, Recording};

/// Figures of one release, or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases, a case on two releases counting twice.
    pub cases: usize,
    /// Cases that both accept or both refuse.
    pub alike: usize,
    /// Cases that both accept.
    pub accepted: usize,
    /// Of those, the ones with all fields and warnings equal.
    pub fields: usize,
    /// Cases that both refuse.
    pub refused: usize,
    /// Of those, the ones with equal messages.
    pub messages: usize,
    /// Cases that Helm refuses.
    pub refusals: usize,
}

impl Tally {
    /// Cases that agree: accepted or refused alike, and all fields and warnings equal.
    #[must_use]
    pub const fn agree(&self) -> usize {
        self.fields + self.refused
    }

    fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.alike += other.alike;
        self.accepted += other.accepted;
        self.fields += other.fields;
        self.refused += other.refused;
        self.messages += other.messages;
        self.refusals += other.refusals;
    }
}

/// The last line of a comparison's report.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "parity: {} of {} cases agree, {} of {} messages equal",
            self.agree(),
            self.cases,
            self.messages,
            self.refusals
        )
    }
}

/// How Rollcast compares with recordings.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The releases to look at; all of them when empty.
    pub only: Vec<&'static str>,
    /// Figures by the release's id.
    pub releases: BTreeMap<&'static str, Tally>,
    /// Everything that differs, in the order of the recordings.
    pub disagreements: Vec<String>,
    /// What could not be compared, so that nothing passes unseen.
    pub unreadable: usize,
}

impl Comparison {
    /// Compares every line of a recording; empty lines do not count.
    pub fn add(&mut self, text: &str) {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str::<Recording>(line) {
                Ok(recording) => self.add_recording(&recording),
                Err(error) => {
                    self.unreadable += 1;
                    self.disagreements.push(format!("line {}: {error}", number + 1));
                }
            }
        }
    }

    fn add_recording(&mut self, recording: &Recording) {
        let Recording { case, expect } = recording;
        for expected in expect {
            for chart in &expected.charts {
                let Some(release) = Release::all().iter().find(|release| release.id == chart) else {
                    self.unreadable += 1;
                    self.disagreements
                        .push(format!("{}: there is no chart release {chart:?}", case.id));
                    continue;
                };
                if self.only.is_empty() || self.only.contains(&release.id) {
                    let (tally, found) = judge(expected, &answer(case, release));
                    self.releases.entry(release.id).or_default().add(&tally);
                    self.disagreements
                        .extend(found.into_iter().map(|each| format!("{} on {chart}: {each}", case.id)));
                }
            }
        }
    }

    /// All releases together.
    #[must_use]
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        for tally in self.releases.values() {
            total.add(tally);
        }
        total
    }

    /// Whether every case agrees and every message is equal.
    #[must_use]
    pub fn is_unanimous(&self) -> bool {
        self.disagreements.is_empty()
    }
}

/// Compares one answer; gives its figures and what differs.
fn judge(expected: &Expectation, got: &Answer) -> (Tally, Vec<String>) {
    let mut tally = Tally {
        cases: 1,
        refusals: usize::from(expected.error.is_some()),
        ..Tally::default()
    };
    let mut found = Vec::new();
    match (&expected.ok, &expected.error, &got.result) {
        (Some(fields), None, Ok(rendered)) => {
            tally.alike = 1;
            tally.accepted = 1;
            match serde_json::to_value(rendered) {
                Ok(got) => found.extend(differences(fields, &got).iter().map(ToString::to_string)),
                Err(error) => found.push(error.to_string()),
            }
            let sorted = |warnings: &[String]| {
                let mut warnings = warnings.to_vec();
                warnings.sort_unstable();
                warnings
            };
            let (wanted, warnings) = (sorted(&expected.warnings), sorted(&got.warnings));
            if wanted != warnings {
                found.push(format!("warnings: Helm {wanted:?}, Rollcast {warnings:?}"));
            }
            tally.fields = usize::from(found.is_empty());
        }
        (None, Some(message), Err(helm)) => {
            tally.alike = 1;
            tally.refused = 1;
            // Recordings may have lost blanks at the end of a message.
            if message.strip_prefix("Error: ").unwrap_or(message).trim_end() == helm.trim_end() {
                tally.messages = 1;
            } else {
                found.push(format!("message: Helm {message:?}, Rollcast {helm:?}"));
            }
        }
        (Some(_), None, Err(helm)) => found.push(format!("Helm accepts, Rollcast refuses: {helm}")),
        (None, Some(message), Ok(_)) => found.push(format!("Helm refuses, Rollcast accepts: {message}")),
        _ => found.push("the recording has neither fields nor a message, or both".to_owned()),
    }
    (tally, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(line: &str) -> Comparison {
        let mut comparison = Comparison::default();
        comparison.add(line);
        comparison
    }

    fn first_line() -> &'static str {
        crate::KEPT.lines().next().unwrap_or_default()
    }

    #[test]
    fn a_wrong_field_a_wrong_message_and_a_wrong_outcome_are_found() {
        let good = compare(first_line());
        assert!(good.is_unanimous(), "{:?}", good.disagreements);
        let refusals = good.total().refusals;
        assert!(refusals > 0 && good.total().accepted > 0);

        let field = compare(&first_line().replace("\"replicas\": \"1\"", "\"replicas\": \"7\""));
        assert!(field.total().fields < good.total().fields);
        assert!(field.disagreements[0].contains("replicas: Helm \"7\", Rollcast \"1\""));

        let message = compare(&first_line().replace("line 15", "line 16").replace("42:50", "42:51"));
        assert!(message.total().messages < refusals);
        assert_eq!(message.total().agree(), good.total().agree());

        let outcome = compare(&first_line().replace("\"error\": \"", "\"ok\": {}, \"id\": \""));
        assert_eq!(outcome.unreadable, 1, "an unknown field must not pass");
    }

    #[test]
    fn a_release_that_does_not_exist_is_a_disagreement() {
        let comparison = compare(r#"{"id": "x", "files": [], "expect": [{"charts": ["6.0.0"], "ok": {}}]}"#);
        assert!(!comparison.is_unanimous());
        assert_eq!(comparison.total().cases, 0);
    }
}
