use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::{Severity, When, app};

pub(super) static FINDING: Definition = Definition {
    id: "nobody-migrates",
    bites: &[When::Restart],
    since: Some(&app::SCHEMA_GATE),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Nobody migrates the database",
    why: "An image that needs a newer schema does not boot.",
    action: "Set migrations.enabled to true, or migrate before each upgrade by other means.",
    verify: &[
        ("The schema's version.", "SELECT max(version) FROM schema_migrations"),
        (
            "What a pod that refuses says.",
            "kubectl -n lobu logs -l app.kubernetes.io/component=api --tail=50",
        ),
    ],
    source: "Lobu pull request 767, docker/app/start.sh",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "SKIP_MIGRATIONS \"1\" keeps the pods from migrating, and without migrations.enabled there is no Job that does. \
            From app version 7.1.0 on a pod refuses to boot on a schema that is older than it needs. Under Recreate the old \
            pod is gone by then: an outage until somebody migrates. In a rolling deploy the old pods go on serving. A schema \
            that is newer than the image is accepted, so rolling back boots.",
    examples: &[
        Example {
            name: "Skipped, and no Job",
            values: "app:\n  env:\n    SKIP_MIGRATIONS: \"1\"\n",
            ..Example::BASE
        },
        Example {
            name: "Skipped, with the Job",
            values: "app:\n  env:\n    SKIP_MIGRATIONS: \"1\"\nmigrations:\n  enabled: true\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let is_one = |name| situation.variable(name) == Some("1");
    if !is_one("SKIP_MIGRATIONS") || situation.rendered.migration_job || is_one("SKIP_SCHEMA_VERSION_CHECK") {
        return Vec::new();
    }
    let (what, severity) = if situation.occurs(When::Gap) {
        (
            "The pods skip migrations and no Job runs them. A version that needs a newer schema does not boot, and the old \
             pods are gone by then: an outage.",
            Severity::Warning,
        )
    } else {
        (
            "The pods skip migrations and no Job runs them. A version that needs a newer schema does not boot; the old pods \
             go on serving.",
            Severity::Info,
        )
    };
    Found::new(what)
        .severity(severity)
        .on(situation.evidence("app.env.SKIP_MIGRATIONS"))
        .on(situation.evidence("migrations.enabled"))
        .one()
}
