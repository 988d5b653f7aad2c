//! A tour for newcomers, which drives the page itself.

mod steps;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::browser;
use crate::scenarios::{self, Scenario};
use crate::state::{Action, Draft};
use steps::{ALL, next, previous};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct TourProps {
    pub(crate) draft: Draft,
    /// The scenario that was loaded last.
    pub(crate) scenario: Option<&'static Scenario>,
    pub(crate) send: Callback<Action>,
}

/// The button that begins the tour, and the box that leads through it. The page stays usable all the while; at the end
/// what was entered before comes back.
#[component]
pub(crate) fn Tour(props: &TourProps) -> Html {
    let at = use_state_eq(|| None::<usize>);
    let before = use_mut_ref(|| None::<Draft>);
    let (button, dialog) = (use_node_ref(), use_node_ref());
    let go = {
        let (at, button, props) = (at.setter(), button.clone(), props.clone());
        Callback::from(move |to: Option<usize>| {
            match to.and_then(|to| ALL.get(to)) {
                Some(step) => {
                    let begins = before.borrow().is_none();
                    before.borrow_mut().get_or_insert_with(|| props.draft.clone());
                    let scenario = scenarios::ALL.iter().find(|known| known.id == step.scenario);
                    // What the reader changed in it stays as long as the tour stays with it.
                    if let Some(scenario) = scenario.filter(|_| begins || props.scenario != scenario) {
                        props.send.emit(Action::Load(scenario));
                    }
                }
                None => {
                    // Whoever had entered nothing yet keeps the example to play with.
                    if let Some(before) = before.borrow_mut().take().filter(|before| !before.is_blank()) {
                        props.send.emit(Action::Take(Box::new(before)));
                    }
                    focus(&button);
                }
            }
            at.set(to);
        })
    };
    {
        let (dialog, go) = (dialog.clone(), go.clone());
        use_effect_with(*at, move |at| {
            let step = at.and_then(|at| ALL.get(at));
            browser::set_root_attribute("data-tour", step.map(|step| step.name));
            if let Some(step) = step {
                browser::scroll_to(step.place);
            }
            let open = at.is_some();
            if *at == Some(0) {
                focus(&dialog);
            }
            let escape = browser::document().filter(|_| open).map(|document| {
                EventListener::new(&document, "keydown", move |event| {
                    // What something else of the page took for itself is not meant for the tour.
                    let escape = event
                        .dyn_ref::<KeyboardEvent>()
                        .is_some_and(|event| event.key() == "Escape" && !event.default_prevented());
                    if escape {
                        go.emit(None);
                    }
                })
            });
            move || drop(escape)
        });
    }
    let to = |to: Option<usize>| go.reform(move |_: MouseEvent| to);
    html! {
        <>
            <button ref={button} type="button" class="text-button tour-begin" aria-haspopup="dialog" onclick={to(Some(0))}>{ "Tour" }</button>
            if let Some((at, step)) = at.and_then(|at| Some((at, ALL.get(at)?))) {
                <div ref={dialog} class="tour" role="dialog" aria-labelledby="tour-title" aria-describedby="tour-words" tabindex="-1">
                    <p class="tour-count">{ format!("{} of {}", at + 1, ALL.len()) }</p>
                    <div aria-live="polite">
                        <h2 id="tour-title">{ step.title }</h2>
                        <p id="tour-words">{ step.words }</p>
                    </div>
                    <div class="tour-ways">
                        <button type="button" class="text-button tour-end" onclick={to(None)}>{ "End the tour" }</button>
                        <button type="button" class="text-button" disabled={at == 0} onclick={to(previous(at).or(Some(0)))}>{ "Back" }</button>
                        <button type="button" class="button" onclick={to(next(at))}>{ if next(at).is_some() { "Next" } else { "Done" } }</button>
                    </div>
                </div>
            }
        </>
    }
}

fn focus(place: &NodeRef) {
    if let Some(element) = place.cast::<HtmlElement>() {
        // Without focus it is still in view.
        let _ = element.focus();
    }
}
