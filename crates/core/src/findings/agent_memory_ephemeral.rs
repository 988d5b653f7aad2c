use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::{Severity, When, app};

pub(super) static FINDING: Definition = Definition {
    id: "agent-memory-ephemeral",
    severity: Severity::Error,
    bites: &[When::Overlap, When::Replicas, When::Restart],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Without workspaces agents forget at every restart",
    why: "The rollout itself erases the memory of every agent.",
    action: "Keep the workspaces enabled, on a claim that can be shared if the pods are to roll.",
    verify: &[
        (
            "Transcripts in Postgres, from app version 7.2.0 on.",
            "SELECT count(*) FROM agent_transcript_snapshot",
        ),
        (
            "Transcripts in files.",
            "kubectl -n lobu exec deployment/lobu-app -- find /app/workspaces -name session.jsonl",
        ),
    ],
    source: "Lobu agent-worker workspace.ts, pull requests 865, 871, 1124",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Up to app version 7.1.0 the transcripts of conversations are files below the workspaces. Without the claim they \
            are files of the container: gone at every restart and rollout, and different in every replica. The rule of pull \
            request 776 counts disabled workspaces as safe to roll, and as to two writers they are. From app version 7.2.0 \
            on transcripts are kept in Postgres; until 10.2.0 LOBU_SESSION_STORE=file turns that off again.",
    examples: &[
        Example {
            name: "Rolling without workspaces on 7.1.0",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "With the claim",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "From app version 7.2.0 on they are in Postgres",
            app: Some("7.2.0"),
            values: "app:\n  workspaces:\n    enabled: false\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "Unless files are asked for",
            app: Some("9.0.0"),
            values: "app:\n  workspaces:\n    enabled: false\n  env:\n    LOBU_SESSION_STORE: file\n",
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if situation.rendered.app.mounts_workspaces || !keeps_files(situation) {
        return Vec::new();
    }
    let found = if situation.app_has(&app::TRANSCRIPTS_IN_POSTGRES) {
        Found::new("LOBU_SESSION_STORE=file keeps transcripts in files, and there is no claim to keep the files.")
            .action("Remove LOBU_SESSION_STORE from app.env.")
            .on(situation.evidence("app.env.LOBU_SESSION_STORE"))
    } else {
        Found::new("This app version keeps transcripts in files, and there is no claim to keep the files.").action(
            "Keep the workspaces enabled, or run app version 7.2.0 or later, which keeps transcripts in Postgres.",
        )
    };
    found.on(situation.evidence("app.workspaces.enabled")).one()
}

/// Whether transcripts are files.
pub(super) fn keeps_files(situation: &Situation<'_>) -> bool {
    let asked = || situation.variable("LOBU_SESSION_STORE") == Some("file");
    !situation.app_has(&app::TRANSCRIPTS_IN_POSTGRES) || (!situation.app_has(&app::NO_FILE_STORE) && asked())
}
