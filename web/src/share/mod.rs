//! Passing on what is entered and what was answered: links, texts, files.

mod address;
mod convert;
mod dialog;
mod keep;
mod store;
mod texts;

pub(crate) use address::{Asked, use_address};
pub(crate) use dialog::Share;
pub(crate) use keep::use_keeping;
pub(crate) use store::{handed_over, remembered};
