//! What the page asks of the browser outside of Yew.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

fn element(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// The host of a part of the page that stands in `index.html`.
pub(crate) fn host(id: &str) -> Option<Element> {
    element(id)
}

/// Brings an element into view, opens it if it is folded, and puts the focus on it.
pub(crate) fn show(id: &str) {
    let Some(element) = element(id) else { return };
    if let Ok(Some(folded)) = element.query_selector("details") {
        // Only an element that has no such attribute refuses it.
        let _ = folded.set_attribute("open", "");
    }
    let _ = element.set_attribute("tabindex", "-1");
    element.scroll_into_view();
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Without focus it is still in view.
        let _ = element.focus();
    }
}

/// Whether the focus is on an element.
pub(crate) fn has_focus(element: &impl AsRef<Element>) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|document| document.active_element()).as_ref() == Some(element.as_ref())
}

/// Whether the reader asked the system for less motion.
pub(crate) fn prefers_reduced_motion() -> bool {
    web_sys::window()
        .and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten())
        .is_some_and(|query| query.matches())
}

/// Sets or removes the theme on the page's root; without one the system's is used.
pub(crate) fn set_theme(theme: Option<&str>) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // An attribute of this name is never refused.
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// Says to `web/boot.js` that nothing more will be fetched for the page.
    #[wasm_bindgen(js_namespace = rollcast, js_name = settled, catch)]
    fn call_settled() -> Result<(), JsValue>;
}

/// Says that nothing more will be fetched.
pub(crate) fn settled() {
    // Without boot.js there is nobody to tell.
    let _ = call_settled();
}

/// Opens the browser's print dialog.
pub(crate) fn print() {
    if let Some(window) = web_sys::window() {
        // A browser without printers says so itself.
        let _ = window.print();
    }
}

/// What is selected in the text field that has the focus, in UTF-16 units.
pub(crate) fn selected_text() -> Option<(u32, u32)> {
    let field = web_sys::window()?.document()?.active_element()?;
    let field = field.dyn_into::<web_sys::HtmlTextAreaElement>().ok()?;
    let at = |end: Result<Option<u32>, JsValue>| end.ok().flatten();
    at(field.selection_start()).zip(at(field.selection_end()))
}
