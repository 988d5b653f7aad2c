use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FileList, HtmlInputElement};
use yew::{platform::spawn_local, prelude::*};

use crate::state::Action;

/// Opens files from the reader's disk.
pub(super) fn button(send: &Callback<Action>) -> Html {
    let send = send.clone();
    let onchange = move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        if let Some(list) = input.files() {
            open(&list, send.clone());
        }
        // So that the same file can be opened again.
        input.set_value("");
    };
    html! {
        <label class="text-button">
            <input class="visually-hidden" type="file" multiple=true {onchange} />
            { "Open files…" }
        </label>
    }
}

/// Reads files and sends them together, in order. A file that is not UTF-8 is shown as far as it is.
pub(super) fn open(list: &FileList, send: Callback<Action>) {
    let files: Vec<_> = (0..list.length()).filter_map(|at| list.get(at)).collect();
    spawn_local(async move {
        let mut texts = Vec::new();
        for file in files {
            let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
                continue;
            };
            let bytes = Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec();
            texts.push((file.name(), String::from_utf8_lossy(&bytes).into_owned()));
        }
        send.emit(Action::Open(texts));
    });
}
