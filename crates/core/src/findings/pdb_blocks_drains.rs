use rollcast_values::Value;

use super::{Definition, Example, Found, Lesson, Releases, Situation, Words};
use crate::manifest::typed;

pub(super) static FINDING: Definition = Definition {
    id: "pdb-blocks-drains",
    releases: Releases::from("11.1.0"),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The disruption budget blocks every node drain",
    why: "Node maintenance hangs; rollouts are not affected, but pods they take down use up the budget of a drain.",
    action: "Set app.pdb.minAvailable below app.replicaCount.",
    verify: &[("ALLOWED DISRUPTIONS 0 in a settled state.", "kubectl -n lobu get pdb")],
    source: "Kubernetes, eviction API; Lobu pull request 1191",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "A PodDisruptionBudget that wants as many pods available as there are lets nobody evict one: kubectl drain and \
            node upgrades wait for ever. It says nothing about rollouts; the Deployment controller does not ask it.",
    examples: &[
        Example {
            name: "Two of two",
            chart: "11.1.0",
            values: "app:\n  replicaCount: 2\n  pdb:\n    minAvailable: 2\n",
            ..Example::BASE
        },
        Example {
            name: "One of two",
            chart: "11.1.0",
            values: "app:\n  replicaCount: 2\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let Some(text) = &situation.rendered.pdb_min_available else {
        return Vec::new();
    };
    let blocks = match typed(text) {
        Value::Float(pods) => pods >= f64::from(situation.replicas()),
        Value::Str(percent) => percent == "100%",
        _ => false,
    };
    if !blocks {
        return Vec::new();
    }
    Found::new(format!(
        "minAvailable {text} of {} leaves none to evict.",
        crate::words::count(situation.replicas(), "replica")
    ))
    .on(situation.evidence("app.pdb.minAvailable"))
    .on(situation.evidence("app.replicaCount"))
    .one()
}
