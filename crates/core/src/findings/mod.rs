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
mod questions_throw;
mod quoted_boolean;
mod rate_limits_multiply;
mod replicas_on_one_node_claim;
mod replicas_under_recreate;
mod rolling_on_rwo;
mod rolling_on_rwop;
mod scheduled_jobs_unguarded;
mod shared_workspaces;
mod situation;
mod skip_migrations_not_one;
mod slack_needs_warm_instance;
mod sse_pod_local;
mod storage_class_cannot_share;
mod strategy_counts_as_unset;
mod strategy_without_type;
mod telegram_polling;
mod transaction_pooler;
mod typed_key;
mod unknown_field_dropped;
mod unread_key;
mod zero_replicas;

pub use definition::{CatalogueEntry, CatalogueExample, catalogue};
pub(crate) use definition::{Definition, Example, Found, Releases};
pub(crate) use situation::Situation;

use crate::{Finding, PrerequisiteState, Severity};

/// Every finding: the prerequisites in the checklist's order, then the others.
static REGISTRY: &[&Definition] = &[
    &shared_workspaces::FINDING,
    &telegram_polling::FINDING,
    &sse_pod_local::FINDING,
    &ask_user_pod_local::FINDING,
    &api_server_refuses::FINDING,
    &access_mode_unknown::FINDING,
    &unknown_field_dropped::FINDING,
    &rolling_on_rwo::FINDING,
    &rolling_on_rwop::FINDING,
    &storage_class_cannot_share::FINDING,
    &replicas_on_one_node_claim::FINDING,
    &outage::FINDING,
    &overlap::FINDING,
    &peak::FINDING,
    &db_connections::FINDING,
    &replicas_under_recreate::FINDING,
    &prestop_under_recreate::FINDING,
    &grace_not_above_prestop_and_shutdown::FINDING,
    &prestop_sleep_fails::FINDING,
    &prestop_dropped::FINDING,
    &grace_falls_back::FINDING,
    &fencepost::FINDING,
    &helm_wait_noop::FINDING,
    &deadline::FINDING,
    &liveness_kills_slow_boot::FINDING,
    &pdb_blocks_drains::FINDING,
    &zero_replicas::FINDING,
    &agent_memory_ephemeral::FINDING,
    &agent_turns_die::FINDING,
    &conversation_workers_collide::FINDING,
    &conversation_lock_busy::FINDING,
    &chat_replies_split::FINDING,
    &questions_throw::FINDING,
    &artifact_files_local::FINDING,
    &mixed_versions::FINDING,
    &migrations_in_every_pod::FINDING,
    &skip_migrations_not_one::FINDING,
    &nobody_migrates::FINDING,
    &migration_job_first::FINDING,
    &migration_job_without_database::FINDING,
    &ephemeral_encryption_key::FINDING,
    &transaction_pooler::FINDING,
    &chat_connections_stale::FINDING,
    &oauth_refresh_race::FINDING,
    &rate_limits_multiply::FINDING,
    &slack_needs_warm_instance::FINDING,
    &scheduled_jobs_unguarded::FINDING,
    &mcp_sessions_recover::FINDING,
    &admin_pages_stale::FINDING,
    &opt_in_vetoed::FINDING,
    &access_modes_mixed::FINDING,
    &strategy_counts_as_unset::FINDING,
    &strategy_without_type::FINDING,
    &quoted_boolean::FINDING,
    &empty_means_false::FINDING,
    &null_deletes_table::FINDING,
    &null_stays::FINDING,
    &empty_table_clears_nothing::FINDING,
    &leading_zero_on_apply::FINDING,
    &duplicate_key::FINDING,
    &colliding_keys::FINDING,
    &merge_overrides::FINDING,
    &typed_key::FINDING,
    &boolean_word::FINDING,
    &octal_number::FINDING,
    &number_respelt::FINDING,
    &precision_lost::FINDING,
    &dropped_document::FINDING,
    &dropped_tail::FINDING,
    &unread_key::FINDING,
    &flag_keeps_text::FINDING,
    &flag_blank_around_key::FINDING,
    &flag_blank_around_value::FINDING,
    &flag_quotes_kept::FINDING,
    &flag_braces_are_a_list::FINDING,
    &flag_without_effect::FINDING,
    &flag_discards_default_list::FINDING,
    &flag_leaves_empty_places::FINDING,
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
    let mut findings: Vec<Finding> = REGISTRY
        .iter()
        .flat_map(|definition| definition.find(situation))
        .collect();
    findings.sort_by_key(|finding| match finding.state {
        None => (false, finding.severity),
        Some(_) => (true, Severity::Error),
    });
    findings
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
        for definition in REGISTRY {
            let id = definition.id;
            for (what, text) in [
                ("title", definition.title),
                ("about", definition.about),
                ("why", definition.why),
                ("action", definition.action),
                ("source", definition.source),
            ] {
                assert!(!text.is_empty(), "{id} has no {what}");
                assert!(!text.contains("  "), "{id}: {what} has two spaces in a row");
            }
            assert!(!definition.title.ends_with('.'), "{id}: a title is no sentence");
            for text in [definition.about, definition.why, definition.action] {
                assert!(text.ends_with('.'), "{id}: {text:?} does not end");
            }
            assert!(!definition.examples.is_empty(), "{id} has no example");
            assert!(
                definition.examples.iter().any(|example| example.expected > 0),
                "{id}: no example shows it"
            );
        }
    }

    /// The examples that teach a finding must yield it, exactly as often as they say.
    #[test]
    fn examples_yield_what_they_say() {
        for definition in REGISTRY {
            for example in definition.examples {
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
