use rollcast_core::{Outcome, Placement, Report};
use yew::prelude::*;

use crate::state::seconds::Durations;
use crate::state::{Action, Shared};
use crate::view::change::change;
use crate::view::checklist::{checklist, others};
use crate::view::fixes::goals;
use crate::view::forecast::forecast;
use crate::view::origin::Origins;
use crate::view::why::why;

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

/// Everything behind the verdict. It is drawn anew only when something of it changes.
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
