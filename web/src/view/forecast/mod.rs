//! The simulated rollout: to scale, in words, as tables, and what it assumes.

mod assumptions;
mod beside;
mod playback;
mod plot;
mod table;
mod timeline;

use rollcast_core::{Answer, Finding, Outcome, Outlook, Placement, PrerequisiteState, Report};
use rollcast_rollout::WindowKind;
use yew::prelude::*;

use crate::browser;
use crate::state::seconds::Durations;
use crate::state::{Action, Shared};
use crate::view::icon::Icon;
use crate::view::why::code_spans;
use crate::words;
use assumptions::assumptions;
use beside::beside;
use playback::Playback;
use table::tables;
use timeline::legend;

/// An outlook of a report; the first where there are not as many.
fn outlook(report: &Report, number: usize) -> Option<(&Answer, &Outlook)> {
    let Outcome::Rendered(answer) = &report.outcome else {
        return None;
    };
    let outlook = answer.outlooks.get(number).or_else(|| answer.outlooks.first())?;
    Some((answer, outlook))
}

/// The findings that bite in a window.
fn hazards(answer: &Answer, kind: WindowKind) -> impl Iterator<Item = &Finding> {
    answer.findings.iter().filter(move |finding| {
        !matches!(
            finding.state,
            Some(PrerequisiteState::NotApplicable | PrerequisiteState::Met)
        ) && finding.bites.iter().any(|when| when.window() == Some(kind))
    })
}

/// The forecast with its controls; `number` is the outlook that is shown.
pub(crate) fn forecast(
    report: &Shared<Report>,
    number: usize,
    durations: &Durations,
    placement: Placement,
    send: &Callback<Action>,
) -> Html {
    html! {
        <section class="section forecast" aria-labelledby="forecast">
            <h2 id="forecast" tabindex="-1">{ "The rollout, second by second" }</h2>
            if let Some((answer, outlook)) = outlook(report, number) {
                { switch(answer, number, send) }
                <Playback report={report.clone()} outlook={number} />
                { legend() }
                { assumptions(durations, placement, send) }
                { windows(answer, outlook) }
                <h3>{ "In words" }</h3>
                <ul class="story" id="forecast-story">{ sentences(&outlook.story) }</ul>
                { beside(answer) }
                { tables(outlook) }
                <details class="assumed">
                    <summary>{ "Everything this assumes" }</summary>
                    <ul class="story">{ sentences(&answer.assumptions) }</ul>
                </details>
            } else {
                <p class="empty">{ "The API server refuses this Deployment, so no rollout starts." }</p>
            }
        </section>
    }
}

fn sentences(sentences: &[String]) -> Html {
    sentences
        .iter()
        .map(|sentence| html! { <li>{ code_spans(sentence) }</li> })
        .collect()
}

/// One button for each outlook where there are several.
fn switch(answer: &Answer, number: usize, send: &Callback<Action>) -> Html {
    let outlooks = &answer.outlooks;
    let shown = if number < outlooks.len() { number } else { 0 };
    html! {
        if outlooks.len() > 1 {
            <div class="switch outlooks" role="group" aria-label="Case">
                { for outlooks.iter().enumerate().map(|(at, outlook)| {
                    let onclick = send.reform(move |_: MouseEvent| Action::Outlook(at));
                    html! {
                        <button type="button" aria-pressed={(at == shown).to_string()} {onclick}>{ &outlook.title }</button>
                    }
                }) }
            </div>
        }
    }
}

/// Every kind of window with its length, and what bites in it.
fn windows(answer: &Answer, outlook: &Outlook) -> Html {
    let windows = outlook.forecast.lengths.iter().map(|length| {
        let kind = length.kind;
        html! {
            <li class="window-item" data-window={kind.name()}>
                <p class="window-head">
                    <span class="window-swatch" aria-hidden="true"></span>
                    <strong>{ kind.words() }</strong>
                    <span class="window-length">{ words::span(&length.milliseconds) }</span>
                    <span class="hint">{ words::window_meaning(kind) }</span>
                </p>
                <ul class="hazards" aria-label={format!("What bites in: {}", kind.words())}>
                    { for hazards(answer, kind).map(|finding| {
                        let id = finding.id;
                        let onclick = move |_: MouseEvent| browser::show(&format!("finding-{id}"));
                        html! {
                            <li data-severity={finding.severity.name()}>
                                <button type="button" class="hazard" {onclick}>
                                    { Icon::severity(finding.severity).html() }{ &finding.title }
                                </button>
                            </li>
                        }
                    }) }
                </ul>
            </li>
        }
    });
    html! {
        if !outlook.forecast.lengths.is_empty() {
            <ul class="windows" aria-label="Windows">{ for windows }</ul>
        }
    }
}
