use std::rc::Rc;

use gloo::{events::EventListener, timers::callback::Timeout};
use yew::prelude::*;

use super::{address, store};
use crate::state::Draft;

/// The event by which `web/boot.js` says that a new version of the page is about to be loaded.
const LEAVING: &str = "rollcast-leaving";

/// So long after the last change it is kept, in milliseconds.
const REST: u32 = 400;

/// Keeps what is entered where the reader wants it kept, hands it over to a new version of the page, and takes a link out
/// of the address once it no longer says what is entered.
#[hook]
pub(crate) fn use_keeping(draft: &Draft) {
    let latest = use_mut_ref(|| draft.clone());
    {
        let latest = Rc::clone(&latest);
        use_effect_with(draft.clone(), move |draft| {
            *latest.borrow_mut() = draft.clone();
            check_link(draft);
            let draft = draft.clone();
            let later = store::is_remembering().then(|| {
                Timeout::new(REST, move || {
                    // The reader may have cleared it since.
                    if store::is_remembering() {
                        // What this browser no longer takes stays on the page.
                        let _ = store::remember(&draft);
                    }
                })
            });
            move || drop(later)
        });
    }
    use_effect_with((), move |()| {
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, LEAVING, move |_| store::hand_over(&latest.borrow())));
        move || drop(listener)
    });
}

/// Takes the link out of the address unless it says this very thing.
fn check_link(draft: &Draft) {
    if address::Asked::here()
        .draft
        .is_some_and(|asked| asked.request() != draft.request())
    {
        address::drop_link();
    }
}
