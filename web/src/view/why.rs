use rollcast_chart::{Condition, Decision, Rung};
use yew::prelude::*;

use crate::view::copy::Copy;
use crate::view::icon::Icon;
use crate::view::origin::Origins;

/// The rule ladder of the release, every condition with its value, and what Helm prints.
pub(crate) fn why(decision: &Decision, origins: &Origins) -> Html {
    html! {
        <section class="section why" aria-labelledby="why">
            <h2 id="why" tabindex="-1">{ "Why this strategy" }</h2>
            <p class="section-lead">{ "The chart tries its rules from the top; the first that holds decides." }</p>
            <ol class="ladder">
                { for decision.ladder.iter().map(|rung| rung_html(rung, origins)) }
            </ol>
            { printed(decision) }
        </section>
    }
}

fn rung_html(rung: &Rung, origins: &Origins) -> Html {
    let (key, word, icon) = match (rung.reached, rung.fired) {
        (_, true) => ("fired", "decides", Icon::Check),
        (true, false) => ("passed", "does not hold", Icon::Cross),
        (false, false) => ("beyond", "not reached", Icon::Dash),
    };
    html! {
        <li class="rung" data-rung={key}>
            <div class="rung-head">
                <span class="rung-icon">{ icon.html() }</span>
                <p class="rung-title">{ code_spans(&rung.title) }</p>
                <span class="rung-word">{ word }</span>
            </div>
            if !rung.conditions.is_empty() {
                <ul class="conditions">
                    { for rung.conditions.iter().map(|condition| condition_html(condition, origins)) }
                </ul>
            }
        </li>
    }
}

fn condition_html(condition: &Condition, origins: &Origins) -> Html {
    let Condition {
        question,
        path,
        value,
        truthy,
        holds,
        origin,
        note,
    } = condition;
    let (state, icon, word) = if *holds {
        ("met", Icon::Check, "yes: ")
    } else {
        ("unmet", Icon::Cross, "no: ")
    };
    html! {
        <li class="condition">
            <span class="condition-answer" data-state={state}>{ icon.html() }</span>
            <span><span class="visually-hidden">{ word }</span>{ code_spans(question) }</span>
            <span class="condition-value">
                <span>
                    <code>{ value.as_deref().unwrap_or("missing") }</code>
                    { if *truthy { " is truthy" } else { " is falsy" } }
                </span>
                { origins.link(path, origin.as_ref()) }
            </span>
            if let Some(note) = note {
                <p class="condition-note">{ code_spans(note) }</p>
            }
        </li>
    }
}

fn printed(decision: &Decision) -> Html {
    match &decision.strategy {
        Some(strategy) => {
            let block = AttrValue::from(format!("strategy:\n{}", indented(strategy)));
            html! {
                <div class="printed">
                    <div class="printed-head">
                        <h3>{ "What Helm prints" }</h3>
                        <Copy text={block.clone()} what="what Helm prints" />
                    </div>
                    <pre tabindex="0" aria-label="What Helm prints">{ block }</pre>
                </div>
            }
        }
        None => html! {
            <div class="printed">
                <h3>{ "What Helm prints" }</h3>
                <p>
                    { "No " }<code>{ "strategy" }</code>
                    { " at all; the API server fills in RollingUpdate with maxSurge 25% and maxUnavailable 25%." }
                </p>
            </div>
        },
    }
}

fn indented(block: &str) -> String {
    let mut text = String::new();
    for line in block.lines() {
        if !line.is_empty() {
            text.push_str("  ");
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// A sentence with what stands in backquotes as code.
pub(crate) fn code_spans(sentence: &str) -> Html {
    sentence
        .split('`')
        .enumerate()
        .map(|(at, part)| match at % 2 {
            0 => html! { { part } },
            _ => html! { <code>{ part }</code> },
        })
        .collect()
}
