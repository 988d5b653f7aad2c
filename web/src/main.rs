//! The Rollcast page. In a browser it runs; elsewhere it prints what the page opens with, which is how the build gets it.
#![forbid(unsafe_code)]

mod app;
mod browser;
mod first;
mod opening;
mod rich;
mod scenarios;
mod share;
mod state;
mod text;
mod tour;
mod view;
mod warm;
mod words;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

fn main() {
    if let Some(html) = opening::html() {
        print!("{html}");
        return;
    }
    let first = browser::host("app").as_ref().and_then(first::follow);
    // It is fetched meanwhile; whether it came, `page` tells.
    spawn_local(async { drop(fetch_page().await) });
    spawn_local(async move {
        warm::up().await;
        match page().await {
            Ok(()) => drop(first),
            Err(_) => {
                if let Some(first) = first {
                    first.forget();
                }
                browser::incomplete();
            }
        }
    });
}

/// The page itself. What only it reaches is a file of its own, fetched now (`xtask/wasm-bindgen`).
#[wasm_split(page, preload(fetch_page), fallible)]
fn page() -> Result<(), SplitLoaderError> {
    spawn_local(opening::take_over());
    Ok(())
}
