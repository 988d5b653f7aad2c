use yew::prelude::*;

use crate::scenarios::{ALL, Scenario};
use crate::state::Action;

/// The scenarios to start from.
pub(super) fn menu(send: &Callback<Action>) -> Html {
    html! {
        <>
            <button type="button" class="button" popovertarget="scenarios">{ "Examples" }</button>
            <div id="scenarios" class="menu" popover="auto" aria-label="Examples">
                <p class="menu-head">{ "Start from an example" }</p>
                <ul>
                    { for ALL.iter().map(|scenario| {
                        let onclick = send.reform(move |_: MouseEvent| Action::Load(scenario));
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
