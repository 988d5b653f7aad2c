//! The part of the page's address behind `#`.

use gloo::events::EventListener;
use rollcast_share::{Fragment, Link, LinkError};
use yew::prelude::*;

use super::convert;
use crate::scenarios;
use crate::state::{Action, Draft};

/// What the address asks for.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) draft: Option<Draft>,
    pub(crate) scenario: Option<&'static scenarios::Scenario>,
    pub(crate) problem: Option<LinkError>,
    pub(crate) embed: bool,
}

impl Asked {
    /// Reads a fragment.
    pub(crate) fn read(fragment: &str) -> Self {
        let Fragment { link, scenario, embed } = Fragment::read(fragment);
        let (draft, problem) = match link {
            Some(Ok(link)) => (Some(convert::draft(link)), None),
            Some(Err(problem)) => (None, Some(problem)),
            None => (None, None),
        };
        Self {
            draft,
            problem,
            scenario: scenario.and_then(|id| scenarios::ALL.iter().find(|scenario| scenario.id == id)),
            embed,
        }
    }

    /// Reads the page's own.
    pub(crate) fn here() -> Self {
        Self::read(&fragment())
    }
}

fn fragment() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// The page's address with a fragment that says `link`.
///
/// # Errors
/// Those of [`Link::encode`].
pub(crate) fn address(link: &Link) -> Result<String, LinkError> {
    let here = web_sys::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default();
    let page = here.split('#').next().unwrap_or_default();
    Ok(format!("{page}#{}", Fragment::write(link)?))
}

/// Removes a link from the address once it no longer says what is entered.
pub(crate) fn drop_link() {
    let is_link = Fragment::read(&fragment()).link.is_some();
    if let Some(history) = web_sys::window()
        .and_then(|window| window.history().ok())
        .filter(|_| is_link)
    {
        let embed = if Asked::here().embed { "#embed" } else { "#" };
        // The address then is a little too long, which harms nobody.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(embed));
    }
}

/// Follows the address while the page is open: a link may be pasted over it.
#[hook]
pub(crate) fn use_address(send: Callback<Action>) {
    use_effect_with((), move |()| {
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| {
                let asked = Asked::here();
                if let Some(draft) = asked.draft {
                    send.emit(Action::Take(Box::new(draft)));
                } else if let Some(scenario) = asked.scenario {
                    send.emit(Action::Load(scenario));
                }
                if let Some(problem) = asked.problem {
                    send.emit(Action::BadLink(problem));
                }
            })
        });
        move || drop(listener)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_asks_for_a_draft_a_scenario_or_nothing() {
        let link = convert::whole(&Draft::new("app: {replicaCount: 3}\n".to_owned()));
        let asked = Asked::read(&format!("#embed&{}", Fragment::write(&link).unwrap()));
        assert!(asked.embed);
        assert_eq!(asked.draft.unwrap().tabs[0].text, "app: {replicaCount: 3}\n");
        let first = &scenarios::ALL[0];
        let asked = Asked::read(&format!("#scenario={}", first.id));
        assert_eq!(asked.scenario, Some(first));
        assert!(asked.draft.is_none() && asked.problem.is_none() && !asked.embed);
        assert_eq!(Asked::read("#v1=x").problem, Some(LinkError::Damaged));
    }
}
