use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::state::{Action, Tab};
use crate::view::icon::Icon;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct TabsProps {
    pub(crate) tabs: Vec<Tab>,
    pub(crate) front: u32,
    /// Index of the file Helm cannot read.
    pub(crate) broken: Option<usize>,
    pub(crate) send: Callback<Action>,
}

/// The values files in `-f` order.
#[component]
pub(crate) fn Tabs(props: &TabsProps) -> Html {
    let renaming = use_state_eq(|| None::<u32>);
    let input = use_node_ref();
    {
        let input = input.clone();
        use_effect_with(*renaming, move |_| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                // In the page, a field takes the focus.
                let _ = input.focus();
                input.select();
            }
        });
    }
    let tabs = props.tabs.iter().enumerate().map(|(at, tab)| {
        let id = tab.id;
        let front = id == props.front;
        if *renaming == Some(id) {
            let done = {
                let (renaming, send) = (renaming.clone(), props.send.clone());
                move |name: Option<String>| {
                    if let Some(name) = name {
                        send.emit(Action::Rename { id, name: name.into() });
                    }
                    renaming.set(None);
                }
            };
            let onblur = {
                let done = done.clone();
                move |event: FocusEvent| done(Some(event.target_unchecked_into::<HtmlInputElement>().value()))
            };
            let onkeydown = move |event: KeyboardEvent| match event.key().as_str() {
                "Enter" => done(Some(event.target_unchecked_into::<HtmlInputElement>().value())),
                "Escape" => done(None),
                _ => {}
            };
            return html! {
                <li key={id} class="tab front">
                    <input ref={input.clone()} class="tab-rename" value={tab.name.clone()} aria-label="Name of the file" {onblur} {onkeydown} />
                </li>
            };
        }
        let rename = {
            let renaming = renaming.clone();
            move |_: MouseEvent| renaming.set(Some(id))
        };
        let choose = {
            let (renaming, send) = (renaming.clone(), props.send.clone());
            move |_: MouseEvent| if front { renaming.set(Some(id)) } else { send.emit(Action::Front(id)) }
        };
        let close = props.send.reform(move |_: MouseEvent| Action::Close(id));
        html! {
            <li key={id} class={classes!("tab", front.then_some("front"))}>
                <button
                    type="button" class="tab-name" aria-current={front.then_some("true")} onclick={choose} ondblclick={rename}
                    title={if front { "Rename" } else { "Show" }}
                >
                    if props.broken == Some(at) {
                        <span class="tab-broken">{ Icon::Cross.html() }<span class="visually-hidden">{ "has an error: " }</span></span>
                    }
                    { &tab.name }
                </button>
                if props.tabs.len() > 1 {
                    <button type="button" class="tab-close" aria-label={format!("Close {}", tab.name)} onclick={close}>{ "×" }</button>
                }
            </li>
        }
    });
    html! {
        <ul class="tabs" aria-label="Values files, later ones win">
            { for tabs }
            <li key="add" class="tab-add">
                <button type="button" aria-label="Add a values file" onclick={props.send.reform(|_: MouseEvent| Action::Add)}>{ "+" }</button>
            </li>
        </ul>
    }
}
