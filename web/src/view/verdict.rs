use rollcast_core::{Answer, Finding, PrerequisiteState, VerdictState};
use rollcast_rollout::{Forecast, WindowKind};
use yew::prelude::*;

use crate::browser;
use crate::view::icon::Icon;
use crate::words;

/// The conclusion, to be read in two seconds; `stale` when it is about an earlier text.
pub(crate) fn verdict(answer: &Answer, stale: bool) -> Html {
    let verdict = &answer.verdict;
    html! {
        <div class={classes!("verdict", stale.then_some("stale"))} data-state={words::verdict_key(verdict.state)}>
            if stale {
                <p class="stale-mark">{ "Last good answer: about the text before it broke" }</p>
            }
            <div class="verdict-top">
                <span class="verdict-icon">{ Icon::verdict(verdict.state).html() }</span>
                <p class="verdict-word">{ words::verdict(verdict.state) }</p>
                <p class="verdict-headline">{ &verdict.headline }</p>
            </div>
            <p class="verdict-consequence">{ &verdict.consequence }</p>
            { facts(answer) }
            { jumps(answer) }
        </div>
    }
}

/// The parts of the answer below, with what is to be expected there.
fn jumps(answer: &Answer) -> Html {
    let others = answer.findings.iter().filter(|finding| finding.state.is_none()).count();
    let parts = [
        ("why", "Why".to_owned()),
        ("checklist", format!("Checklist: {}", open(&answer.findings))),
        ("forecast", "Timeline".to_owned()),
        ("findings", format!("{others} more findings")),
    ];
    html! {
        <nav class="jumps" aria-label="Parts of the answer">
            { for parts.into_iter().map(|(id, name)| html! {
                <button type="button" onclick={move |_: MouseEvent| browser::show(id)}>{ name }</button>
            }) }
        </nav>
    }
}

/// What of the checklist is left to do.
fn open(findings: &[Finding]) -> String {
    let count = |state| findings.iter().filter(|finding| finding.state == Some(state)).count();
    match (count(PrerequisiteState::Unmet), count(PrerequisiteState::Confirm)) {
        (0, 0) => "nothing open".to_owned(),
        (unmet, 0) => format!("{unmet} not met"),
        (0, confirm) => format!("{confirm} to confirm"),
        (unmet, confirm) => format!("{unmet} not met, {confirm} to confirm"),
    }
}

/// The figures people ask for, from the worst outlook.
fn facts(answer: &Answer) -> Html {
    let Some(outlook) = answer.outlooks.first() else {
        return Html::default();
    };
    let forecast = &outlook.forecast;
    let facts = [
        ("No ready endpoint", length(forecast, WindowKind::NoReadyEndpoint)),
        ("Old and new overlap", length(forecast, WindowKind::Overlap)),
        ("Complete after", words::moment(&forecast.complete)),
        ("Pods at most", words::count(&forecast.peak_pods)),
    ];
    html! {
        <dl class="facts">
            { for facts.into_iter().map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }
        </dl>
    }
}

fn length(forecast: &Forecast, kind: WindowKind) -> String {
    forecast
        .lengths
        .iter()
        .find(|length| length.kind == kind)
        .map_or_else(|| "none".to_owned(), |length| words::span(&length.milliseconds))
}

/// What the live region says.
pub(crate) fn announcement(answer: &Answer) -> String {
    let verdict = &answer.verdict;
    let end = if verdict.state == VerdictState::Refused {
        ""
    } else {
        "."
    };
    format!(
        "{}: {}{end} {}",
        words::verdict(verdict.state),
        verdict.headline,
        verdict.consequence
    )
}
