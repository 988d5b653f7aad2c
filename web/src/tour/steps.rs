//! What the tour shows, one step after the other, and its words.

/// One stop of the tour.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The name by which the style sheet frames what is shown.
    pub(super) name: &'static str,
    /// Where that begins, as a selector.
    pub(super) place: &'static str,
    /// The id of the scenario that the page shows meanwhile.
    pub(super) scenario: &'static str,
    pub(super) title: &'static str,
    pub(super) words: &'static str,
}

/// All of them: from the draft of #776 that was withdrawn to the recipe that came of it.
pub(super) const ALL: [Step; 6] = [
    Step {
        name: "values",
        place: "#values",
        scenario: "first-draft",
        title: "Values go in here",
        words: "This example asks for two replicas on shared workspaces. Yours go in the same way: paste them, drop a file, or open it. Nothing leaves this browser.",
    },
    Step {
        name: "verdict",
        place: ".verdict",
        scenario: "first-draft",
        title: "The verdict",
        words: "Recreate: both pods stop before a new one starts, and nobody answers meanwhile. It follows every key you type.",
    },
    Step {
        name: "why",
        place: "#why",
        scenario: "first-draft",
        title: "Why it is so",
        words: "The conditions the chart's template asks, in its order, each with the value it found. Press a value to get to its line.",
    },
    Step {
        name: "verdict",
        place: ".verdict",
        scenario: "recipe",
        title: "What one line changes",
        words: "The page now shows the recipe of #776, which also sets allowMultiReplica. The pods roll, and old and new ones overlap for a while.",
    },
    Step {
        name: "checklist",
        place: "#checklist",
        scenario: "recipe",
        title: "What only you know",
        words: "Rolling is safe when these hold. Each says how to check it on your cluster; tick what you have checked, and the verdict follows.",
    },
    Step {
        name: "forecast",
        place: "#forecast",
        scenario: "recipe",
        title: "The rollout, second by second",
        words: "Every pod to scale, and what bites in which window. Play it, or say how long your pods take to boot. Share then copies the report for your pull request.",
    },
];

/// The step after `at`; none after the last one.
pub(super) fn next(at: usize) -> Option<usize> {
    Some(at + 1).filter(|next| *next < ALL.len())
}

/// The step before `at`; the first one has none.
pub(super) fn previous(at: usize) -> Option<usize> {
    at.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::{self, Scenario};

    fn scenario(step: &Step) -> &'static Scenario {
        scenarios::ALL.iter().find(|known| known.id == step.scenario).unwrap()
    }

    #[test]
    fn it_goes_from_the_first_step_to_the_last_and_back() {
        let there: Vec<_> = std::iter::successors(Some(0), |at| next(*at)).collect();
        let mut back: Vec<_> = std::iter::successors(Some(ALL.len() - 1), |at| previous(*at)).collect();
        back.reverse();
        assert_eq!(there, back);
        assert_eq!(there.len(), ALL.len());
    }

    #[test]
    fn what_it_says_of_the_scenarios_is_so() {
        for (at, strategy) in [(1, "Recreate"), (3, "RollingUpdate")] {
            let report = rollcast_core::evaluate(&scenario(&ALL[at]).draft().request());
            let rollcast_core::Outcome::Rendered(answer) = report.outcome else {
                panic!("{} is refused", ALL[at].scenario)
            };
            assert!(
                answer.verdict.headline.starts_with(strategy),
                "{}",
                answer.verdict.headline
            );
        }
        assert!(
            !scenario(&ALL[0]).draft().tabs[0]
                .text
                .contains("allowMultiReplica: true")
        );
        assert!(
            scenario(&ALL[3]).draft().tabs[0]
                .text
                .contains("allowMultiReplica: true")
        );
    }
}
