use super::{Definition, Example, Found, Lesson, Releases, Situation, Words};
use crate::Severity;

/// The releases whose chart can make a Secret itself.
const MAKES_A_SECRET: Releases = Releases::to("main-871");

pub(super) static FINDING: Definition = Definition {
    id: "migration-job-without-database",
    severity: Severity::Error,
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The migration Job does not know the database",
    why: "The upgrade is blocked before it begins.",
    action: "Set migrations.database.existingSecret to the same Secret.",
    verify: &[("The Job's last words.", "kubectl -n lobu logs job/lobu-migrate")],
    source: "Lobu migration-job.yaml",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The migration Job takes DATABASE_URL from migrations.database, from the Secret that secretName names, or from \
            app.env (charts up to main-871: also from secrets.stringData). It never looks at database.existingSecret, where \
            the app has it from. Without the variable it ends with an error, and the upgrade with it.",
    examples: &[
        Example {
            name: "Only database.existingSecret",
            values: "database:\n  existingSecret: pg\nmigrations:\n  enabled: true\n",
            ..Example::BASE
        },
        Example {
            name: "Both",
            values: "database:\n  existingSecret: pg\nmigrations:\n  enabled: true\n  database:\n    existingSecret: pg\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let made = MAKES_A_SECRET.contains(situation.release.id)
        && situation.truthy("secrets.create")
        && situation.value("secrets.stringData.DATABASE_URL").is_some();
    let known = situation.truthy("migrations.database.existingSecret")
        || situation.truthy("secretName")
        || situation.variable("DATABASE_URL").is_some()
        || made;
    if !situation.rendered.migration_job || known {
        return Vec::new();
    }
    Found::new("The Job gets no DATABASE_URL, so it fails and blocks the upgrade.")
        .on(situation.evidence("migrations.database.existingSecret"))
        .on(situation.evidence("database.existingSecret"))
        .on(situation.evidence("secretName"))
        .one()
}
