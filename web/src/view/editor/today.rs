use rollcast_chart::Release;
use rollcast_core::{LiveClaim, ReclaimPolicy, ValuesFile};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::state::{Action, Draft, Today};
use crate::words;

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
            { for draft.today.iter().map(|today| fields(draft, today, send)) }
        </div>
    }
}

fn fields(draft: &Draft, today: &Today, send: &Callback<Action>) -> Html {
    let change = |edit: fn(&mut Today, AttrValue)| {
        let (send, today) = (send.clone(), today.clone());
        Callback::from(move |text: AttrValue| {
            let mut today = today.clone();
            edit(&mut today, text);
            send.emit(Action::Today(Some(today)));
        })
    };
    let chart = change(|today, chart| today.chart = chart).reform(chosen);
    let app = change(|today, app| today.app = app).reform(typed);
    let same = change(|today, _| today.files = None).reform(|_: Event| AttrValue::default());
    let other = change(|today, _| today.files = Some(vec![empty()])).reform(|_: Event| AttrValue::default());
    let flags = change(|today, flags| today.flags = flags).reform(written);
    let applier = send.reform(|event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        let chosen = usize::try_from(chosen).ok().and_then(|at| at.checked_sub(1));
        Action::Applier(
            chosen
                .and_then(|at| words::APPLIERS.get(at))
                .map(|(applier, _)| *applier),
        )
    });
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
                <label>
                    <span>{ "Applied by" }</span>
                    <select onchange={applier}>
                        <option selected={draft.applier.is_none()}>{ format!("Helm {}", words::helm(draft.helm)) }</option>
                        { for words::APPLIERS.iter().map(|(applier, name)| html! {
                            <option selected={draft.applier == Some(*applier)}>{ *name }</option>
                        }) }
                    </select>
                </label>
                <fieldset>
                    <legend>{ "Values today" }</legend>
                    <div class="switch">
                        <label>
                            <input type="radio" name="today" checked={today.files.is_none()} onchange={same} />
                            <span>{ "The same" }</span>
                        </label>
                        <label>
                            <input type="radio" name="today" checked={today.files.is_some()} onchange={other} />
                            <span>{ "Others" }</span>
                        </label>
                    </div>
                </fieldset>
            </div>
            if let Some(files) = &today.files {
                { for files.iter().enumerate().map(|(at, file)| values(today, at, file, send)) }
                <label>
                    <span>{ "Today's flags" }</span>
                    <textarea
                        class="flags-text" rows="1" value={&today.flags} oninput={flags}
                        placeholder="--set app.replicaCount=2" spellcheck="false" autocomplete="off" autocapitalize="off"
                    />
                </label>
            }
            { claim(today, send) }
        </>
    }
}

/// What is known of the workspaces claim: what an upgrade does to its data depends on it, and no values say it.
fn claim(today: &Today, send: &Callback<Action>) -> Html {
    let known = &today.claim;
    let change = |edit: fn(&mut LiveClaim, AttrValue)| {
        let (send, today) = (send.clone(), today.clone());
        Callback::from(move |text: AttrValue| {
            let mut today = today.clone();
            edit(&mut today.claim, text);
            send.emit(Action::Today(Some(today)));
        })
    };
    let keep = change(|claim, keep| claim.keep = answer(&YES_OR_NO, &keep));
    let reclaim = change(|claim, policy| claim.reclaim = answer(&POLICIES, &policy));
    let expandable = change(|claim, expandable| claim.expandable = answer(&YES_OR_NO, &expandable));
    let class = change(|claim, class| claim.class = Some(class.to_string()).filter(|class| !class.is_empty()));
    html! {
        <fieldset class="claim">
            <legend>
                { "The workspaces claim in the cluster" }
                <span class="hint">{ "kubectl -n lobu get pvc,storageclass shows it" }</span>
            </legend>
            <div class="pickers">
                { question("Kept by its annotation", &YES_OR_NO, known.keep, keep) }
                { question("Reclaim policy", &POLICIES, known.reclaim, reclaim) }
                { question("Its class expands volumes", &YES_OR_NO, known.expandable, expandable) }
                <label>
                    <span>{ "Storage class" }</span>
                    <input
                        type="text" value={known.class.clone().unwrap_or_default()} oninput={class.reform(typed)}
                        placeholder="not known" autocomplete="off" spellcheck="false"
                    />
                </label>
            </div>
        </fieldset>
    }
}

const YES_OR_NO: [(bool, &str); 2] = [(true, "Yes"), (false, "No")];

const POLICIES: [(ReclaimPolicy, &str); 2] = [(ReclaimPolicy::Delete, "Delete"), (ReclaimPolicy::Retain, "Retain")];

/// The answer that is called so.
fn answer<T: Copy>(answers: &[(T, &str)], name: &str) -> Option<T> {
    answers
        .iter()
        .find(|(_, known)| *known == name)
        .map(|(answer, _)| *answer)
}

/// A question that need not be answered.
fn question<T: Copy + PartialEq>(
    name: &'static str,
    answers: &'static [(T, &'static str)],
    given: Option<T>,
    choose: Callback<AttrValue>,
) -> Html {
    html! {
        <label>
            <span>{ name }</span>
            <select onchange={choose.reform(chosen)}>
                <option selected={given.is_none()}>{ "Not known" }</option>
                { for answers.iter().map(|(answer, name)| html! {
                    <option selected={given == Some(*answer)}>{ *name }</option>
                }) }
            </select>
        </label>
    }
}

/// The field of one of today's values files.
fn values(today: &Today, at: usize, file: &ValuesFile, send: &Callback<Action>) -> Html {
    let oninput = {
        let today = today.clone();
        send.reform(move |event: InputEvent| {
            let mut today = today.clone();
            if let Some(file) = today.files.as_mut().and_then(|files| files.get_mut(at)) {
                file.text = written(event).to_string();
            }
            Action::Today(Some(today))
        })
    };
    html! {
        <label key={at}>
            <span>{ "Today's values" }if file.name != Today::FILE { { ": " }{ &file.name } }</span>
            <textarea
                class="flags-text" rows="6" value={file.text.clone()} {oninput} wrap="off"
                placeholder="# Paste the values of the last upgrade, or what `helm get values` printed."
                spellcheck="false" autocomplete="off" autocapitalize="off"
            />
        </label>
    }
}

fn empty() -> ValuesFile {
    ValuesFile {
        name: Today::FILE.to_owned(),
        text: String::new(),
    }
}

fn chosen(event: Event) -> AttrValue {
    event.target_unchecked_into::<HtmlSelectElement>().value().into()
}

fn typed(event: InputEvent) -> AttrValue {
    event.target_unchecked_into::<HtmlInputElement>().value().into()
}

fn written(event: InputEvent) -> AttrValue {
    event.target_unchecked_into::<HtmlTextAreaElement>().value().into()
}
