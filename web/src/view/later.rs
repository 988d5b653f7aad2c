use std::{cell::RefCell, rc::Rc};

use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// `now`, as it was before the last change until a frame is on the screen: typing waits for the verdict and for nothing
/// else, and what changes again before that is drawn once. It begins with `first`.
#[hook]
pub(crate) fn use_after_paint<T>(now: &T, first: impl FnOnce() -> Option<T>) -> Option<T>
where
    T: PartialEq + Clone + 'static,
{
    let shown = use_state_eq(first);
    {
        let shown = shown.clone();
        use_effect_with(now.clone(), move |now| {
            let news = shown.as_ref() != Some(now);
            let now = now.clone();
            let later = news.then(|| AfterPaint::new(move || shown.set(Some(now))));
            move || drop(later)
        });
    }
    (*shown).clone()
}

/// Counts tasks from 0 up to `last`, or is `last` from the beginning: a page that is drawn in one task holds up the browser.
#[hook]
pub(crate) fn use_turn(last: u32, at_once: bool) -> u32 {
    let turn = use_state_eq(|| if at_once { last } else { 0 });
    {
        let turn = turn.clone();
        use_effect_with(*turn, move |&now| {
            let next = (now < last).then(|| Timeout::new(0, move || turn.set(now + 1)));
            move || drop(next)
        });
    }
    *turn
}

/// Something to do once a frame is on the screen, unless this is dropped before.
pub(crate) struct AfterPaint {
    _frame: AnimationFrame,
    _message: Rc<RefCell<Option<Timeout>>>,
}

impl AfterPaint {
    pub(crate) fn new(task: impl FnOnce() + 'static) -> Self {
        let message = Rc::new(RefCell::new(None));
        let frame = {
            let message = Rc::clone(&message);
            // It is called before the frame is painted.
            request_animation_frame(move |_| *message.borrow_mut() = Some(Timeout::new(0, task)))
        };
        Self {
            _frame: frame,
            _message: message,
        }
    }
}
