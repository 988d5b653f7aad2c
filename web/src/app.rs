use std::cell::Cell;
use std::ops::ControlFlow;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use rollcast_core::{Answer, Evaluation, Outcome, Report};
use yew::{create_portal, platform::spawn_local, prelude::*};

use crate::browser;
use crate::share;
use crate::state::{Action, Draft, State};
use crate::tour::Tour;
use crate::view::{
    Announcer, Behind, Divider, Editor, Origins, Place, ThemeSwitch, bar, failure, failure_announcement, use_turn,
    verdict, verdict_announcement,
};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AppProps {
    /// What the page opens with.
    pub(crate) start: Rc<State>,
    /// Whether nothing of the first drawing holds: else it goes part by part.
    pub(crate) at_once: bool,
}

/// The page.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let state = use_reducer_eq(|| (*props.start).clone());
    let send = {
        let dispatcher = state.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };
    use_search(&state.draft, &send);
    share::use_address(send.clone());
    share::use_keeping(&state.draft);
    let turn = use_turn(2, props.at_once);
    let release = state.good.as_ref().and_then(|report| report.release.as_ref());
    let stale = state.failure.is_some();
    html! {
        <>
            <Place id="place-entry" ready={true}>
                <Editor
                    draft={state.draft.clone()} failure={state.failure.clone()}
                    release={release.map(|release| AttrValue::from(release.summary.clone()))}
                    report={state.good.clone()} bad_link={state.bad_link} aim={state.aim.clone()} scenario={state.scenario} replaced={state.replaced.is_some()} send={send.clone()}
                />
                <Divider />
                <Announcer text={announcement(&state)} />
            </Place>
            // The places in it stay.
            <Place id="place-answer" class="answer" ready={false}>
                <Place id="place-verdict" ready={turn > 0}>
                    if turn > 0 {
                        { verdict_pane(&state, &send) }
                    }
                </Place>
                <Behind
                    report={state.good.clone()} {stale} draft={state.draft.clone()} outlook={state.outlook} at_once={props.at_once}
                    send={send.clone()}
                />
            </Place>
            if let Some(host) = browser::host("masthead-controls").filter(|_| turn > 1) {
                { create_portal(html! { <><Tour draft={state.draft.clone()} scenario={state.scenario} {send} /><share::Share draft={state.draft.clone()} report={state.good.clone().filter(|_| !stale)} /><ThemeSwitch /></> }, host) }
            }
        </>
    }
}

/// The answer in brief, or why there is none.
fn verdict_pane(state: &State, send: &Callback<Action>) -> Html {
    let stale = state.failure.is_some();
    html! {
        <section class="verdict-pane" aria-label="Verdict">
            if let Some(reason) = &state.failure {
                { failure(reason, &Origins::new(&state.draft, send.clone()), send) }
            }
            if let Some((report, answer)) = answered(state.good.as_deref()) {
                if !stale {
                    { bar(answer, report.change.as_ref()) }
                }
                { verdict(answer, stale) }
            }
        </section>
    }
}

/// So long after the last change fixes are looked for, in milliseconds.
const REST: u32 = 250;

/// So long the search may go on before it lets the browser do something else, in milliseconds.
const TURN: f64 = 8.0;

/// Looks for fixes when nothing was entered for a while, until something is.
#[hook]
fn use_search(draft: &Draft, send: &Callback<Action>) {
    let send = send.clone();
    use_effect_with(draft.clone(), move |draft| {
        let draft = Box::new(draft.clone());
        let goes_on = Rc::new(Cell::new(true));
        let ended = goes_on.clone();
        let rest = Timeout::new(REST, move || {
            spawn_local(async move {
                if let Some(report) = search(&draft, &goes_on).await {
                    let report = Box::new(report);
                    send.emit(Action::Searched { draft, report });
                }
            });
        });
        move || {
            ended.set(false);
            drop(rest);
        }
    });
}

/// The report with its fixes, in turns with the browser; `None` where it is not wanted any more.
async fn search(draft: &Draft, goes_on: &Cell<bool>) -> Option<Report> {
    let mut evaluation = Evaluation::new(draft.request());
    while goes_on.get() {
        let start = browser::now();
        while browser::now() - start < TURN {
            match evaluation.step() {
                ControlFlow::Break(report) => return Some(report),
                ControlFlow::Continue(rest) => evaluation = rest,
            }
        }
        browser::turn().await;
    }
    None
}

fn announcement(state: &State) -> AttrValue {
    match (&state.failure, answered(state.good.as_deref())) {
        (Some(failure), _) => failure_announcement(failure).into(),
        (None, Some((_, answer))) => verdict_announcement(answer).into(),
        (None, None) => AttrValue::default(),
    }
}

/// A report with the answer in it.
fn answered(report: Option<&Report>) -> Option<(&Report, &Answer)> {
    let report = report?;
    match &report.outcome {
        Outcome::Rendered(answer) => Some((report, answer)),
        Outcome::Refused(_) => None,
    }
}
