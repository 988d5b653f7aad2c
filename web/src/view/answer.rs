use rollcast_core::{Outcome, Placement, Report};
use yew::prelude::*;

use crate::state::seconds::Durations;
use crate::state::{Action, Draft, Shared};
use crate::view::change::change;
use crate::view::checklist::{checklist, others};
use crate::view::fixes::goals;
use crate::view::forecast::forecast;
use crate::view::later::{use_after_paint, use_turn};
use crate::view::origin::Origins;
use crate::view::place::Place;
use crate::view::releases::Releases;
use crate::view::texts::Texts;
use crate::view::why::why;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct BehindProps {
    /// The last report with an answer.
    pub(crate) report: Option<Shared<Report>>,
    /// Whether it is about an earlier text.
    pub(crate) stale: bool,
    pub(crate) draft: Draft,
    /// Which outlook is shown.
    pub(crate) outlook: usize,
    /// Whether nothing of the first drawing holds.
    pub(crate) at_once: bool,
    pub(crate) send: Callback<Action>,
}

/// Everything behind the verdict, drawn after it.
#[component]
pub(crate) fn Behind(props: &BehindProps) -> Html {
    let shown = use_after_paint(props, || props.at_once.then(|| props.clone()));
    shown.map(|shown| html! { <Live ..shown /> }).unwrap_or_default()
}

/// The last of the tasks in which everything behind the verdict is drawn first. It is hidden until then.
pub(crate) const LAST: u32 = 3;

/// Everything behind the verdict.
#[component]
fn Live(props: &BehindProps) -> Html {
    let BehindProps {
        report,
        stale,
        draft,
        outlook,
        at_once,
        send,
    } = props;
    let turn = use_turn(LAST, *at_once);
    let origins = Origins::new(draft, send.clone());
    html! {
        <Place id="place-behind" ready={turn == LAST}>
            // Shown where the first drawing goes: a component that shows itself would do so later, with a frame between them.
            <div class="place" hidden={turn < LAST}>
                if let Some(report) = report.clone() {
                    <Details
                        {turn} {report} stale={*stale} confirmed={draft.confirmed.clone()} outlook={*outlook} durations={draft.durations.clone()}
                        placement={draft.placement} origins={origins.clone()} send={send.clone()}
                    />
                }
                if turn == LAST {
                    <div class="pane detail-pane">
                        <Texts draft={draft.clone()} />
                        <Releases draft={draft.clone()} {origins} send={send.clone()} />
                    </div>
                }
            </div>
        </Place>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AnswerProps {
    /// Which of the tasks it is that draw it.
    pub(crate) turn: u32,
    pub(crate) report: Shared<Report>,
    /// Whether it is about an earlier text.
    pub(crate) stale: bool,
    /// Ids of the prerequisites that are vouched for.
    pub(crate) confirmed: Vec<AttrValue>,
    /// Which outlook is shown.
    pub(crate) outlook: usize,
    pub(crate) durations: Durations,
    pub(crate) placement: Placement,
    pub(crate) origins: Origins,
    pub(crate) send: Callback<Action>,
}

/// What explains the verdict. It is drawn anew only when something of it changes.
#[component]
pub(crate) fn Details(props: &AnswerProps) -> Html {
    let Outcome::Rendered(answer) = &props.report.outcome else {
        return Html::default();
    };
    let &AnswerProps {
        turn,
        ref origins,
        ref send,
        ..
    } = props;
    html! {
        <div class={classes!("pane", "detail-pane", props.stale.then_some("stale"))}>
            { for props.report.change.iter().map(|outcome| change(outcome, origins, send)) }
            { why(&answer.decision, origins) }
            { checklist(&answer.findings, &props.confirmed, origins, send) }
            if turn > 0 {
                { goals(answer, send) }
                { forecast(&props.report, props.outlook, &props.durations, props.placement, send) }
            }
            if turn > 1 {
                { others(&answer.findings, &props.report.warnings, origins, send) }
            }
        </div>
    }
}
