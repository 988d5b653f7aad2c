//! What a change brings about: today's values and release against the proposed ones.

mod baseline;
mod report;

pub use report::{Change, ChangeItem, ChangeKind, ChangeOutcome, Procedure, Step, Upcoming};

use rollcast_chart::Release;

use crate::side::Side;
use crate::{Failure, ReleaseInfo, Request, findings, verdict};

/// Compares the baseline of a request with what the request proposes; `None` without a baseline.
pub(crate) fn change(
    request: &Request,
    _release: &'static Release,
    _proposed: &Result<Side, Failure>,
) -> Option<ChangeOutcome> {
    let today = baseline::request(request)?;
    let side = match baseline::side(&today) {
        Ok(side) => side,
        Err(failure) => return Some(ChangeOutcome::Refused(failure)),
    };
    let situation = side.situation(&today.request);
    let before = verdict::verdict(&situation, &findings::all(&situation));
    Some(ChangeOutcome::Compared(Box::new(Change {
        from: ReleaseInfo::of(side.release),
        before,
        items: Vec::new(),
        upcoming: Vec::new(),
    })))
}
