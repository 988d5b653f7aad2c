use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use crate::browser;

/// What the editor may take of the width, in percent.
const NARROWEST: i32 = 25;
const WIDEST: i32 = 70;
const USUAL: i32 = 42;

/// The line between the values and the answer, which can be moved by pointer and by key; a double click brings it back.
#[component]
pub(crate) fn Divider() -> Html {
    let share = use_state_eq(|| USUAL);
    use_effect_with(*share, |share| {
        // Every style of the page is computed again for it.
        let moved = (*share != USUAL).then(|| format!("{share}%"));
        browser::set_root_property("--split", moved.as_deref());
    });
    let to = {
        let share = share.setter();
        move |percent: i32| share.set(percent.clamp(NARROWEST, WIDEST))
    };
    let onkeydown = {
        let (to, now) = (to.clone(), *share);
        move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowLeft" => now - 2,
                "ArrowRight" => now + 2,
                "Home" => NARROWEST,
                "End" => WIDEST,
                _ => return,
            };
            event.prevent_default();
            to(next);
        }
    };
    let onpointerdown = |event: PointerEvent| {
        let line = event.target_dyn_into::<Element>();
        if let Some(line) = line {
            // A pointer that is gone already moves nothing.
            let _ = line.set_pointer_capture(event.pointer_id());
        }
    };
    let onpointermove = {
        let to = to.clone();
        move |event: PointerEvent| {
            if event.buttons() & 1 == 0 {
                return;
            }
            if let Some(page) = browser::host("app") {
                let rect = page.get_bounding_client_rect();
                #[expect(clippy::cast_possible_truncation, reason = "clamped where it is set")]
                to(((f64::from(event.client_x()) - rect.left()) / rect.width() * 100.0) as i32);
            }
        }
    };
    let ondblclick = move |_: MouseEvent| to(USUAL);
    html! {
        <div
            class="divider" role="separator" tabindex="0" aria-orientation="vertical" aria-label="Width of the values"
            aria-valuenow={share.to_string()} aria-valuemin={NARROWEST.to_string()} aria-valuemax={WIDEST.to_string()}
            title="Drag, or press the arrow keys" {onkeydown} {onpointerdown} {onpointermove} {ondblclick}
        />
    }
}
