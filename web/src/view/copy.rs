use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::JsFuture;
use yew::{platform::spawn_local, prelude::*};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct CopyProps {
    /// What is copied.
    pub(crate) text: AttrValue,
    #[prop_or(AttrValue::Static("Copy"))]
    pub(crate) label: AttrValue,
    /// What it is, for people who do not see what stands beside the button.
    pub(crate) what: AttrValue,
}

/// A button that copies a text and says whether it worked.
#[component]
pub(crate) fn Copy(props: &CopyProps) -> Html {
    let said = use_state(|| None::<&'static str>);
    {
        // The word goes back to "Copy" after a while.
        let said = said.clone();
        use_effect_with(*said, move |&shown| {
            let timer = shown.map(|_| Timeout::new(2_000, move || said.set(None)));
            move || drop(timer)
        });
    }
    let onclick = {
        let (text, said) = (props.text.clone(), said.clone());
        move |_: MouseEvent| {
            let (text, said) = (text.clone(), said.clone());
            spawn_local(async move {
                let copied = match web_sys::window() {
                    // Without a secure context there is no clipboard; the promise of a missing one is refused as well.
                    Some(window) if window.is_secure_context() => {
                        JsFuture::from(window.navigator().clipboard().write_text(&text))
                            .await
                            .is_ok()
                    }
                    _ => false,
                };
                said.set(Some(if copied { "Copied" } else { "Not allowed" }));
            });
        }
    };
    html! {
        <button type="button" class="copy" {onclick}>
            <span aria-live="polite">{ said.map_or_else(|| props.label.clone(), AttrValue::from) }</span>
            <span class="visually-hidden">{ " " }{ props.what.clone() }</span>
        </button>
    }
}
