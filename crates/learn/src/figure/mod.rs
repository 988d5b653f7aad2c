//! Figures. They move where motion explains; every one is complete without it, and says in words what it shows.

mod claim;
mod click;
mod stream;
mod timeline;

use maud::{Markup, html};

use crate::example::Shown;

/// The figures that are drawn by hand; those of rollouts are drawn from the simulation, see [`outlook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Figure {
    /// Two pods and a stream of events.
    Stream,
    /// A click that lands on the wrong pod.
    Click,
    /// A claim that cannot attach.
    Claim,
}

impl Figure {
    /// The figure of a finding.
    pub(crate) fn of(id: &str) -> Option<Self> {
        match id {
            "sse-pod-local" => Some(Self::Stream),
            "ask-user-pod-local" => Some(Self::Click),
            "rolling-on-rwo" => Some(Self::Claim),
            _ => None,
        }
    }

    pub(crate) fn html(self) -> Markup {
        match self {
            Self::Stream => stream::figure(),
            Self::Click => click::figure(),
            Self::Claim => claim::figure(),
        }
    }
}

/// The simulated rollout of an example, its worst case, drawn to scale; nothing where there is none, or where it has more
/// pods than a figure can show.
pub(crate) fn outlook(shown: &Shown) -> Markup {
    let outlook = shown.answer().and_then(|answer| answer.outlooks.first());
    match outlook.and_then(timeline::figure) {
        Some(figure) => html! { h2 { "The rollout, simulated" } (figure) },
        None => Markup::default(),
    }
}

/// A drawing that moves as long as its box is ticked, with the steps it shows.
fn moving(id: &str, title: &str, drawing: &Markup, words: &Markup) -> Markup {
    let (title_id, box_id) = (format!("{id}-title"), format!("{id}-motion"));
    html! {
        figure class="figure" aria-labelledby=(title_id) {
            figcaption id=(title_id) { (title) }
            input class="motion" type="checkbox" id=(box_id) checked;
            label class="motion-label" for=(box_id) { "Motion" span class="visually-hidden" { ": " (title) } }
            // On a narrow screen it is wider than its frame.
            div class="frame" role="img" tabindex="0" aria-label={ "Drawing: " (title) ". The text below it says the same." } {
                (drawing)
            }
            (words)
        }
    }
}

/// The steps that a drawing shows.
fn steps(steps: &[&str]) -> Markup {
    html! { ol class="steps" { @for step in steps { li { (step) } } } }
}

/// A labelled box.
fn node(x: u32, y: u32, width: u32, lines: &[&str], class: &str) -> Markup {
    let height = 22 + 18 * lines.len();
    html! {
        g class={ "node " (class) } {
            rect x=(x) y=(y) width=(width) height=(height) rx="6" {}
            @for (at, line) in lines.iter().enumerate() {
                text x=(x + width / 2) y=(y as usize + 25 + 18 * at) text-anchor="middle"
                    class=(if at == 0 { "node-name" } else { "node-line" }) { (line) }
            }
        }
    }
}
