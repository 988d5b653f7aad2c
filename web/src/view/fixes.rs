use rollcast_core::{Answer, Fix, Goal, GoalState};
use yew::prelude::*;

use crate::state::Action;
use crate::view::copy::Copy;
use crate::view::icon::Icon;
use crate::view::why::code_spans;

/// A change of the values with its button, and its other forms to copy.
pub(crate) fn fix(fix: &Fix, send: &Callback<Action>) -> Html {
    let onclick = {
        let (send, fix) = (send.clone(), fix.clone());
        move |_: MouseEvent| send.emit(Action::Apply(Box::new(fix.clone())))
    };
    html! {
        <div class="fix">
            <span class="fix-title">{ code_spans(&fix.title) }</span>
            <button type="button" class="button" {onclick}>
                { "Apply" }<span class="visually-hidden">{ format!(": {}", fix.title) }</span>
            </button>
            { for fix.flag_edits.iter().filter(|edit| !edit.line.is_empty()).map(|edit| html! {
                <Copy text={edit.line.clone()} label="Copy flag" what={fix.title.clone()} />
            }) }
            if let Some(line) = &fix.flag_line {
                <Copy text={line.clone()} label="Copy flags" what={fix.title.clone()} />
            }
            if let Some(overlay) = &fix.overlay {
                <Copy text={overlay.text.clone()} label="Copy YAML" what={fix.title.clone()} />
            }
        </div>
    }
}

/// What an operator may want of the rollout, and what it takes.
pub(crate) fn goals(answer: &Answer, send: &Callback<Action>) -> Html {
    html! {
        if !answer.goals.is_empty() {
            <section class="section" aria-labelledby="goals">
                <h2 id="goals" tabindex="-1">{ "What you may want" }</h2>
                <ul class="findings">{ for answer.goals.iter().map(|each| goal(each, send)) }</ul>
            </section>
        }
    }
}

fn goal(goal: &Goal, send: &Callback<Action>) -> Html {
    let (state, icon, word) = match goal.state {
        GoalState::Reached => ("met", Icon::Check, "Reached"),
        GoalState::Reachable => ("confirm", Icon::Next, "One change away"),
        GoalState::OutOfReach => ("not-applicable", Icon::Dash, "Out of reach"),
    };
    html! {
        <li key={goal.id} class="finding" data-state={state}>
            <span class="finding-icon">{ icon.html() }</span>
            <div class="finding-body">
                <div class="finding-head">
                    <h3>{ goal.title }</h3>
                    <span class="finding-word">{ word }</span>
                </div>
                <p>{ code_spans(&goal.why) }</p>
                { for goal.fix.iter().map(|each| fix(each, send)) }
            </div>
        </li>
    }
}
