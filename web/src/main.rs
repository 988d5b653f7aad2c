//! The Rollcast page.
#![forbid(unsafe_code)]

mod app;
mod browser;
mod rich;
mod scenarios;
mod share;
mod state;
mod text;
mod tour;
mod view;
mod words;

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use app::{App, AppProps};

/// Takes over from the plain page in `index.html`, with what was typed there.
fn main() {
    let Some(host) = browser::host("app") else { return };
    let field = browser::host("shell-text").and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
    let content = field.as_ref().map(HtmlTextAreaElement::value).unwrap_or_default();
    let selected = field.filter(browser::has_focus).map(|field| {
        let at = |end: Option<u32>| text::byte(&content, end.unwrap_or(0));
        (
            at(field.selection_start().ok().flatten()),
            at(field.selection_end().ok().flatten()),
        )
    });
    let props = AppProps {
        text: content.into(),
        selected,
    };
    yew::Renderer::<App>::with_root_and_props(host, props).render();
}
