use rollcast_core::Failure;
use yew::prelude::*;

use crate::state::Action;
use crate::view::icon::Icon;
use crate::view::origin::Origins;
use crate::view::why::code_spans;
use crate::words;

/// Why there is no answer: what, where, what to do, and Helm's own words beneath.
pub(crate) fn failure(failure: &Failure, origins: &Origins, send: &Callback<Action>) -> Html {
    let place = |label: String, action: Action| {
        let onclick = send.reform(move |_: MouseEvent| action.clone());
        html! { <button type="button" class="origin" {onclick}>{ label }</button> }
    };
    let place = match (&failure.location, failure.flag) {
        (Some(location), _) => {
            let name = origins.name(location.file);
            place(
                format!("{name}, line {}, column {}", location.line, location.column),
                Action::Locate(location.clone()),
            )
        }
        (None, Some(flag)) => place("Show it".to_owned(), Action::LocateFlag(flag)),
        (None, None) => Html::default(),
    };
    html! {
        <>
            <div class="bar" data-state="unreadable">
                <p class="verdict-word">{ Icon::Unreadable.html() }<span>{ words::stage(failure.stage) }</span></p>
                { place }
            </div>
            <div class="failure" data-state="unreadable">
                <p class="failure-what">{ code_spans(&failure.what) }</p>
                <p>{ code_spans(&failure.action) }</p>
                if let Some(helm) = &failure.helm {
                    <div class="helm-words">
                        <p>{ "Helm says" }</p>
                        <pre tabindex="0" aria-label="Helm's message">{ helm }</pre>
                    </div>
                }
            </div>
        </>
    }
}

/// What the live region says.
pub(crate) fn announcement(failure: &Failure) -> String {
    let place = failure
        .location
        .as_ref()
        .map_or_else(String::new, |location| format!(" in line {}", location.line));
    format!("{}{place}: {}", words::stage(failure.stage), failure.what)
}
