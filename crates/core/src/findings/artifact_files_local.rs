use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::manifest::Sharing;
use crate::{Placement, When};

pub(super) static FINDING: Definition = Definition {
    id: "artifact-files-local",
    caveat: true,
    bites: &[When::Replicas, When::Restart],
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Uploaded and generated files are on one pod's disk",
    why: "Links that were sent a moment ago stop working.",
    action: "Point app.env.LOBU_ARTIFACTS_DIR at a folder below /app/workspaces on a claim that all pods share (charts up to \
             main-871), or accept it.",
    verify: &[(
        "Where the files are.",
        "kubectl -n lobu exec deployment/lobu-app -- printenv LOBU_ARTIFACTS_DIR",
    )],
    source: "Lobu gateway/files/artifact-store.ts",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Files that users upload and agents make are kept for a day in LOBU_ARTIFACTS_DIR, a folder of the container \
            unless that says otherwise. Links to them end in 404 on any other pod and after a restart. The chart never sets \
            the variable.",
    examples: &[
        Example {
            name: "The defaults",
            ..Example::BASE
        },
        Example {
            name: "A folder on the claim survives restarts",
            values: "app:\n  env:\n    LOBU_ARTIFACTS_DIR: /app/workspaces/artifacts\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "The same folder without the claim does not",
            values: "app:\n  workspaces:\n    enabled: false\n  env:\n    LOBU_ARTIFACTS_DIR: /app/workspaces/artifacts\n",
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let folder = situation
        .variable("LOBU_ARTIFACTS_DIR")
        .filter(|folder| !folder.is_empty());
    let kept = folder.is_some_and(|folder| {
        folder
            .strip_prefix("/app/workspaces")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }) && match situation.sharing() {
        None => false,
        Some(Sharing::ManyNodes) => true,
        Some(_) => situation.replicas() < 2 || situation.cluster().placement == Placement::SameNode,
    };
    if kept {
        return Vec::new();
    }
    Found::new(match folder {
        Some(folder) => format!("Files are kept in {folder}, which a pod has for itself or loses with its restart."),
        None => "Files are kept in the container's own temporary folder.".to_owned(),
    })
    .on(situation.evidence("app.env.LOBU_ARTIFACTS_DIR"))
    .one()
}
