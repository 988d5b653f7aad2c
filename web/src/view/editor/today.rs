use rollcast_chart::Release;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::state::{Action, Draft, Today};

/// What runs today, to tell what the upgrade from there does.
pub(super) fn today(draft: &Draft, send: &Callback<Action>) -> Html {
    let on = draft.today.is_some();
    let toggle = {
        let chart = draft.chart.clone();
        send.reform(move |_: Event| {
            Action::Today((!on).then(|| Today {
                chart: chart.clone(),
                ..Today::default()
            }))
        })
    };
    html! {
        <div class="today">
            <label class="confirm">
                <input type="checkbox" checked={on} onchange={toggle} />
                { "Compare with what runs today" }
            </label>
            { for draft.today.iter().map(|today| fields(today, send)) }
        </div>
    }
}

fn fields(today: &Today, send: &Callback<Action>) -> Html {
    let change = |edit: fn(&mut Today, AttrValue)| {
        let (send, today) = (send.clone(), today.clone());
        Callback::from(move |text: AttrValue| {
            let mut today = today.clone();
            edit(&mut today, text);
            send.emit(Action::Today(Some(today)));
        })
    };
    let chart = change(|today, chart| today.chart = chart)
        .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value().into());
    let app = change(|today, app| today.app = app)
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value().into());
    let text = change(|today, text| today.text = Some(text))
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value().into());
    let same = change(|today, _| today.text = None).reform(|_: Event| AttrValue::default());
    let other = change(|today, text| today.text = Some(text)).reform(|_: Event| AttrValue::default());
    html! {
        <>
            <div class="pickers">
                <label>
                    <span>{ "Chart today" }</span>
                    <select onchange={chart}>
                        { for Release::all().iter().map(|release| html! {
                            <option value={release.id} selected={today.chart == release.id}>{ release.id }</option>
                        }) }
                    </select>
                </label>
                <label>
                    <span>{ "App version today" }</span>
                    <input type="text" value={&today.app} oninput={app} placeholder="unknown" autocomplete="off" spellcheck="false" />
                </label>
                <fieldset>
                    <legend>{ "Values today" }</legend>
                    <div class="switch">
                        <label>
                            <input type="radio" name="today" checked={today.text.is_none()} onchange={same} />
                            <span>{ "The same" }</span>
                        </label>
                        <label>
                            <input type="radio" name="today" checked={today.text.is_some()} onchange={other} />
                            <span>{ "Others" }</span>
                        </label>
                    </div>
                </fieldset>
            </div>
            if let Some(values) = &today.text {
                <textarea
                    class="flags-text" rows="6" value={values} oninput={text} aria-label="Values of what runs today"
                    placeholder="# Paste the values of the last upgrade, or what `helm get values` printed." wrap="off"
                    spellcheck="false" autocomplete="off" autocapitalize="off"
                />
            }
        </>
    }
}
