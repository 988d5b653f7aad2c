//! What a change brings about: today's values and release against the proposed ones.
//!
//! Each thing an upgrade can do is a rule in a file of its own ([`rules`]). A rule looks at both sides ([`upgrade`]), the
//! objects they render among them, says what happens with the evidence of both, and proposes ways out; a way that changes
//! values is only offered once it was tried.

mod across;
mod baseline;
mod catalogue;
mod discreet;
mod report;
mod rule;
mod rules;
mod upcoming;
mod upgrade;
mod ways;

pub use across::{AcrossAnswer, AcrossOutcome, AcrossRow, Stop, UpgradePath, UpgradePathOutcome, across, upgrade_path};
pub(crate) use baseline::last_release;
pub use catalogue::{ChangeEntry, change_catalogue};
pub use report::{Change, ChangeItem, ChangeKind, ChangeOutcome, Procedure, Step, Upcoming};

use rollcast_chart::Release;

use crate::evaluate::Search;
use crate::side::Side;
use crate::steps::end_of_step;
use crate::{Failure, Goal, ReleaseInfo, Request, findings, verdict};
use rule::Way;
use upgrade::Upgrade;
use ways::Trials;

/// Compares the baseline of a request with what the request proposes, and says what it takes to keep what runs today;
/// nothing without a baseline.
pub(crate) async fn change(
    request: &Request,
    release: &'static Release,
    proposed: &Result<Side, Failure>,
    search: Search,
) -> (Option<ChangeOutcome>, Option<Goal>) {
    let Some(today) = baseline::request(request) else {
        return (None, None);
    };
    let side = match baseline::side(&today) {
        Ok(side) => side,
        Err(failure) => return (Some(ChangeOutcome::Refused(failure)), None),
    };
    let situation = side.situation(&today.request);
    let before = verdict::verdict(&situation, &findings::all(&situation));
    let old = upgrade::objects(&side);
    let trials = Trials {
        request,
        today: &today.request,
        before: &side,
        old: &old,
        search,
    };
    let (items, upcoming, goal) = match proposed {
        Ok(proposed) => {
            let upgrade = Upgrade::new(request, &today.request, &side, &old, proposed);
            let found = items(&upgrade);
            let goal = trials.keep(proposed, &found).await;
            let mut items: Vec<ChangeItem> = Vec::with_capacity(found.len());
            for (item, ways) in found {
                end_of_step().await;
                items.push(trials.with_ways(proposed, item, ways));
            }
            let upcoming = upcoming::upcoming(&upgrade, &items);
            (items, upcoming, goal)
        }
        Err(failure) => {
            let mut item = rules::helm_refuses::item(failure);
            item.ways.splice(0..0, trials.renders(release, failure));
            (vec![item], Vec::new(), None)
        }
    };
    let change = Change {
        from: ReleaseInfo::of(side.release),
        before,
        items,
        upcoming,
    };
    (Some(ChangeOutcome::Compared(Box::new(change))), goal)
}

/// Everything an upgrade does, the worst first, with the ways out of each still untried.
fn items(upgrade: &Upgrade<'_>) -> Vec<(ChangeItem, Vec<Way>)> {
    let place = |(item, _): &(ChangeItem, Vec<Way>)| (item.severity, item.kind);
    let mut items = Vec::new();
    for found in rules::REGISTRY.iter().flat_map(|rule| rule.find(upgrade)) {
        let at = items.partition_point(|other| place(other) <= place(&found));
        items.insert(at, found);
    }
    items
}

#[cfg(test)]
mod tests;
