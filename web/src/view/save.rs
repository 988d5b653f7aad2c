use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SaveProps {
    /// The name the file gets.
    pub(crate) name: AttrValue,
    pub(crate) mime: AttrValue,
    pub(crate) text: AttrValue,
    /// What it is, for people who do not see what stands beside the button.
    pub(crate) what: AttrValue,
}

/// A button that saves a text as a file.
#[component]
pub(crate) fn Save(props: &SaveProps) -> Html {
    let onclick = {
        let SaveProps { name, mime, text, .. } = props.clone();
        move |_: MouseEvent| {
            // Without a page there is nobody to save for.
            let _ = save(&name, &mime, &text);
        }
    };
    html! {
        <button type="button" class="copy" {onclick}>
            { "Save" }
            <span class="visually-hidden">{ " " }{ props.what.clone() }</span>
        </button>
    }
}

fn save(name: &str, mime: &str, text: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads it a little later.
    Timeout::new(10_000, move || {
        // It is ours.
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}
