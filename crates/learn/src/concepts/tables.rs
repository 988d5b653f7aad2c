//! Tables that the engine fills.

use maud::{Markup, html};
use rollcast_chart::{Key, Release};
use rollcast_core::{Cluster, Outcome, Request, Seconds, ValuesFile, evaluate};
use rollcast_rollout::{Stop, Strategy};

use super::RECIPE;
use crate::prose;

/// A table with a caption; the first cell of each row is its header.
fn table(caption: &str, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Markup {
    html! {
        div class="table" tabindex="0" role="group" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { @for cell in head { th scope="col" { (cell) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } } @else { td { (prose::sentence(cell)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What 25 % and 25 % come to.
pub(super) fn rounding() -> Markup {
    let rows = [1, 2, 3, 4, 5, 8, 10, 20].into_iter().filter_map(|replicas| {
        let limits = Strategy::DEFAULT.limits(replicas)?;
        Some(vec![
            replicas.to_string(),
            limits.surge.to_string(),
            limits.unavailable.to_string(),
            replicas.saturating_sub(limits.unavailable).to_string(),
            (replicas + limits.surge).to_string(),
        ])
    });
    table(
        "Kubernetes' default, 25 % each, in pods",
        &[
            "Replicas",
            "maxSurge",
            "maxUnavailable",
            "At least available",
            "At most, terminating ones aside",
        ],
        rows,
    )
}

/// How a pod ends, for some hooks and graces.
pub(super) fn termination() -> Markup {
    let seconds = |milliseconds: u64| format!("{} s", milliseconds / 1_000);
    let rows = [
        (30, 0, 5),
        (45, 15, 5),
        (60, 5, 15),
        (30, 28, 5),
        (20, 30, 5),
        (30, 0, 60),
    ]
    .into_iter()
    .map(|(grace, hook, app)| {
        let stop = Stop::of(grace * 1_000, hook * 1_000, app * 1_000);
        vec![
            seconds(grace * 1_000),
            seconds(hook * 1_000),
            seconds(app * 1_000),
            seconds(stop.gone),
            if stop.killed { "SIGKILL" } else { "exits by itself" }.to_owned(),
        ]
    });
    table(
        "From a pod's deletion to its end",
        &[
            "Grace period",
            "preStop sleeps",
            "The app needs",
            "The pod ends after",
            "How",
        ],
        rows,
    )
}

/// The releases: what the defaults and the recipe come to in each, how to tell one, and what it changed.
pub(super) fn releases() -> Markup {
    html! { (resolved()) (changes()) }
}

fn changes() -> Markup {
    let caption = "What each release changed against the one before it, and how to tell it in a copy of the chart";
    html! {
        div class="table" tabindex="0" role="group" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { th scope="col" { "Release" } th scope="col" { "What it changed" } th scope="col" { "It is this one if" } } }
                tbody {
                    @for release in Release::all() {
                        tr {
                            th scope="row" { (release.id) }
                            td { ul { @for change in release.changes { li { (prose::sentence(change)) } } } }
                            td { (prose::sentence(release.tell)) }
                        }
                    }
                }
            }
        }
    }
}

fn resolved() -> Markup {
    let rows = Release::all().iter().map(|release| {
        vec![
            release.id.to_owned(),
            release.summary.to_owned(),
            headline(release.id, ""),
            headline(release.id, RECIPE),
        ]
    });
    table(
        "Chart releases as Rollcast names them, the oldest first",
        &[
            "Release",
            "What it is",
            "The defaults resolve to",
            "The recipe of #776 resolves to",
        ],
        rows,
    )
}

fn headline(chart: &str, values: &str) -> String {
    let report = evaluate(&Request {
        chart: chart.to_owned(),
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: values.to_owned(),
        }],
        ..Request::default()
    });
    match report.outcome {
        Outcome::Rendered(answer) => answer.verdict.headline,
        Outcome::Refused(failure) => failure.what,
    }
}

/// Every key that some release reads, by the first part of its path.
pub(super) fn keys() -> Markup {
    let group = |key: &Key| key.path.split('.').next().unwrap_or_default();
    html! {
        @for keys in Key::all().chunk_by(|one, next| group(one) == group(next)) {
            @if let Some(first) = keys.first() { h2 { code { (group(first)) } } }
            dl class="keys" {
                @for key in keys {
                    dt id=(key.path) { code { (key.path) } }
                    dd {
                        p { (prose::sentence(key.effect())) }
                        p class="key-facts" { (key.types_in_words()) @if let Some(default) = default(key) { ", " code { (default) } " by default" } "; read by " (key.read_by_in_words()) }
                    }
                }
            }
        }
    }
}

/// A key's default in the newest release that reads it.
fn default(key: &Key) -> Option<String> {
    let default = key.read_by().last()?.own_default_at(key.path)?;
    Some(default.to_json())
}

/// The assumptions that hold until somebody states others.
pub(super) fn assumptions() -> Markup {
    let cluster = Cluster::default();
    let row = |what: &str, seconds: Seconds| {
        vec![
            what.to_owned(),
            format!("{} s", seconds.earliest),
            format!("{} s", seconds.likely),
            format!("{} s", seconds.latest),
        ]
    };
    table(
        "Assumed until you say otherwise",
        &["From … to", "At best", "Usually", "At worst"],
        [
            row("A pod's creation to its container's start", cluster.scheduling),
            row("The container's start to an answer on the readiness path", cluster.boot),
            row("SIGTERM to the app's exit", cluster.shutdown),
            row(
                "A change of readiness to the last proxy that knows",
                cluster.propagation,
            ),
            row(
                "Detaching a volume from one node to attaching it to another",
                cluster.reattach,
            ),
        ],
    )
}
