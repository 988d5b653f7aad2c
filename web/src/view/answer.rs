use std::cell::RefCell;

use rollcast_core::{Outcome, Placement, Report};
use web_sys::Element;
use yew::{prelude::*, virtual_dom::VNode};

use crate::state::seconds::Durations;
use crate::state::{Action, Draft, Shared};
use crate::view::change::change;
use crate::view::checklist::{checklist, others};
use crate::view::fixes::goals;
use crate::view::forecast::forecast;
use crate::view::later::use_after_paint;
use crate::view::origin::Origins;
use crate::view::releases::Releases;
use crate::view::texts::Texts;
use crate::view::why::why;

/// Parts of the page's first drawing that stand until the live ones take their place.
pub(crate) type Still = Shared<RefCell<Vec<Element>>>;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct BehindProps {
    /// The last report with an answer.
    pub(crate) report: Option<Shared<Report>>,
    /// Whether it is about an earlier text.
    pub(crate) stale: bool,
    pub(crate) draft: Draft,
    /// Which outlook is shown.
    pub(crate) outlook: usize,
    pub(crate) still: Still,
    pub(crate) send: Callback<Action>,
}

/// Everything behind the verdict, drawn after it.
#[component]
pub(crate) fn Behind(props: &BehindProps) -> Html {
    let shown = use_after_paint(props, || props.still.borrow().is_empty().then(|| props.clone()));
    let Some(BehindProps {
        report,
        stale,
        draft,
        outlook,
        still,
        send,
    }) = shown
    else {
        return props
            .still
            .borrow()
            .iter()
            .map(|part| VNode::VRef(part.clone().into()))
            .collect();
    };
    still.borrow_mut().clear();
    let origins = Origins::new(&draft, send.clone());
    html! {
        <>
            if let Some(report) = report {
                <Details
                    {report} {stale} confirmed={draft.confirmed.clone()} {outlook} durations={draft.durations.clone()}
                    placement={draft.placement} origins={origins.clone()} send={send.clone()}
                />
            }
            <div class="pane detail-pane">
                <Texts draft={draft.clone()} />
                <Releases {draft} {origins} {send} />
            </div>
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AnswerProps {
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
    let AnswerProps { origins, send, .. } = props;
    html! {
        <div class={classes!("pane", "detail-pane", props.stale.then_some("stale"))}>
            { for props.report.change.iter().map(|outcome| change(outcome, origins, send)) }
            { why(&answer.decision, origins) }
            { checklist(&answer.findings, &props.confirmed, origins, send) }
            { goals(answer, send) }
            { forecast(&props.report, props.outlook, &props.durations, props.placement, send) }
            { others(&answer.findings, &props.report.warnings, origins, send) }
        </div>
    }
}
