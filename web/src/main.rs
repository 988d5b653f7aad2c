//! The Rollcast page. In a browser it runs; elsewhere it prints what the page opens with, which is how the build gets it.
#![forbid(unsafe_code)]

mod app;
mod browser;
mod opening;
mod rich;
mod scenarios;
mod share;
mod state;
mod text;
mod tour;
mod view;
mod words;

fn main() {
    match opening::html() {
        Some(html) => print!("{html}"),
        None => opening::take_over(),
    }
}
