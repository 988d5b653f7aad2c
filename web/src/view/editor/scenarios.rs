use yew::prelude::*;

use crate::browser;
use crate::scenarios::{ALL, Scenario};
use crate::state::Action;
use crate::view::later::use_turn;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct MenuProps {
    pub(crate) send: Callback<Action>,
}

/// The scenarios to start from. A component, because they are many and never change.
#[component]
pub(crate) fn Menu(props: &MenuProps) -> Html {
    let turn = use_turn(1, browser::document().is_none());
    html! {
        <>
            <button type="button" class="button" popovertarget="scenarios">{ "Examples" }</button>
            <div id="scenarios" class="menu" popover="auto" aria-label="Examples">
                <p class="menu-head">{ "Start from an example" }</p>
                <ul>
                    { for ALL.iter().filter(|_| turn > 0).map(|scenario| {
                        let onclick = props.send.reform(move |_: MouseEvent| Action::Load(scenario));
                        html! {
                            <li>
                                <button type="button" popovertarget="scenarios" popovertargetaction="hide" {onclick}>
                                    <span class="menu-title">{ scenario.title }</span>
                                    <span class="menu-look">{ scenario.look }</span>
                                </button>
                            </li>
                        }
                    }) }
                </ul>
            </div>
        </>
    }
}

/// What to look at in the scenario that was loaded.
pub(super) fn look(scenario: &Scenario) -> Html {
    html! {
        <p class="look"><strong>{ scenario.title }</strong>{ ". " }{ scenario.look }</p>
    }
}
