//! What a change of the objects brings about: which appliers the API server lets change a strategy, which fields of a
//! claim it refuses to change, what happens to a claim that is no longer wanted, and what starts a rollout at all.

mod applier;
mod claim;
mod merge;
mod removal;
mod strategy;
mod trigger;

pub use applier::{Applier, ArgoCdSync, Helm4ServerSide, InstalledBy};
pub use claim::{ClaimChange, ClaimField, ClaimUpdate, ClaimVerdict, Class, LiveClaim, claim_update};
pub use removal::{ClaimFate, ClaimRemoval, ReclaimPolicy, claim_removal};
pub use strategy::{Repair, StrategyChange, StrategyOutcome, strategy_change};
pub use trigger::{Changed, Governs, Trigger, trigger};
