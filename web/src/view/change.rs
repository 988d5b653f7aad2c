use rollcast_core::{Change, ChangeItem, ChangeKind, ChangeOutcome, Evidence, Procedure, Severity, Upcoming};
use yew::prelude::*;

use crate::state::Action;
use crate::view::checklist::command;
use crate::view::fixes::fix;
use crate::view::icon::Icon;
use crate::view::origin::Origins;
use crate::view::why::code_spans;
use crate::words;

/// What the upgrade from today does, the worst first.
pub(crate) fn change(outcome: &ChangeOutcome, origins: &Origins, send: &Callback<Action>) -> Html {
    html! {
        <section class="section" aria-labelledby="change">
            <h2 id="change" tabindex="-1">{ "What this upgrade does" }</h2>
            { match outcome {
                ChangeOutcome::Compared(change) => compared(change, origins, send),
                ChangeOutcome::Refused(failure) => html! {
                    <>
                        <p>{ "What runs today cannot be read, so there is nothing to compare with. " }{ code_spans(&failure.what) }</p>
                        <p>{ code_spans(&failure.action) }</p>
                        if let Some(helm) = &failure.helm {
                            <pre tabindex="0" aria-label="Helm's message">{ helm }</pre>
                        }
                    </>
                },
            } }
        </section>
    }
}

fn compared(change: &Change, origins: &Origins, send: &Callback<Action>) -> Html {
    let before = &change.before;
    html! {
        <>
            <p class="section-lead">
                { format!("From {}, {}: ", change.from.id, before.state.word().to_lowercase()) }
                { code_spans(&before.consequence) }
            </p>
            if change.items.is_empty() {
                <p class="empty">{ "Nothing: both sides mean the same." }</p>
            }
            { items(&change.items, "change", is_urgent, origins, send) }
            { for change.upcoming.iter().map(upcoming) }
        </>
    }
}

const fn is_urgent(item: &ChangeItem) -> bool {
    matches!(item.kind, ChangeKind::Refused | ChangeKind::Deleted) || matches!(item.severity, Severity::Error)
}

/// Things an upgrade does; `list` tells them apart from the same things in another list.
pub(super) fn items(
    items: &[ChangeItem],
    list: &str,
    open: fn(&ChangeItem) -> bool,
    origins: &Origins,
    send: &Callback<Action>,
) -> Html {
    let listed = items.iter().enumerate().map(|(at, each)| {
        let before = items.iter().take(at).filter(|other| other.id == each.id).count();
        let number = if before == 0 {
            String::new()
        } else {
            format!("-{}", before + 1)
        };
        item(each, format!("{list}-{}{number}", each.id), open(each), origins, send)
    });
    html! { <ul class="findings">{ for listed }</ul> }
}

fn item(item: &ChangeItem, id: String, open: bool, origins: &Origins, send: &Callback<Action>) -> Html {
    html! {
        <li key={&*id} id={id.clone()} data-severity={item.severity.name()}>
            <details class="other" {open}>
                <summary>
                    <span class="finding-icon">{ Icon::severity(item.severity).html() }</span>
                    <span class="other-title">{ &item.title }</span>
                    <span class="finding-word">{ words::change(item.kind) }</span>
                </summary>
                <p>{ code_spans(&item.what) }</p>
                <dl class="finding-details">
                    <dt>{ "Why it matters" }</dt>
                    <dd>{ code_spans(&item.why) }</dd>
                    if let Some(message) = &item.message {
                        <dt>{ "What you will read" }</dt>
                        <dd><pre class="message" tabindex="0" aria-label="Message">{ message }</pre></dd>
                    }
                    if !item.ways.is_empty() {
                        <dt>{ "What to do" }</dt>
                        { for item.ways.iter().map(|way| procedure(way, send)) }
                    }
                    { evidence("Today", &item.before, |evidence| origins.words(evidence.origin.as_ref())) }
                    { evidence("After", &item.after, |evidence| origins.link(&evidence.path, evidence.origin.as_ref())) }
                    <dt>{ "Source" }</dt>
                    <dd>{ item.source }</dd>
                </dl>
            </details>
        </li>
    }
}

fn procedure(way: &Procedure, send: &Callback<Action>) -> Html {
    html! {
        <dd class="procedure">
            <p>{ code_spans(&way.title) }</p>
            { for way.fix.iter().map(|each| fix(each, send)) }
            if !way.steps.is_empty() {
                <ol>
                    { for way.steps.iter().map(|step| html! {
                        <li>{ code_spans(&step.what) }{ for step.command.as_ref().map(|text| command(text)) }</li>
                    }) }
                </ol>
            }
        </dd>
    }
}

fn evidence(when: &'static str, evidence: &[Evidence], origin: impl Fn(&Evidence) -> Html) -> Html {
    html! {
        if !evidence.is_empty() {
            <dt>{ when }</dt>
            { for evidence.iter().map(|each| html! {
                <dd class="evidence">
                    <code>{ &each.path }</code>
                    <code class="evidence-value">{ each.value.as_deref().unwrap_or("missing") }</code>
                    // What the chart renders comes from no line of the values.
                    if each.origin.is_some() {
                        { origin(each) }
                    }
                </dd>
            }) }
        }
    }
}

/// A rollout to come, in words.
fn upcoming(upcoming: &Upcoming) -> Html {
    html! {
        <div class="upcoming">
            <h3>{ &upcoming.title }</h3>
            <p class="section-lead">
                { if upcoming.rolls_out { "Replaces the app's pods" } else { "Leaves the app's pods alone" } }
                if !upcoming.strategy.is_empty() {
                    { ": " }<code>{ &upcoming.strategy }</code>
                }
            </p>
            <ul class="story">{ for upcoming.story.iter().map(|sentence| html! { <li>{ code_spans(sentence) }</li> }) }</ul>
        </div>
    }
}
