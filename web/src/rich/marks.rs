//! What the editor says about a text: the report's findings at the values they rest on, or the error.

use std::ops::Range;

use rollcast_chart::Source;
use rollcast_core::{Failure, Finding, Outcome, PrerequisiteState, Report, Severity};

/// Something to say about a stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// In bytes.
    pub(crate) bytes: Range<usize>,
    pub(crate) severity: Severity,
    pub(crate) title: String,
    pub(crate) paragraphs: Vec<String>,
    /// The finding, if it is one.
    pub(crate) finding: Option<&'static str>,
    /// The ids of its fixes, and what they do.
    pub(crate) fixes: Vec<(String, String)>,
}

/// The marks of a file. While there is an error, what the last report said may be about other places.
pub(crate) fn marks(file: usize, report: Option<&Report>, failure: Option<&Failure>) -> Vec<Mark> {
    if let Some(failure) = failure {
        return failure_mark(file, failure).into_iter().collect();
    }
    match report.map(|report| &report.outcome) {
        Some(Outcome::Rendered(answer)) => {
            let findings = answer.findings.iter().filter(|finding| is_open(finding));
            findings.flat_map(|finding| finding_marks(file, finding)).collect()
        }
        _ => Vec::new(),
    }
}

fn failure_mark(file: usize, failure: &Failure) -> Option<Mark> {
    let location = failure.location.as_ref().filter(|location| location.file == file)?;
    Some(Mark {
        bytes: location.offset..location.end,
        severity: Severity::Error,
        title: failure.what.clone(),
        paragraphs: vec![failure.action.clone()],
        finding: None,
        fixes: Vec::new(),
    })
}

/// What is met, or has no bearing, needs no mark.
fn is_open(finding: &Finding) -> bool {
    !matches!(
        finding.state,
        Some(PrerequisiteState::Met | PrerequisiteState::NotApplicable)
    )
}

fn finding_marks(file: usize, finding: &Finding) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for evidence in &finding.evidence {
        let Some(Source::File {
            file: index,
            offset,
            end,
            ..
        }) = evidence.origin
        else {
            continue;
        };
        let bytes = offset..end;
        if index != file || marks.iter().any(|mark| mark.bytes == bytes) {
            continue;
        }
        marks.push(Mark {
            bytes,
            severity: match finding.state {
                Some(PrerequisiteState::Confirm) => Severity::Info,
                _ => finding.severity,
            },
            title: finding.title.clone(),
            paragraphs: [&finding.what, &finding.why, &finding.action]
                .into_iter()
                .filter(|text| !text.is_empty())
                .cloned()
                .collect(),
            finding: Some(finding.id),
            fixes: finding
                .fixes
                .iter()
                .map(|fix| (fix.id.clone(), fix.title.clone()))
                .collect(),
        });
    }
    marks
}

/// The first line of a stretch: a table of many lines need not be underlined as a whole.
pub(crate) fn first_line(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let stretch = text.get(bytes.clone()).unwrap_or_default();
    let length = stretch.find('\n').unwrap_or(stretch.len());
    bytes.start..bytes.start + length
}

#[cfg(test)]
mod tests {
    use rollcast_core::{Evidence, Location, Stage};

    use super::*;

    fn finding(state: Option<PrerequisiteState>, places: &[(usize, usize)]) -> Finding {
        Finding {
            id: "some-finding",
            severity: Severity::Warning,
            state,
            title: "Title".to_owned(),
            what: "What.".to_owned(),
            why: String::new(),
            action: "Do.".to_owned(),
            verify: Vec::new(),
            evidence: places
                .iter()
                .map(|&(file, offset)| Evidence {
                    path: "app".to_owned(),
                    value: None,
                    origin: Some(Source::File {
                        file,
                        line: 1,
                        column: 1,
                        offset,
                        end: offset + 3,
                    }),
                })
                .collect(),
            bites: Vec::new(),
            caveat: false,
            fixes: Vec::new(),
            source: "",
        }
    }

    #[test]
    fn each_value_a_finding_rests_on_is_marked_once_in_its_file() {
        let marks = finding_marks(1, &finding(None, &[(0, 1), (1, 5), (1, 5), (1, 9)]));
        assert_eq!(marks.iter().map(|mark| mark.bytes.start).collect::<Vec<_>>(), [5, 9]);
        assert_eq!(marks[0].paragraphs, ["What.", "Do."]);
        assert_eq!(marks[0].severity, Severity::Warning);
    }

    #[test]
    fn what_is_met_is_silent_and_what_is_asked_is_mild() {
        assert!(!is_open(&finding(Some(PrerequisiteState::Met), &[])));
        assert!(is_open(&finding(Some(PrerequisiteState::Unmet), &[])));
        let confirm = finding(Some(PrerequisiteState::Confirm), &[(0, 0)]);
        assert_eq!(finding_marks(0, &confirm)[0].severity, Severity::Info);
    }

    #[test]
    fn an_error_is_marked_where_it_is_and_silences_the_rest() {
        let failure = Failure {
            stage: Stage::Read,
            what: "Bad.".to_owned(),
            action: "Mend it.".to_owned(),
            location: Some(Location {
                file: 1,
                line: 1,
                column: 1,
                offset: 2,
                end: 4,
            }),
            helm: None,
            flag: None,
        };
        assert_eq!(marks(0, None, Some(&failure)), []);
        let marks = marks(1, None, Some(&failure));
        assert_eq!((marks[0].bytes.clone(), marks[0].severity), (2..4, Severity::Error));
    }

    #[test]
    fn long_stretches_are_marked_in_their_first_line() {
        let text = "a:\n  b: 1\n";
        assert_eq!(first_line(text, &(0..text.len())), 0..2);
        assert_eq!(first_line(text, &(5..9)), 5..9);
        assert_eq!(first_line(text, &(90..99)), 90..90);
    }
}
