//! What the page shows before it works: its own first drawing, which the build puts into `index.html`. It is the answer
//! to an empty text; `web/opening.js` covers it where a visit asks for another.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};

use crate::app::{App, AppProps};
use crate::share;
use crate::state::{Action, Aim, Draft, State, Target};
use crate::{browser, text};

/// The page as it opens without a browser: in the build.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn html() -> Option<String> {
    let start = Rc::new(State::new(String::new()));
    let drawing = yew::LocalServerRenderer::<App>::with_props(AppProps { start, at_once: true }).hydratable(false);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.ok().map(|runtime| runtime.block_on(drawing.render()))
}

/// In a browser it stands there already.
#[cfg(target_arch = "wasm32")]
pub(crate) fn html() -> Option<String> {
    None
}

/// The text field of the first drawing.
pub(crate) fn field(page: &Element) -> Option<HtmlTextAreaElement> {
    browser::within(page, "textarea.editor-text")?.dyn_into().ok()
}

/// Draws the live page in the place of the first drawing, with what was typed there.
pub(crate) async fn take_over() {
    let blank = State::new(String::new());
    // To answer and to draw in one task would hold up the browser.
    browser::turn().await;
    let Some(host) = browser::host("app") else { return };
    let field = field(&host);
    let content = field.as_ref().map(HtmlTextAreaElement::value).unwrap_or_default();
    let selected = field.filter(browser::has_focus).map(|field| {
        let at = |end: Option<u32>| text::byte(&content, end.unwrap_or(0));
        (
            at(field.selection_start().ok().flatten()),
            at(field.selection_end().ok().flatten()),
        )
    });
    let start = Rc::new(start(blank, content, selected));
    // An empty text still has the answer that stands there.
    let at_once = start.draft != Draft::new(String::new());
    // What has no such attribute refuses nothing.
    let _ = host.remove_attribute("data-opening");
    // All it draws is in a place of the page.
    let Some(root) = browser::detached("div") else { return };
    yew::Renderer::<App>::with_root_and_props(root, AppProps { start, at_once }).render();
}

/// The state to begin with, made from a blank one: what was handed over, what the address asks for, what was typed (and
/// selected, in bytes, where the focus was there) before the page worked, or what this device remembers.
fn start(blank: State, typed: String, selected: Option<(usize, usize)>) -> State {
    let untouched = typed.is_empty();
    let mut state = blank;
    state.apply(Action::Edit {
        id: state.draft.front,
        text: typed.into(),
    });
    let asked = share::Asked::here();
    let action = match (share::handed_over().or(asked.draft), asked.scenario) {
        (Some(draft), _) => Some(Action::Take(Box::new(draft))),
        (None, Some(scenario)) => Some(Action::Load(scenario)),
        (None, None) if untouched => share::remembered().map(|draft| Action::Take(Box::new(draft))),
        (None, None) => None,
    };
    if let Some(action) = action {
        state.apply(action);
    } else {
        state.aim = selected.map(|(start, end)| Aim {
            target: Target::File {
                id: state.draft.front,
                bytes: start..end,
            },
            number: 0,
        });
    }
    if let Some(problem) = asked.problem {
        state.apply(Action::BadLink(problem));
    }
    state
}
