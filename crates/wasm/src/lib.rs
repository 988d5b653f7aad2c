//! Rollcast for JavaScript.
#![forbid(unsafe_code)]
