use std::cell::RefCell;

use gloo::timers::callback::Timeout;
use web_sys::Element;
use yew::{prelude::*, virtual_dom::VNode};

use crate::state::Shared;

/// Parts of the page's first drawing, which stand until the live ones take their place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Still(Shared<RefCell<Vec<Element>>>);

impl Still {
    pub(crate) fn new(parts: Vec<Element>) -> Self {
        Self(Shared::new(RefCell::new(parts)))
    }

    /// The parts, while they stand.
    pub(crate) fn html(&self) -> Option<Html> {
        let parts = self.0.borrow();
        (!parts.is_empty()).then(|| parts.iter().map(|part| VNode::VRef(part.clone().into())).collect())
    }

    /// They stand no longer.
    pub(crate) fn fall(&self) {
        self.0.borrow_mut().clear();
    }
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
