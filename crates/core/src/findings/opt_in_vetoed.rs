use rollcast_chart::Rule;

use super::{Definition, Example, Found, Lesson, Releases, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "opt-in-vetoed",
    releases: Releases::between("main-776", "main-871"),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The opt-in has no effect",
    why: "The rollout has a gap that the opt-in was to avoid.",
    action: "Set app.workspaces.accessModes to [ReadWriteMany] with a class that can share, or app.workspaces.enabled to \
             false.",
    verify: &[(
        "The live strategy.",
        "kubectl -n lobu get deployment lobu-app -o jsonpath='{.spec.strategy.type}'",
    )],
    source: "Lobu pull request 776",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "app.allowMultiReplica asks for a rolling deploy, and the chart grants it only if the workspaces are disabled or \
            accessModes has an entry that is exactly ReadWriteMany. Otherwise it prints Recreate without a word. An \
            app.strategy of one's own wins over both.",
    examples: &[
        Example {
            name: "The opt-in alone",
            values: "app:\n  allowMultiReplica: true\n",
            ..Example::BASE
        },
        Example {
            name: "ReadWriteOnce, written out",
            chart: "main-871",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: true\n    accessModes: [ReadWriteOnce]\n",
            ..Example::BASE
        },
        Example {
            name: "With shared workspaces",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    accessModes: [ReadWriteMany]\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if !situation.truthy("app.allowMultiReplica") {
        return Vec::new();
    }
    let found = match situation.decision.rule {
        Rule::Default => Found::new(
            "app.allowMultiReplica is on, but the workspaces claim is not ReadWriteMany, so the chart prints Recreate.",
        )
        .on(situation.evidence("app.workspaces.accessModes")),
        Rule::Override => Found::new("app.allowMultiReplica is on, but app.strategy is printed as it is.")
            .action("Remove app.strategy, or the opt-in.")
            .severity(crate::Severity::Info)
            .on(situation.evidence("app.strategy")),
        Rule::OptIn | Rule::Unset => return Vec::new(),
    };
    found.on(situation.evidence("app.allowMultiReplica")).one()
}
