use maud::{Markup, html};

use super::{moving, node, steps};

/// A click that reaches the pod that did not ask.
pub(super) fn figure() -> Markup {
    let drawing = html! {
        svg class="drawing click" viewBox="0 0 660 220" aria-hidden="true" focusable="false" {
            path class="wire" d="M150 92H270" {}
            path class="wire" d="M380 92L450 62M380 92L450 158" {}
            (node(10, 62, 140, &["User", "clicks “Yes”"], ""))
            (node(270, 62, 110, &["Service", "picks a pod"], ""))
            (node(450, 30, 200, &["Old pod", "asked the question,", "waits"], "old"))
            (node(450, 126, 200, &["New pod", "knows of no", "question"], "new"))
            g class="lost" { path d="M530 202l12 12m0-12l-12 12" {} text x="552" y="213" { "dropped" } }
            circle class="token" cx="150" cy="92" r="7" {}
        }
    };
    let words = steps(&[
        "The old pod asks with buttons and keeps the question in its own memory.",
        "The user clicks; the click goes to whichever pod the Service or the ingress picks.",
        "The new pod knows of no such question and drops the click, with a debug message at most.",
        "The agent on the old pod waits in vain.",
    ]);
    moving("click", "A click on the wrong pod", &drawing, &words)
}
