//! Requests to start from.

use crate::state::{Draft, Today};

/// A request with something to learn from it.
#[derive(Debug, PartialEq)]
pub(crate) struct Scenario {
    /// Its name in links to the page; it stays.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// What to look at.
    pub(crate) look: &'static str,
    chart: &'static str,
    /// The chart that runs today, where the scenario is an upgrade.
    today: Option<&'static str>,
    values: &'static str,
}

impl Scenario {
    /// What is entered when it is loaded.
    pub(crate) fn draft(&self) -> Draft {
        let mut draft = Draft::new(self.values.to_owned());
        draft.chart = self.chart.into();
        draft.today = self.today.map(|chart| Today {
            chart: chart.into(),
            ..Today::default()
        });
        draft
    }
}

/// All of them, in the order they are offered.
pub(crate) const ALL: &[Scenario] = &[
    Scenario {
        id: "recipe",
        title: "The recipe of #776",
        look: "Two replicas roll without a gap. Look at how long old and new pods overlap, and at what bites meanwhile.",
        chart: "7.1.0",
        today: None,
        values: include_str!("recipe.yaml"),
    },
    Scenario {
        id: "first-draft",
        title: "The withdrawn first draft",
        look: "Shared workspaces alone change nothing: without the flag the chart still resolves Recreate, and both replicas go down together.",
        chart: "7.1.0",
        today: None,
        values: include_str!("first_draft.yaml"),
    },
    Scenario {
        id: "flag-only",
        title: "The flag alone",
        look: "The opt-in is set, but the claim is ReadWriteOnce: the second condition vetoes it, for safety.",
        chart: "7.1.0",
        today: None,
        values: include_str!("flag_only.yaml"),
    },
    Scenario {
        id: "workspaces-off",
        title: "Workspaces off, no flag",
        look: "Nothing is shared, and still Recreate: only the flag lets the chart roll.",
        chart: "7.1.0",
        today: None,
        values: include_str!("workspaces_off.yaml"),
    },
    Scenario {
        id: "flag-and-off",
        title: "The flag, workspaces off",
        look: "It rolls. Look at what the restart now costs: agent memory lived on the container's own disk.",
        chart: "7.1.0",
        today: None,
        values: include_str!("flag_and_off.yaml"),
    },
    Scenario {
        id: "quoted-false",
        title: "The quoted false",
        look: "\"false\" in quotes is a non-empty text, and that is true to a template: these values roll although they say not to.",
        chart: "7.1.0",
        today: None,
        values: include_str!("quoted_false.yaml"),
    },
    Scenario {
        id: "override-deadlock",
        title: "The override that deadlocks",
        look: "The override wins over every safety rule. On another node the new pod waits for a volume that the old one never gives up.",
        chart: "7.1.0",
        today: None,
        values: include_str!("override_deadlock.yaml"),
    },
    Scenario {
        id: "one-pod-claim",
        title: "A claim for one pod only",
        look: "ReadWriteOncePod allows one pod in the whole cluster: a rolling update cannot even schedule its second.",
        chart: "7.1.0",
        today: None,
        values: include_str!("one_pod_claim.yaml"),
    },
    Scenario {
        id: "recreate-with-numbers",
        title: "Recreate with numbers",
        look: "Helm renders it, and the API server refuses it: Recreate takes no rollingUpdate block.",
        chart: "7.1.0",
        today: None,
        values: include_str!("recreate_with_numbers.yaml"),
    },
    Scenario {
        id: "three-replicas",
        title: "Three replicas, no opt-in",
        look: "All three stop before the first new one starts. More replicas do not shorten the gap.",
        chart: "7.1.0",
        today: None,
        values: include_str!("three_replicas.yaml"),
    },
    Scenario {
        id: "pre-stop-under-recreate",
        title: "A preStop delay under Recreate",
        look: "The delay that makes rolling smooth only lengthens the gap here: nobody else serves meanwhile.",
        chart: "7.1.0",
        today: None,
        values: include_str!("pre_stop_under_recreate.yaml"),
    },
    Scenario {
        id: "grace-too-short",
        title: "Grace shorter than the hook",
        look: "The hook alone takes longer than the grace period: the app is killed before it hears of its end.",
        chart: "7.1.0",
        today: None,
        values: include_str!("grace_too_short.yaml"),
    },
    Scenario {
        id: "no-surge",
        title: "One down at a time",
        look: "No surge, one unavailable: no extra pod, but half of the capacity is gone while each pod is replaced.",
        chart: "7.1.0",
        today: None,
        values: include_str!("no_surge.yaml"),
    },
    Scenario {
        id: "twenty-replicas",
        title: "Twenty replicas",
        look: "A quarter more, a quarter fewer: watch the waves, and how long two versions answer side by side.",
        chart: "7.1.0",
        today: None,
        values: include_str!("twenty_replicas.yaml"),
    },
    Scenario {
        id: "claim-deleted",
        title: "The upgrade that deletes the claim",
        look: "The same empty values, a later chart: workspaces are off by default there, and Helm deletes the claim. Read this before you upgrade.",
        chart: "main-871",
        today: Some("7.1.0"),
        values: include_str!("claim_deleted.yaml"),
    },
    Scenario {
        id: "upgrade-refused",
        title: "The upgrade that Kubernetes refuses",
        look: "The later chart knows neither the flag nor the access modes: it asks to turn the claim into ReadWriteOnce, which a claim never lets happen.",
        chart: "7.2.0",
        today: Some("7.1.0"),
        values: include_str!("recipe.yaml"),
    },
    Scenario {
        id: "access-modes-text",
        title: "Access modes as a text",
        look: "Helm refuses: the template looks into a list and finds a text. See what is wrong, where, and what to write.",
        chart: "7.1.0",
        today: None,
        values: include_str!("access_modes_text.yaml"),
    },
];
