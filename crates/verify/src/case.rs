use rollcast_values::FlagKind;
use serde::Deserialize;

/// What is given to Helm.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// Texts of values files in `-f` order; they are named `values-0.yaml`, `values-1.yaml`, ….
    #[serde(default)]
    pub files: Vec<String>,
    /// Flags in the order they are given.
    #[serde(default)]
    pub set: Vec<CaseFlag>,
}

/// A flag.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFlag {
    /// Which flag.
    pub kind: FlagKind,
    /// Its argument, whole.
    pub arg: String,
    /// The content of the file that a `--set-file` argument names.
    #[serde(default)]
    pub content: Option<String>,
}

/// Cases that together touch every rule Rollcast knows of any release: each condition of the strategy both ways, each
/// shape that a template refuses, each field both printed and left out.
#[must_use]
pub fn built_in_cases() -> Vec<Case> {
    let texts = include_str!("cases.yaml");
    // A case is a document; its first line names it.
    let documents = texts.split("\n---\n").filter_map(|document| {
        let (title, text) = document.trim_start().split_once('\n')?;
        Some(Case {
            id: title.trim_start_matches('#').trim().to_owned(),
            files: vec![text.to_owned()],
            set: Vec::new(),
        })
    });
    documents.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rollcast_chart::{Release, Rule};

    use super::*;
    use crate::{answer, effective_values};

    #[test]
    fn every_built_in_case_can_be_read_and_has_a_name_of_its_own() {
        let cases = built_in_cases();
        let names: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
        assert_eq!(names.len(), cases.len());
        let release = Release::find("7.1.0").unwrap();
        for case in &cases {
            assert!(effective_values(case, release).is_ok(), "{}", case.id);
        }
    }

    #[test]
    fn the_built_in_cases_reach_every_rule_and_both_outcomes_on_every_release() {
        let cases = built_in_cases();
        for release in Release::all() {
            let mut fired = BTreeSet::new();
            let mut refused = 0;
            let mut rules = BTreeSet::new();
            for case in &cases {
                let values = effective_values(case, release).unwrap().values;
                let decision = release.decide(&values);
                rules.extend(decision.ladder.iter().map(|rung| format!("{:?}", rung.rule)));
                if answer(case, release).result.is_ok() {
                    fired.insert(format!("{:?}", decision.rule));
                } else {
                    refused += 1;
                }
            }
            assert_eq!(fired, rules, "{}", release.id);
            assert!(fired.contains(&format!("{:?}", Rule::Override)));
            assert!(refused >= 3, "{}: {refused}", release.id);
        }
    }
}
