use rollcast_core::Placement;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::state::Action;
use crate::state::seconds::{Assumption, Durations, Figure};
use crate::words;

/// What only the operator knows about the cluster, to be changed.
pub(super) fn assumptions(durations: &Durations, placement: Placement, send: &Callback<Action>) -> Html {
    let reset = send.reform(|_: MouseEvent| Action::DefaultSeconds);
    html! {
        <div class="assumptions">
            <div class="assumptions-head">
                <h3>{ "What if" }</h3>
                <span class="hint">{ "Seconds at best, usually, at worst" }</span>
                <button type="button" class="text-button" onclick={reset}>{ "Back to the defaults" }</button>
            </div>
            <div class="durations">{ for Assumption::ALL.map(|assumption| duration(assumption, durations, send)) }</div>
            <fieldset class="placement">
                <legend>{ "Where the new pod lands" }</legend>
                <div class="switch">
                    { for [Placement::Unknown, Placement::SameNode, Placement::OtherNode].map(|each| {
                        let onchange = send.reform(move |_: Event| Action::Placement(each));
                        html! {
                            <label>
                                <input type="radio" name="placement" checked={each == placement} {onchange} />
                                <span>{ words::placement(each) }</span>
                            </label>
                        }
                    }) }
                </div>
            </fieldset>
        </div>
    }
}

fn duration(assumption: Assumption, durations: &Durations, send: &Callback<Action>) -> Html {
    let problem = durations.problem(assumption);
    let id = format!("about-{}", assumption.name());
    html! {
        <fieldset class="duration" aria-describedby={id.clone()}>
            <legend>{ assumption.name() }</legend>
            <div class="figures">
                { for Figure::ALL.map(|figure| {
                    let oninput = send.reform(move |event: InputEvent| {
                        let text = event.target_unchecked_into::<HtmlInputElement>().value();
                        Action::Seconds(assumption, figure, text.into())
                    });
                    html! {
                        <input
                            type="text" inputmode="decimal" autocomplete="off" {oninput}
                            value={durations.text(assumption, figure)} aria-invalid={problem.is_some().then_some("true")}
                            aria-label={format!("{}, {}, seconds", assumption.name(), figure.name())}
                        />
                    }
                }) }
            </div>
            <p {id} class="hint">
                { assumption.meaning() }
                if let Some(problem) = problem {
                    <span class="duration-problem">{ problem }{ " Until then the last usable figures count." }</span>
                }
            </p>
        </fieldset>
    }
}
