//! Links that open a request in the page.

use rollcast_core::{Flag, Request};
use rollcast_share::{Before, Fragment, Link, Side, quoted};

/// The fragment of the page's address that shows a request, with its `#`; `None` for one that is too long for a link.
pub(crate) fn fragment(request: &Request) -> Option<String> {
    let link = Link {
        proposed: Side {
            chart: request.chart.clone(),
            app: request.app.clone(),
            helm: request.helm,
            files: request.values.clone(),
            flags: flags(&request.set),
        },
        // No example reads a file by a flag.
        contents: Vec::new(),
        baseline: request.baseline.as_ref().map(|baseline| Before {
            chart: baseline.chart.clone(),
            app: baseline.app.clone(),
            helm: baseline.helm,
            files: baseline.values.clone(),
            flags: baseline.set.as_deref().map(flags),
            claim: baseline.claim.clone(),
        }),
        applier: request.applier,
        cluster: request.cluster.clone(),
        confirmed: request.confirmed.clone(),
    };
    Some(format!("#{}", Fragment::write(&link).ok()?))
}

/// Flags as they stand on a command line.
pub(crate) fn flags(set: &[Flag]) -> String {
    set.iter()
        .map(|flag| format!("{} {}", flag.kind.name(), quoted(&flag.arg)))
        .collect::<Vec<_>>()
        .join(" ")
}
