//! What outlives the page: nothing, unless the reader asks for it.

use rollcast_share::Link;
use wasm_bindgen::JsValue;
use web_sys::{History, Storage};

use super::convert;
use crate::state::Draft;

const KEY: &str = "rollcast";

fn storage() -> Option<Storage> {
    // Some browsers refuse it in private windows.
    web_sys::window()?.local_storage().ok().flatten()
}

/// What was kept on this device, if the reader asked for that.
pub(crate) fn remembered() -> Option<Draft> {
    let text = storage()?.get_item(KEY).ok().flatten()?;
    Link::from_json(&text).ok().map(convert::draft)
}

/// Whether something is kept on this device.
pub(crate) fn is_remembering() -> bool {
    storage().is_some_and(|storage| storage.get_item(KEY).is_ok_and(|kept| kept.is_some()))
}

/// Keeps what is entered on this device; `false` where the browser refuses.
pub(crate) fn remember(draft: &Draft) -> bool {
    storage().is_some_and(|storage| storage.set_item(KEY, &convert::whole(draft).to_json()).is_ok())
}

/// Removes it.
pub(crate) fn forget() {
    if let Some(storage) = storage() {
        // What is not there need not be removed.
        let _ = storage.remove_item(KEY);
    }
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

/// Hands what is entered to the page that this tab loads next. It stays in the tab, out of its address.
pub(crate) fn hand_over(draft: &Draft) {
    if let Some(history) = history() {
        // A browser that refuses, because the text is too long, loads the new page without it.
        let _ = history.replace_state(&JsValue::from_str(&convert::whole(draft).to_json()), "");
    }
}

/// Takes what the page before this one handed over.
pub(crate) fn handed_over() -> Option<Draft> {
    let history = history()?;
    let text = history.state().ok()?.as_string()?;
    // Otherwise it would come back whenever the page is loaded again.
    let _ = history.replace_state(&JsValue::NULL, "");
    Link::from_json(&text).ok().map(convert::draft)
}
