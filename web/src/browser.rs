//! What the page asks of the browser outside of Yew.

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement};

/// The page's document; none where the build draws the page.
pub(crate) fn document() -> Option<Document> {
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    web_sys::window()?.document()
}

/// The time, in milliseconds.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// Lets the browser do what waits, such as a keystroke or a frame. What follows is a task of its own.
pub(crate) async fn turn() {
    TimeoutFuture::new(0).await;
}

fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// An element that is not in the page.
pub(crate) fn detached(name: &str) -> Option<Element> {
    document()?.create_element(name).ok()
}

/// The host of a part of the page that stands in `index.html`.
pub(crate) fn host(id: &str) -> Option<Element> {
    element(id)
}

/// The elements right inside another.
pub(crate) fn children(element: &Element) -> Vec<Element> {
    let children = element.children();
    (0..children.length()).filter_map(|at| children.item(at)).collect()
}

/// The first element of a selector inside another.
pub(crate) fn within(element: &Element, selector: &str) -> Option<Element> {
    element.query_selector(selector).ok().flatten()
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
    document().and_then(|document| document.active_element()).as_ref() == Some(element.as_ref())
}

/// Whether the reader asked the system for less motion.
pub(crate) fn prefers_reduced_motion() -> bool {
    web_sys::window()
        .and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten())
        .is_some_and(|query| query.matches())
}

/// Sets or removes an attribute of the page's root, by which style sheets follow what the page is set to.
pub(crate) fn set_root_attribute(name: &str, value: Option<&str>) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // A sound name is never refused.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Sets or removes a property for the style sheets on the page's root. The policy forbids it as an attribute.
pub(crate) fn set_root_property(name: &str, value: Option<&str>) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root.as_ref().and_then(|root| root.dyn_ref::<HtmlElement>()) {
        // A sound name is never refused.
        let _ = match value {
            Some(value) => root.style().set_property(name, value),
            None => root.style().remove_property(name).map(drop),
        };
    }
}

/// Brings the first element of a selector into view.
pub(crate) fn scroll_to(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        element.scroll_into_view();
    }
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// Says to `web/boot.js` that nothing more will be fetched for the page.
    #[wasm_bindgen(js_namespace = rollcast, js_name = settled, catch)]
    fn call_settled() -> Result<(), JsValue>;

    /// Says to `web/boot.js` that a part of the page cannot be had.
    #[wasm_bindgen(js_namespace = rollcast, js_name = incomplete, catch)]
    fn call_incomplete() -> Result<(), JsValue>;
}

/// Says that a part of the page cannot be had.
pub(crate) fn incomplete() {
    // Without boot.js there is nobody to tell.
    let _ = call_incomplete();
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
    let field = document()?.active_element()?;
    let field = field.dyn_into::<web_sys::HtmlTextAreaElement>().ok()?;
    let at = |end: Result<Option<u32>, JsValue>| end.ok().flatten();
    at(field.selection_start()).zip(at(field.selection_end()))
}
