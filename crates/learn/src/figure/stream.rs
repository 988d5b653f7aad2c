use maud::{Markup, html};

use super::{moving, node, steps};

/// A reply that the pod without the stream takes.
pub(super) fn figure() -> Markup {
    let drawing = html! {
        svg class="drawing stream" viewBox="0 0 660 230" aria-hidden="true" focusable="false" {
            path class="wire open" d="M150 82H240" {}
            path class="wire" d="M440 70H510M440 168L510 100" {}
            (node(10, 52, 140, &["Browser", "reads a stream"], ""))
            (node(240, 30, 200, &["Old pod", "holds the stream,", "is sent nothing"], "old"))
            (node(240, 138, 200, &["New pod", "holds no stream,", "takes the reply"], "new"))
            (node(510, 52, 140, &["Postgres", "reply rows"], ""))
            g class="lost" { path d="M330 214l12 12m0-12l-12 12" {} text x="352" y="225" { "dropped" } }
            circle class="token" cx="510" cy="100" r="7" {}
        }
    };
    let words = steps(&[
        "A browser holds a stream of events from one pod.",
        "The agent's reply is a row in Postgres, and any pod may take it: here the other one does.",
        "That pod has no stream of this conversation. It sends the reply to nobody and marks the row as done.",
        "Nothing sends it again: the browser goes on waiting.",
    ]);
    moving("stream", "Two pods and one stream", &drawing, &words)
}
