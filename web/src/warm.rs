//! Browsers compile a function of WebAssembly when it is first called. Here the core's are called a piece at a time, before
//! anybody waits for them: all at once, they would hold up the browser for longer than a keystroke may take.
//! What the second part adds to them, `opening::take_over` calls.

use rollcast_chart::Release;
use rollcast_core::conclude;
use rollcast_values::Value;

use crate::browser;

/// Reads, renders and forecasts.
pub(crate) async fn up() {
    browser::turn().await;
    let release = Release::by_default();
    let defaults = release.defaults();
    browser::turn().await;
    drop(release.render(&Value::Map(defaults.clone())));
    browser::turn().await;
    drop(conclude(Vec::new()));
    browser::turn().await;
}
