//! The findings: everything Rollcast has to say about a request, each in a file of its own that is named like its id.
//!
//! A file owns its finding entirely: metadata, check, text and examples. Page, module, command line and the pages that
//! teach take it from here.

mod access_mode_unknown;
mod access_modes_mixed;
mod admin_pages_stale;
mod agent_memory_ephemeral;
mod agent_turns_die;
mod api_server_refuses;
mod artifact_files_local;
mod ask_user_pod_local;
mod boolean_word;
mod cache_on_one_node;
mod chat_connections_stale;
mod chat_replies_split;
mod colliding_keys;
mod conversation_lock_busy;
mod conversation_workers_collide;
mod db_connections;
mod deadline;
mod definition;
mod dropped_document;
mod dropped_tail;
mod duplicate_key;
mod empty_means_false;
mod empty_table_clears_nothing;
mod ephemeral_encryption_key;
mod fencepost;
mod flag_blank_around_key;
mod flag_blank_around_value;
mod flag_braces_are_a_list;
mod flag_discards_default_list;
mod flag_keeps_text;
mod flag_leaves_empty_places;
mod flag_quotes_kept;
mod flag_without_effect;
mod grace_falls_back;
mod grace_not_above_prestop_and_shutdown;
mod helm_wait_noop;
mod ingress_without_rules;
mod latest_tag;
mod leading_zero_on_apply;
mod liveness_kills_slow_boot;
mod mcp_sessions_recover;
mod merge_overrides;
mod migration_job_first;
mod migration_job_without_database;
mod migrations_in_every_pod;
mod mixed_versions;
mod nobody_migrates;
mod null_deletes_table;
mod null_stays;
mod number_respelt;
mod oauth_refresh_race;
mod octal_number;
mod opt_in_vetoed;
mod outage;
mod overlap;
mod pdb_blocks_drains;
mod peak;
mod precision_lost;
mod prestop_dropped;
mod prestop_sleep_fails;
mod prestop_under_recreate;
mod public_address_unset;
mod questions_throw;
mod quoted_boolean;
mod rate_limits_multiply;
mod replicas_on_one_node_claim;
mod replicas_under_recreate;
mod rolling_on_rwo;
mod rolling_on_rwop;
mod scheduled_jobs_unguarded;
mod session_affinity_off;
mod shared_workspaces;
mod situation;
mod skip_migrations_not_one;
mod slack_needs_warm_instance;
mod smoke_test_asks_any_pod;
mod smoke_test_gives_up;
mod sse_pod_local;
mod storage_class_cannot_share;
mod strategy_counts_as_unset;
mod strategy_without_type;
mod telegram_polling;
mod transaction_pooler;
mod typed_key;
mod unexpected_type;
mod unknown_field_dropped;
mod unread_key;
mod workload_cannot_start;
mod zero_replicas;

pub(crate) use db_connections::POSTGRES;
pub use definition::{CatalogueEntry, CatalogueExample, catalogue};
pub(crate) use definition::{Definition, Example, Found, Lesson, Releases, Words};
pub(crate) use situation::Situation;
pub(crate) use unread_key::other_name;

use crate::{Finding, PrerequisiteState, Severity};

/// Three tables of the same findings in the same order: what decides, what a report says, and what teaches. A program that
/// never asks for the lessons, such as the page, does not carry them.
macro_rules! registry {
    ($($file:ident),* $(,)?) => {
        static REGISTRY: &[&Definition] = &[$(&$file::FINDING),*];
        static WORDS: &[&Words] = &[$(&$file::WORDS),*];
        static LESSONS: &[&Lesson] = &[$(&$file::LESSON),*];
    };
}

// The prerequisites in the checklist's order, then the others.
registry![
    shared_workspaces,
    telegram_polling,
    sse_pod_local,
    ask_user_pod_local,
    api_server_refuses,
    access_mode_unknown,
    unknown_field_dropped,
    rolling_on_rwo,
    rolling_on_rwop,
    storage_class_cannot_share,
    replicas_on_one_node_claim,
    cache_on_one_node,
    workload_cannot_start,
    ingress_without_rules,
    outage,
    overlap,
    peak,
    db_connections,
    replicas_under_recreate,
    prestop_under_recreate,
    grace_not_above_prestop_and_shutdown,
    prestop_sleep_fails,
    prestop_dropped,
    grace_falls_back,
    fencepost,
    helm_wait_noop,
    deadline,
    liveness_kills_slow_boot,
    smoke_test_asks_any_pod,
    smoke_test_gives_up,
    pdb_blocks_drains,
    zero_replicas,
    agent_memory_ephemeral,
    agent_turns_die,
    conversation_workers_collide,
    conversation_lock_busy,
    chat_replies_split,
    questions_throw,
    artifact_files_local,
    mixed_versions,
    migrations_in_every_pod,
    skip_migrations_not_one,
    nobody_migrates,
    migration_job_first,
    migration_job_without_database,
    ephemeral_encryption_key,
    transaction_pooler,
    public_address_unset,
    session_affinity_off,
    latest_tag,
    chat_connections_stale,
    oauth_refresh_race,
    rate_limits_multiply,
    slack_needs_warm_instance,
    scheduled_jobs_unguarded,
    mcp_sessions_recover,
    admin_pages_stale,
    opt_in_vetoed,
    access_modes_mixed,
    strategy_counts_as_unset,
    strategy_without_type,
    quoted_boolean,
    empty_means_false,
    null_deletes_table,
    null_stays,
    empty_table_clears_nothing,
    leading_zero_on_apply,
    duplicate_key,
    colliding_keys,
    merge_overrides,
    typed_key,
    boolean_word,
    octal_number,
    number_respelt,
    precision_lost,
    dropped_document,
    dropped_tail,
    unread_key,
    unexpected_type,
    flag_keeps_text,
    flag_blank_around_key,
    flag_blank_around_value,
    flag_quotes_kept,
    flag_braces_are_a_list,
    flag_without_effect,
    flag_discards_default_list,
    flag_leaves_empty_places,
];

/// The chart releases, the oldest first; findings and facts about the app name them.
const RELEASES: [&str; 10] = [
    "7.0.0",
    "main-775",
    "main-776",
    "7.1.0",
    "main-871",
    "7.2.0",
    "11.0.0",
    "11.1.0",
    "14.0.0",
    "main-1838",
];

/// Where a release stands among all, the oldest first; behind all of them where it is unknown.
pub(crate) fn position(release: &str) -> usize {
    RELEASES
        .iter()
        .position(|each| *each == release)
        .unwrap_or(RELEASES.len())
}

/// The ids of the prerequisites, in the checklist's order.
pub(crate) fn prerequisites() -> impl Iterator<Item = &'static str> {
    REGISTRY
        .iter()
        .filter(|definition| definition.prerequisite)
        .map(|definition| definition.id)
}

/// Everything there is to say: what has no state by severity, then the prerequisites in the checklist's order.
pub(crate) fn all(situation: &Situation<'_>) -> Vec<Finding> {
    let mut prerequisites = Vec::new();
    let [mut errors, mut warnings, mut infos] = [const { Vec::new() }; 3];
    for (definition, words) in REGISTRY.iter().zip(WORDS) {
        for finding in definition.find(situation, words) {
            let list = match (finding.state, finding.severity) {
                (Some(_), _) => &mut prerequisites,
                (None, Severity::Error) => &mut errors,
                (None, Severity::Warning) => &mut warnings,
                (None, Severity::Info) => &mut infos,
            };
            list.push(finding);
        }
    }
    for mut rest in [warnings, infos, prerequisites] {
        errors.append(&mut rest);
    }
    errors
}

/// Whether a finding stands in the way of calling the rollout safe.
pub(crate) fn unsafe_by(finding: &Finding) -> bool {
    match finding.state {
        Some(state) => state == PrerequisiteState::Unmet,
        None => finding.severity != Severity::Info && !finding.caveat,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use rollcast_chart::Release;

    use super::*;
    use crate::{Outcome, evaluate};

    #[test]
    fn the_releases_are_the_charts() {
        for pair in Release::all().windows(2) {
            assert!(
                position(pair[0].id) < position(pair[1].id),
                "{}, {}",
                pair[0].id,
                pair[1].id
            );
        }
        assert!(Release::all().iter().all(|release| RELEASES.contains(&release.id)));
    }

    #[test]
    fn every_file_is_a_finding_named_like_it() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/findings");
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_str().unwrap().replace('_', "-"))
            .filter(|name| !["mod", "definition", "situation"].contains(&name.as_str()))
            .collect();
        let ids: BTreeSet<String> = REGISTRY.iter().map(|definition| definition.id.to_owned()).collect();
        assert_eq!(files, ids);
        assert_eq!(ids.len(), REGISTRY.len(), "an id is registered twice");
    }

    #[test]
    fn the_prerequisites_come_first() {
        let last = REGISTRY.iter().rposition(|definition| definition.prerequisite);
        assert_eq!(last.map(|last| last + 1), Some(prerequisites().count()));
    }

    #[test]
    fn every_finding_is_explained() {
        for ((definition, words), lesson) in REGISTRY.iter().zip(WORDS).zip(LESSONS) {
            let id = definition.id;
            for (what, text) in [
                ("title", words.title),
                ("about", lesson.about),
                ("why", words.why),
                ("action", words.action),
                ("source", words.source),
            ] {
                assert!(!text.is_empty(), "{id} has no {what}");
                assert!(!text.contains("  "), "{id}: {what} has two spaces in a row");
            }
            assert!(!words.title.ends_with('.'), "{id}: a title is no sentence");
            for text in [lesson.about, words.why, words.action] {
                assert!(text.ends_with('.'), "{id}: {text:?} does not end");
            }
            assert!(!lesson.examples.is_empty(), "{id} has no example");
            assert!(
                lesson.examples.iter().any(|example| example.expected > 0),
                "{id}: no example shows it"
            );
        }
    }

    /// The examples that teach a finding must yield it, exactly as often as they say.
    #[test]
    fn examples_yield_what_they_say() {
        for (definition, lesson) in REGISTRY.iter().zip(LESSONS) {
            for example in lesson.examples {
                let report = evaluate(&example.request());
                let Outcome::Rendered(answer) = report.outcome else {
                    panic!("{}, {}: {:?}", definition.id, example.name, report.outcome);
                };
                let found = answer
                    .findings
                    .iter()
                    .filter(|finding| finding.id == definition.id)
                    .filter(|finding| {
                        !matches!(
                            finding.state,
                            Some(PrerequisiteState::Met | PrerequisiteState::NotApplicable)
                        )
                    })
                    .count();
                assert_eq!(found, example.expected, "{}, {}", definition.id, example.name);
            }
        }
    }
}
