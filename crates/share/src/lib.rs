//! Links that carry what was asked, so that another person sees the same answer.
//!
//! A link is made only when asked for. [`reduce()`] keeps what decides: keys the chart release reads, as far as they differ
//! from its defaults, secrets masked; it says what it left out. [`Link`] turns the result into the part of an address
//! behind `#`, which browsers send to nobody, and back. Links of earlier versions of Rollcast stay readable, those of
//! later ones say so.
#![forbid(unsafe_code)]

mod error;
mod fragment;
mod link;
mod pack;
mod payload;
mod reduce;
mod secret;
mod set;

pub use error::LinkError;
pub use fragment::Fragment;
pub use link::{Before, LIMIT, LONG, Link, Side};
pub use reduce::{Reduced, reduce};
pub use secret::conceal;
pub use set::{quoted, set_flags};
