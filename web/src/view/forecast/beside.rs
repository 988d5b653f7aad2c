//! What happens beside the app: the other Deployments, and the Jobs of the upgrade.

use rollcast_core::{Answer, Component, Hook, HookPhase, WorkloadForecast};
use yew::prelude::*;

use super::sentences;
use crate::view::why::code_spans;
use crate::words;

/// The other Deployments and the Jobs, where there are any.
pub(super) fn beside(answer: &Answer) -> Html {
    html! {
        if !answer.workloads.is_empty() || !answer.hooks.is_empty() {
            <h3>{ "Beside the app" }</h3>
            <ul class="story" id="forecast-beside">
                { for answer.workloads.iter().map(workload) }
                { for answer.hooks.iter().map(hook) }
            </ul>
        }
    }
}

fn workload(workload: &WorkloadForecast) -> Html {
    let name = match workload.component {
        Component::Worker => "Worker",
        Component::Embeddings => "Embeddings",
    };
    html! {
        <li>
            <strong>{ name }</strong>{ format!(", {}: ", workload.headline) }{ code_spans(&workload.consequence) }
            { for workload.outlooks.iter().map(|outlook| html! {
                <details>
                    <summary>{ if outlook.title.is_empty() { "In words" } else { &outlook.title } }</summary>
                    <ul class="story">{ sentences(&outlook.story) }</ul>
                </details>
            }) }
        </li>
    }
}

fn hook(hook: &Hook) -> Html {
    let when = match (hook.phase, &hook.passes) {
        (HookPhase::PreUpgrade, _) => "before anything else changes".to_owned(),
        (HookPhase::PostUpgrade, None) => "when everything is applied".to_owned(),
        (HookPhase::PostUpgrade, Some(passes)) => {
            format!("when everything is applied, can pass after {}", words::moment(passes))
        }
    };
    let given_up = hook.deadline.map_or_else(String::new, |deadline| {
        format!(", is given up {} after its start", words::time(deadline))
    });
    html! {
        <li>
            <strong>{ format!("Job {}", hook.name) }</strong>{ format!(", {when}{given_up}.") }
            { " " }{ code_spans(&hook.does) }
            { " It proves: " }{ code_spans(&hook.proves) }
            { " It leaves open: " }{ code_spans(&hook.leaves_open) }
        </li>
    }
}
