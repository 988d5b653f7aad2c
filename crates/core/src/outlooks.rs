//! The simulated rollouts.

use rollcast_rollout::{Claim, Forecast, Range, Rollout, TooLarge, WindowKind};

use crate::{Outlook, Placement};

/// Runs a rollout in every case of its claim and puts the worst first. [`crate::story`] tells them.
pub(crate) fn outlooks(
    rollout: &Rollout<Range<u64>>,
    cases: Vec<(Option<Placement>, Claim<Range<u64>>)>,
) -> Result<Vec<Outlook>, TooLarge> {
    let single = cases.len() == 1;
    let mut outlooks = Vec::with_capacity(cases.len());
    for (placement, claim) in cases {
        let forecast = rollcast_rollout::forecast(&Rollout {
            claim,
            ..rollout.clone()
        })?;
        outlooks.push(Outlook {
            placement,
            title: match placement {
                _ if single => String::new(),
                Some(Placement::OtherNode) => "the new pods land on another node".to_owned(),
                _ => "all pods land on the same node".to_owned(),
            },
            story: Vec::new(),
            forecast,
        });
    }
    // There are at most two cases.
    if let [first, second] = outlooks.as_mut_slice()
        && badness(&second.forecast) > badness(&first.forecast)
    {
        std::mem::swap(first, second);
    }
    Ok(outlooks)
}

/// How long windows of one kind are; `None` where none occurs in any run.
pub(crate) fn length(forecast: &Forecast, kind: WindowKind) -> Option<Range<Option<u64>>> {
    forecast
        .lengths
        .iter()
        .find(|length| length.kind == kind)
        .map(|length| length.milliseconds)
}

/// How bad it is: a standstill, then the longest gap, then the longest time with two writers.
fn badness(forecast: &Forecast) -> impl Ord + use<> {
    let latest = |kind| match length(forecast, kind) {
        None => 0,
        Some(length) => length.latest.unwrap_or(u64::MAX),
    };
    (
        latest(WindowKind::Deadlock),
        latest(WindowKind::NoReadyEndpoint),
        latest(WindowKind::TwoWriters),
    )
}
