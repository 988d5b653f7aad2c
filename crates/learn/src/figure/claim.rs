use maud::{Markup, html};

use super::{moving, node, steps};

/// A ReadWriteOnce volume that stays with the old pod's node.
pub(super) fn figure() -> Markup {
    let drawing = html! {
        svg class="drawing claim" viewBox="0 0 660 240" aria-hidden="true" focusable="false" {
            rect class="place" x="10" y="10" width="300" height="220" rx="8" {}
            text class="place-name" x="24" y="34" { "Node A" }
            rect class="place" x="350" y="10" width="300" height="220" rx="8" {}
            text class="place-name" x="364" y="34" { "Node B" }
            path class="wire open" d="M160 108V162" {}
            path class="wire refused" d="M400 108C360 190 320 190 235 190" {}
            (node(60, 50, 200, &["Old pod", "ready, serves"], "old"))
            (node(400, 50, 200, &["New pod", "ContainerCreating"], "new"))
            (node(85, 162, 150, &["Volume", "attached to node A"], ""))
            g class="lost" { path d="M324 172l12 12m0-12l-12 12" {} text x="364" y="205" { "Multi-Attach error" } }
            circle class="token" cx="400" cy="108" r="7" {}
        }
    };
    let words = steps(&[
        "The volume is attached to node A, where the old pod uses it.",
        "The new pod lands on node B and asks for the same volume. ReadWriteOnce is one node at a time, so it waits.",
        "With maxUnavailable 0 the old pod is stopped only when the new one is ready, and that is never.",
        "The old version goes on serving; the rollout stands still until somebody steps in.",
    ]);
    moving("claim", "A claim that cannot attach", &drawing, &words)
}
