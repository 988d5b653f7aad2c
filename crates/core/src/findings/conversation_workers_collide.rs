use super::agent_memory_ephemeral::keeps_files;
use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::When;

pub(super) static FINDING: Definition = Definition {
    id: "conversation-workers-collide",
    caveat: true,
    bites: &[When::Overlap, When::Replicas],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Two workers may write one conversation's files",
    why: "An answer is lost or mixed with another, and the transcript stays broken.",
    action: "Deploy when no agent is at work, or run app version 7.2.0 or later.",
    verify: &[(
        "Runs at work right now.",
        "SELECT count(*) FROM runs WHERE status IN ('claimed','running')",
    )],
    source: "Lobu embedded-deployment.ts, agent-worker workspace.ts; pull requests 865, 871, 1068",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Reviewers of pull request 776 asked whether workspaces are isolated for each run. Half: the folder of an agent \
            is shared by its conversations, but session file and output folder belong to one conversation, so different \
            conversations do not collide. Two workers of the same conversation do, and two pods can each start one, for the \
            lock that prevents it is in a pod's memory. On a shared claim their session files are then interleaved, and one \
            clears the output folder of the other. From app version 7.2.0 on transcripts are kept in Postgres under a lock.",
    examples: &[
        Example {
            name: "A shared claim on 7.1.0",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    accessModes: [ReadWriteMany]\n",
            ..Example::BASE
        },
        Example {
            name: "From app version 7.2.0 on a lock prevents it",
            app: Some("7.2.0"),
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    accessModes: [ReadWriteMany]\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if !situation.rendered.app.mounts_workspaces || !keeps_files(situation) {
        return Vec::new();
    }
    Found::new("Two pods can each start a worker for one conversation, and both write its session file.")
        .on(situation.evidence("app.workspaces.accessModes"))
        .one()
}
