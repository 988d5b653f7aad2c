use rollcast_core::{Answer, ChangeOutcome, Finding, PrerequisiteState, VerdictState};
use rollcast_rollout::{Forecast, WindowKind};
use yew::prelude::*;

use crate::browser;
use crate::view::icon::Icon;
use crate::view::why::code_spans;
use crate::words;

/// The state in a word, which stays in sight, with the ways to the parts of the answer.
pub(crate) fn bar(answer: &Answer, change: Option<&ChangeOutcome>) -> Html {
    let state = answer.verdict.state;
    let count = |wanted: fn(&Finding) -> bool| answer.findings.iter().filter(|finding| wanted(finding)).count();
    let open = count(|finding| {
        matches!(
            finding.state,
            Some(PrerequisiteState::Unmet | PrerequisiteState::Confirm)
        )
    });
    let change = match change {
        Some(ChangeOutcome::Compared(change)) => Some(("change", "Upgrade", Some((change.items.len(), "changes")))),
        Some(ChangeOutcome::Refused(_)) => Some(("change", "Upgrade", None)),
        None => None,
    };
    let parts = [
        ("why", "Why", None),
        ("checklist", "Checklist", Some((open, "open"))),
        ("forecast", "Timeline", None),
        (
            "findings",
            "Findings",
            Some((count(|finding| finding.state.is_none()), "more")),
        ),
        ("releases", "Releases", None),
    ];
    html! {
        <div class="bar" data-state={state.name()}>
            { word(state) }
            <nav class="jumps" aria-label="Parts of the answer">
                { for change.into_iter().chain(parts).map(|(id, name, count)| html! {
                    <button type="button" onclick={move |_: MouseEvent| browser::show(id)}>
                        { name }
                        if let Some((number, what)) = count {
                            <span class="count">{ number }<span class="visually-hidden">{ format!(" {what}") }</span></span>
                        }
                    </button>
                }) }
            </nav>
        </div>
    }
}

fn word(state: VerdictState) -> Html {
    html! {
        <p class="verdict-word">{ Icon::verdict(state).html() }<span>{ state.word() }</span></p>
    }
}

/// The conclusion, to be read in two seconds; `stale` when it is about an earlier text.
pub(crate) fn verdict(answer: &Answer, stale: bool) -> Html {
    let verdict = &answer.verdict;
    html! {
        <div class={classes!("verdict", stale.then_some("stale"))} data-state={verdict.state.name()}>
            if stale {
                <p class="stale-mark">{ "Last good answer, about an earlier text" }</p>
                { word(verdict.state) }
            }
            <p class="verdict-headline">{ &verdict.headline }</p>
            <p class="verdict-consequence">{ code_spans(&verdict.consequence) }</p>
            // From the worst outlook.
            if let Some(outlook) = answer.outlooks.first().filter(|_| !stale) {
                <dl class="facts">
                    { for facts(&outlook.forecast).map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }
                </dl>
            }
        </div>
    }
}

/// A figure: what it is, and its value.
pub(crate) type Fact = (&'static str, String);

/// The figures people ask for.
pub(crate) fn facts(forecast: &Forecast) -> [Fact; 4] {
    [
        ("No ready endpoint", length(forecast, WindowKind::NoReadyEndpoint)),
        ("Old and new overlap", length(forecast, WindowKind::Overlap)),
        ("Complete after", words::moment(&forecast.complete)),
        ("Pods at most", words::count(&forecast.peak_pods)),
    ]
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
        verdict.state.word(),
        verdict.headline,
        verdict.consequence
    )
}
