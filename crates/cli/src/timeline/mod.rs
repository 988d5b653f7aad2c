//! A forecast drawn to scale, for terminals and as SVG, from one description of its rows.

mod ascii;
mod rows;
mod seconds;
pub(crate) mod svg;
pub(crate) mod text;

pub(crate) use ascii::Glyphs;
pub(crate) use seconds::range;
