use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::When;

pub(super) static FINDING: Definition = Definition {
    id: "db-connections",
    bites: &[When::Overlap, When::Replicas],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "More database connections than Postgres takes",
    why: "Pods that get no connection fail their readiness probe or their requests.",
    action: "Lower app.env.DB_POOL_MAX, raise max_connections, or use a pooler in session mode.",
    verify: &[
        ("The server's limit.", "SHOW max_connections"),
        ("How many are in use.", "SELECT count(*) FROM pg_stat_activity"),
    ],
    source: "Lobu db/client.ts; PostgreSQL max_connections",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Each app pod opens up to DB_POOL_MAX connections, 20 by default, and one more to listen. During a rollout old \
            and new pods have theirs at the same time: four replicas and one surge pod come to 105, above Postgres' default \
            of 100. Worker, embeddings and migrations come on top.",
    examples: &[
        Example {
            name: "Four replicas and one surge pod",
            values: "app:\n  replicaCount: 4\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "The same with a smaller pool",
            values: "app:\n  replicaCount: 4\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n  env:\n    DB_POOL_MAX: \"10\"\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// PostgreSQL's default for max_connections.
pub(crate) const POSTGRES: u64 = 100;

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let pool = situation
        .variable("DB_POOL_MAX")
        .and_then(|text| text.trim().parse::<u32>().ok())
        .unwrap_or(20);
    let peak = situation.peak_pods();
    let connections = u64::from(peak) * (u64::from(pool) + 1);
    if connections <= POSTGRES {
        return Vec::new();
    }
    Found::new(format!(
        "Up to {peak} pods with {pool} connections and one listener each come to {connections}; Postgres takes {POSTGRES} by \
         default."
    ))
    .on(situation.evidence("app.replicaCount"))
    .on(situation.evidence("app.env.DB_POOL_MAX"))
    .one()
}
