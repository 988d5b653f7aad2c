//! The rules of change: everything an upgrade can do to a release, each in a file of its own that is named like its id.

mod claim_deleted;
mod claim_refused;
mod embeddings_probes_changed;
mod grace_shortened;
pub(super) mod helm_refuses;
mod image_pull_changed;
mod ingress_refused;
mod keys_no_longer_read;
mod memory_limit_lowered;
mod nothing_restarts;
mod objects_come_and_go;
mod pods_restart;
mod prestop_changed;
mod public_url_lost;
mod readiness_changed;
mod recreate_becomes_rolling;
mod replicas_changed;
mod rolling_becomes_recreate;
mod runs_as_unknown_user;
mod scales_old_template_first;
mod secret_removed;
mod selector_refused;
mod strategy_refused;
mod strategy_waits;

use super::rule::Rule;

/// Every rule; items of one severity and kind are told in this order.
pub(super) static REGISTRY: &[&Rule] = &[
    &helm_refuses::RULE,
    &claim_refused::RULE,
    &strategy_refused::RULE,
    &selector_refused::RULE,
    &ingress_refused::RULE,
    &runs_as_unknown_user::RULE,
    &claim_deleted::RULE,
    &secret_removed::RULE,
    &public_url_lost::RULE,
    &rolling_becomes_recreate::RULE,
    &recreate_becomes_rolling::RULE,
    &keys_no_longer_read::RULE,
    &prestop_changed::RULE,
    &grace_shortened::RULE,
    &memory_limit_lowered::RULE,
    &readiness_changed::RULE,
    &embeddings_probes_changed::RULE,
    &image_pull_changed::RULE,
    &objects_come_and_go::RULE,
    &scales_old_template_first::RULE,
    &strategy_waits::RULE,
    &replicas_changed::RULE,
    &pods_restart::RULE,
    &nothing_restarts::RULE,
];
