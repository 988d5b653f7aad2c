use super::{Definition, Example, Found, Lesson, Words};
use crate::{Severity, When};

pub(super) static FINDING: Definition = Definition {
    id: "mcp-sessions-recover",
    severity: Severity::Info,
    caveat: true,
    bites: &[When::Overlap, When::Replicas],
    check: |situation| {
        Found::new("An MCP session that reaches another pod is recovered from Postgres.")
            .on(situation.evidence("app.replicaCount"))
            .one()
    },
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "MCP sessions are recovered by another pod",
    why: "The first request after a change of pods takes longer.",
    action: "Nothing needs to be done.",
    verify: &[("Sessions that can be recovered.", "SELECT count(*) FROM mcp_sessions")],
    source: "Lobu table mcp_sessions",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Sessions of MCP clients live in a pod's memory and are recovered from the table mcp_sessions when another pod \
            gets the next request.",
    examples: &[
        Example {
            name: "Two replicas",
            values: "app:\n  replicaCount: 2\n",
            ..Example::BASE
        },
        Example {
            name: "One replica under Recreate",
            expected: 0,
            ..Example::BASE
        },
    ],
};
