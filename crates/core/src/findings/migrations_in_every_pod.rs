use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::When;

pub(super) static FINDING: Definition = Definition {
    id: "migrations-in-every-pod",
    caveat: true,
    bites: &[When::Overlap, When::Replicas],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Every pod migrates the database when it boots",
    why: "Two pods may migrate at once, and old code meets a new schema.",
    action: "Set migrations.enabled to true and app.env.SKIP_MIGRATIONS to \"1\", in quotes.",
    verify: &[("The schema's version.", "SELECT max(version) FROM schema_migrations")],
    source: "Lobu docker/app/start.sh; amacneil/dbmate#101",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Unless SKIP_MIGRATIONS is exactly \"1\", every app pod runs dbmate before it listens. dbmate 2.22.0 takes no \
            lock: of two pods that migrate at the same time one may fail and restart. While migrations run the app does not \
            listen, so a migration of more than about 70 seconds is killed by the liveness probe. migrations.enabled adds a \
            Job and changes nothing about this. While old pods still run they work on the new schema.",
    examples: &[
        Example {
            name: "Rolling, migrations left to the pods",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "A Job besides, and each pod all the same",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\nmigrations:\n  enabled: true\n",
            ..Example::BASE
        },
        Example {
            name: "The Job alone",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n  env:\n    SKIP_MIGRATIONS: \"1\"\nmigrations:\n  enabled: true\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if situation.variable("SKIP_MIGRATIONS") == Some("1") {
        return Vec::new();
    }
    Found::new(if situation.rendered.migration_job {
        "The migration Job migrates before the upgrade, and each pod runs dbmate again when it boots."
    } else {
        "Each pod runs dbmate when it boots, before it listens."
    })
    .on(situation.evidence("app.env.SKIP_MIGRATIONS"))
    .on(situation.evidence("migrations.enabled"))
    .one()
}
