//! Finding a release by what people call it.

use std::fmt;

use crate::Release;

/// Why a text does not name one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindError {
    /// No release is called so, and no published version is.
    Unknown {
        /// The text.
        asked: String,
    },
    /// The text could mean several releases: which one depends on what the copy of the chart has.
    Ambiguous {
        /// The text.
        asked: String,
        /// Ids of the releases to choose from, oldest first; [`Release::tell`] says how to tell them.
        choices: Vec<&'static str>,
    },
}

impl FindError {
    /// What to do about it.
    #[must_use]
    pub fn action(&self) -> String {
        match self {
            Self::Unknown { .. } => {
                let ids: Vec<&str> = Release::all().iter().map(|release| release.id).collect();
                format!(
                    "Name a published version of the chart, as `helm list` shows it, or one of {}.",
                    ids.join(", ")
                )
            }
            Self::Ambiguous { choices, .. } => {
                let ways: Vec<String> = choices
                    .iter()
                    .filter_map(|id| Release::all().iter().find(|release| release.id == *id))
                    .map(|release| format!("`{}` if {}", release.id, release.tell))
                    .collect();
                format!("Look into your copy of the chart and choose {}.", ways.join("; "))
            }
        }
    }
}

impl fmt::Display for FindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { asked } => write!(f, "there is no chart release {asked:?}"),
            Self::Ambiguous { asked, choices } => {
                write!(f, "{asked:?} could be any of {}", choices.join(", "))
            }
        }
    }
}

impl std::error::Error for FindError {}

impl Release {
    /// Finds a release by its id ("main-776"), by a published version ("9.3.0", also as `helm list` shows it,
    /// "lobu-9.3.0"), or by the beginning of its commit ("e98e1eab").
    ///
    /// A version that was never published but lies between two published ones of one release is taken for that release.
    ///
    /// # Errors
    /// Nothing is called so, or several releases could be meant. A label that a published version shares with states of
    /// the main branch means the published one; [`Release::same_label`] gives the others.
    pub fn find(text: &str) -> Result<&'static Self, FindError> {
        let asked = text.trim();
        let name = asked.strip_prefix("lobu-").unwrap_or(asked);
        let name = name.strip_prefix(['v', 'V']).unwrap_or(name);
        let named = |release: &&Self| release.id == name || release.published.contains(&name);
        if let Some(release) = Self::all().iter().find(named) {
            return Ok(release);
        }
        let by_commit = |release: &&Self| {
            asked.len() >= 7 && (asked.starts_with(release.commit) || release.commit.starts_with(asked))
        };
        if let Some(release) = Self::all().iter().find(by_commit) {
            return Ok(release);
        }
        choose(asked, &candidates(name))
    }

    /// The other releases whose Chart.yaml carries the same version, oldest first: the label alone does not tell them
    /// apart.
    #[must_use]
    pub fn same_label(&self) -> Vec<&'static Self> {
        Self::all()
            .iter()
            .filter(|other| other.label == self.label && other.id != self.id)
            .collect()
    }
}

fn choose(asked: &str, candidates: &[&'static Release]) -> Result<&'static Release, FindError> {
    match candidates {
        [] => Err(FindError::Unknown {
            asked: asked.to_owned(),
        }),
        [one] => Ok(one),
        several => Err(FindError::Ambiguous {
            asked: asked.to_owned(),
            choices: several.iter().map(|release| release.id).collect(),
        }),
    }
}

/// Releases that a text which is no name could mean.
fn candidates(name: &str) -> Vec<&'static Release> {
    let all = Release::all();
    if name == "main" {
        return all.iter().filter(|release| release.published.is_empty()).collect();
    }
    let Some(numbers) = version(name) else {
        return Vec::new();
    };
    let published = || {
        all.iter().flat_map(|release| {
            let numbers = release.published.iter().filter_map(|text| version(text));
            numbers.map(move |numbers| (numbers, release))
        })
    };
    let mut found: Vec<&Release> = if numbers.len() < 3 {
        // "9" or "9.3": every published version that begins so.
        let begins = published().filter(|(published, _)| published.starts_with(&numbers));
        begins.map(|(_, release)| release).collect()
    } else {
        // Between two published versions, all of which stand in order.
        let before = published().rfind(|(published, _)| *published < numbers);
        let after = published().find(|(published, _)| *published > numbers);
        match (before, after) {
            (Some((_, before)), Some((_, after))) => vec![before, after],
            _ => Vec::new(),
        }
    };
    found.dedup_by_key(|release| release.id);
    found
}

/// The numbers of a version.
fn version(text: &str) -> Option<Vec<u32>> {
    let numbers: Option<Vec<u32>> = text.split('.').map(|part| part.parse().ok()).collect();
    numbers.filter(|numbers| numbers.len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_every_published_version_and_every_commit_is_found() {
        for release in Release::all() {
            for name in release.published.iter().chain([&release.id, &release.commit]) {
                assert_eq!(Release::find(name).map(|found| found.id), Ok(release.id), "{name}");
            }
        }
        for (name, id) in [
            ("lobu-9.3.0", "7.2.0"),
            ("v11.2.0", "11.1.0"),
            (" 10.2.0 ", "11.0.0"),
            ("6.1.1", "7.0.0"),
            ("9.3.7", "7.2.0"),
            ("9", "7.2.0"),
            ("e98e1eab72", "main-776"),
        ] {
            assert_eq!(Release::find(name).map(|found| found.id), Ok(id), "{name}");
        }
    }

    #[test]
    fn what_could_be_several_is_asked_by_feature() {
        let error = Release::find("main").unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"main\" could be any of main-775, main-776, main-871, main-1838"
        );
        assert!(
            error
                .action()
                .contains("`main-776` if its values have `app.allowMultiReplica`")
        );
        for (name, choices) in [
            ("7", ["7.0.0", "7.1.0", "7.2.0"].as_slice()),
            ("9.4.7", &["7.2.0", "11.0.0"]),
        ] {
            let expected = FindError::Ambiguous {
                asked: name.to_owned(),
                choices: choices.to_vec(),
            };
            assert_eq!(Release::find(name).unwrap_err(), expected, "{name}");
        }
    }

    #[test]
    fn what_is_unknown_is_said_to_be() {
        for name in ["", "5.0.0", "15.0.0", "latest", "7.x", "1.2.3.4", "99999999999999"] {
            let error = Release::find(name).unwrap_err();
            assert_eq!(error, FindError::Unknown { asked: name.to_owned() }, "{name}");
            assert!(error.action().contains("7.1.0, main-871"));
        }
    }

    #[test]
    fn releases_that_share_a_label_know_of_each_other() {
        let ids = |id: &str| -> Vec<&str> {
            let release = Release::find(id).unwrap();
            release.same_label().iter().map(|other| other.id).collect()
        };
        assert_eq!(ids("7.0.0"), ["main-775", "main-776"]);
        assert_eq!(ids("main-871"), ["7.1.0"]);
        assert_eq!(ids("14.0.0"), ["main-1838"]);
        assert_eq!(ids("7.2.0"), [""; 0]);
    }
}
