use rollcast_chart::Release;
use rollcast_core::HelmLine;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::state::{Action, Draft};
use crate::view::why::code_spans;
use crate::words;

const HELMS: [HelmLine; 3] = [HelmLine::V3_17, HelmLine::V3_20, HelmLine::V4];

/// Chart release, app version, Helm; `about` says what the chosen release is.
pub(super) fn pickers(draft: &Draft, about: Option<&AttrValue>, send: &Callback<Action>) -> Html {
    let chart =
        send.reform(|event: Event| Action::Chart(event.target_unchecked_into::<HtmlSelectElement>().value().into()));
    let app =
        send.reform(|event: InputEvent| Action::App(event.target_unchecked_into::<HtmlInputElement>().value().into()));
    let helm = send.reform(|event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        let line = usize::try_from(chosen).ok().and_then(|at| HELMS.get(at).copied());
        Action::Helm(line.unwrap_or_default())
    });
    html! {
        <div class="pickers">
            <label>
                <span>{ "Chart" }</span>
                <select onchange={chart}>
                    { for Release::all().iter().map(|release| html! {
                        <option value={release.id} selected={draft.chart == release.id}>{ release.id }</option>
                    }) }
                </select>
            </label>
            <label>
                <span>{ "App version" }</span>
                <input type="text" value={draft.app.clone()} oninput={app} placeholder="unknown" autocomplete="off" spellcheck="false" />
            </label>
            <label>
                <span>{ "Helm" }</span>
                <select onchange={helm}>
                    { for HELMS.map(|line| html! {
                        <option selected={draft.helm == line}>{ words::helm(line) }</option>
                    }) }
                </select>
            </label>
            if let Some(about) = about {
                <p class="pickers-release">{ code_spans(about) }</p>
            }
        </div>
    }
}
