//! YAML as Helm's reader sees it: libyaml's grammar as a stream of events with marks, and libyaml's emitter.
//!
//! Helm reads values with a Go port of libyaml and YAML 1.1 scalars, so this crate drives the published translation of
//! libyaml (`unsafe-libyaml`) and is the only place of the workspace where `unsafe` is allowed. It knows nothing about
//! Helm's typing: scalars stay text.
//!
//! ```
//! use rollcast_yaml::{Event, Parser};
//!
//! let mut parser = Parser::new("replicas: 2".as_bytes());
//! let mut scalars = Vec::new();
//! while let Some((event, _span)) = parser.next_event()? {
//!     if let Event::Scalar(scalar) = event {
//!         scalars.push(scalar.text);
//!     }
//! }
//! assert_eq!(scalars, ["replicas", "2"]);
//! # Ok::<(), rollcast_yaml::Error>(())
//! ```
#![allow(unsafe_code)]
#![deny(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks)]

mod emitter;
mod engine;
mod error;
mod mark;
mod parser;
mod source;

pub use emitter::{Output, Style, emit};
pub use error::{Error, Stage};
pub use mark::{Mark, Span};
pub use parser::{Event, Layout, Parser, Scalar};
pub use source::end_of;
