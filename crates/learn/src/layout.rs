//! What all pages have: head, masthead, footer.

use maud::{DOCTYPE, Markup, html};

/// Stricter than the main page's: nothing here runs WebAssembly or fetches.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                      form-action 'none'; require-trusted-types-for 'script'";

/// Where a page stands: how it reaches the main page and the index.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// `learn/`
    Index,
    /// `learn/ID/`
    Below,
}

impl Place {
    /// The way to the main page's folder.
    pub(crate) const fn root(self) -> &'static str {
        match self {
            Self::Index => "../",
            Self::Below => "../../",
        }
    }
}

/// The picture beside a link to a page; whoever shows one asks for a whole address.
const CARD: &str = "https://rollcast.github.io/rollcast/learn/card.png";

/// A whole document. The names of the style sheet, the script and the icon are filled in when the site is sealed.
pub(crate) fn document(place: Place, title: &str, description: &str, main: &Markup) -> String {
    let root = place.root();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Rollcast" }
                meta name="description" content=(description);
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content="#f4f6f8" media="(prefers-color-scheme: light)";
                meta name="theme-color" content="#0e1318" media="(prefers-color-scheme: dark)";
                meta property="og:type" content="article";
                meta property="og:title" content=(title);
                meta property="og:description" content=(description);
                meta property="og:image" content=(CARD);
                meta name="twitter:card" content="summary_large_image";
                link rel="icon" type="image/svg+xml" href={ (root) "learn/icon.svg" };
                link rel="stylesheet" href={ (root) "learn/learn.css" } integrity="sha384-learn/learn.css";
                script type="module" src={ (root) "learn/learn.js" } integrity="sha384-learn/learn.js" {}
            }
            body {
                a class="skip" href="#content" { "Skip to the content" }
                header class="masthead" {
                    a class="home" href=(root) {
                        svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
                            rect class="logo-old" x="3" y="7" width="18" height="7" rx="2" {}
                            rect class="logo-new" x="11" y="18" width="18" height="7" rx="2" {}
                        }
                        "Rollcast"
                    }
                    nav aria-label="Site" {
                        @match place {
                            Place::Index => a href="./" aria-current="page" { "Learn" },
                            Place::Below => a href="../" { "Learn" },
                        }
                        a href=(root) { "Forecast a rollout" }
                    }
                }
                main id="content" tabindex="-1" { (main) }
                footer class="colophon" {
                    p {
                        "What these pages say of findings comes from the definitions the engine uses, and every verdict on \
                         them was computed when they were built. Rollcast is not part of Lobu, Helm or Kubernetes."
                    }
                }
            }
        }
    }
    .into_string()
}

/// Something to copy; the button appears where a script can copy.
pub(crate) fn code(text: &str, label: &str) -> Markup {
    html! {
        div class="command" {
            pre tabindex="0" role="group" aria-label=(label) { code { (text) } }
            button class="copy" type="button" hidden {
                span aria-live="polite" { "Copy" }
                span class="visually-hidden" { ": " (label) }
            }
        }
    }
}
