use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How long the answer must stay the same before it is read out, in milliseconds.
const PAUSE: u32 = 900;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AnnouncerProps {
    pub(crate) text: AttrValue,
}

/// Tells assistive technology the answer, once typing pauses.
#[component]
pub(crate) fn Announcer(props: &AnnouncerProps) -> Html {
    let said = use_state(AttrValue::default);
    {
        let said = said.clone();
        use_effect_with(props.text.clone(), move |text| {
            let text = text.clone();
            let timer = Timeout::new(PAUSE, move || said.set(text));
            move || drop(timer)
        });
    }
    html! { <p class="visually-hidden" role="status">{ &*said }</p> }
}
