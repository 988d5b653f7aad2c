use rollcast_core::{Finding, PrerequisiteState, Severity};
use yew::prelude::*;

use crate::state::Action;
use crate::view::copy::Copy;
use crate::view::fixes::fix;
use crate::view::icon::Icon;
use crate::view::origin::Origins;
use crate::view::why::code_spans;

/// The prerequisites with their states.
pub(crate) fn checklist(
    findings: &[Finding],
    confirmed: &[AttrValue],
    origins: &Origins,
    send: &Callback<Action>,
) -> Html {
    let prerequisites = findings.iter().filter_map(|finding| Some((finding, finding.state?)));
    html! {
        <section class="section" aria-labelledby="checklist">
            <h2 id="checklist" tabindex="-1">{ "Before a rolling deploy" }</h2>
            <p class="section-lead">{ tally(findings) }</p>
            <ul class="findings">
                { for prerequisites.map(|(finding, state)| {
                    let confirmed = confirmed.iter().any(|id| *id == finding.id);
                    prerequisite(finding, state, confirmed, origins, send)
                }) }
            </ul>
        </section>
    }
}

/// Every other finding, by severity, and Helm's own warnings.
pub(crate) fn others(findings: &[Finding], warnings: &[String], origins: &Origins, send: &Callback<Action>) -> Html {
    let others = |severity: Severity| {
        let found = findings.iter();
        found.filter(move |finding| finding.state.is_none() && finding.severity == severity)
    };
    html! {
        <section class="section" aria-labelledby="findings">
            <h2 id="findings" tabindex="-1">{ "What else stands out" }</h2>
            if findings.iter().all(|finding| finding.state.is_some()) && warnings.is_empty() {
                <p class="empty">{ "Nothing: no trap in these values, no hazard in this rollout." }</p>
            }
            { for [Severity::Error, Severity::Warning, Severity::Info].map(|severity| html! {
                if others(severity).next().is_some() {
                    <ul class="findings" aria-label={group(severity)}>
                        { for others(severity).map(|finding| other(finding, origins, send)) }
                    </ul>
                }
            }) }
            if !warnings.is_empty() {
                <div class="helm-words">
                    <p>{ "Helm warns" }</p>
                    <pre tabindex="0" aria-label="Helm's warnings">{ warnings.join("\n") }</pre>
                </div>
            }
        </section>
    }
}

const fn group(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Info => "Notes",
    }
}

/// How many prerequisites are in which state, in one line.
fn tally(findings: &[Finding]) -> String {
    let count = |state| findings.iter().filter(|finding| finding.state == Some(state)).count();
    let parts: Vec<String> = [
        (PrerequisiteState::Unmet, "not met"),
        (PrerequisiteState::Confirm, "to confirm"),
        (PrerequisiteState::Met, "met"),
        (PrerequisiteState::NotApplicable, "without bearing"),
    ]
    .into_iter()
    .filter_map(|(state, words)| match count(state) {
        0 => None,
        number => Some(format!("{number} {words}")),
    })
    .collect();
    parts.join(", ")
}

/// A prerequisite; what is confirmed or can be has a box to tick.
fn prerequisite(
    finding: &Finding,
    state: PrerequisiteState,
    confirmed: bool,
    origins: &Origins,
    send: &Callback<Action>,
) -> Html {
    let id = finding.id;
    let onchange = send.reform(move |_: Event| Action::Confirm {
        id: id.into(),
        yes: !confirmed,
    });
    html! {
        <li key={id} id={format!("finding-{id}")} class="finding" data-state={state.name()}>
            <span class="finding-icon">{ Icon::prerequisite(state).html() }</span>
            <div class="finding-body">
                <div class="finding-head">
                    <h3>{ &finding.title }</h3>
                    <span class="finding-word">{ state.word() }</span>
                </div>
                <p>{ code_spans(&finding.what) }</p>
                if confirmed || state == PrerequisiteState::Confirm {
                    <label class="confirm">
                        <input type="checkbox" checked={confirmed} {onchange} />
                        { "I have checked this" }
                        <span class="visually-hidden">{ format!(": {}", finding.title) }</span>
                    </label>
                }
                // What is met needs no reading.
                <details open={state == PrerequisiteState::Unmet}>
                    <summary>
                        { "Why, what to do, how to check" }
                        <span class="visually-hidden">{ format!(": {}", finding.title) }</span>
                    </summary>
                    { details(finding, origins, send) }
                </details>
            </div>
        </li>
    }
}

/// Another finding: its title, and the rest behind it.
fn other(finding: &Finding, origins: &Origins, send: &Callback<Action>) -> Html {
    let severity = finding.severity;
    html! {
        <li key={finding.id} id={format!("finding-{}", finding.id)} data-severity={severity.name()}>
            <details class="other" open={severity == Severity::Error}>
                <summary>
                    <span class="finding-icon">{ Icon::severity(severity).html() }</span>
                    <span class="other-title">{ &finding.title }</span>
                    <span class="finding-word">{ if finding.caveat { "Caveat" } else { severity.word() } }</span>
                </summary>
                <p>{ code_spans(&finding.what) }</p>
                { details(finding, origins, send) }
            </details>
        </li>
    }
}

/// Why it matters, what to do, how to check it, and what it rests on.
fn details(finding: &Finding, origins: &Origins, send: &Callback<Action>) -> Html {
    let bites = finding
        .bites
        .iter()
        .map(|when| when.words())
        .collect::<Vec<_>>()
        .join("; ");
    html! {
        <dl class="finding-details">
            <dt>{ "Why it matters" }</dt>
            <dd>{ code_spans(&finding.why) }</dd>
            <dt>{ "What to do" }</dt>
            <dd>{ code_spans(&finding.action) }</dd>
            { for finding.fixes.iter().map(|each| html! { <dd>{ fix(each, send) }</dd> }) }
            if !bites.is_empty() {
                <dt>{ "When it bites" }</dt>
                <dd>{ bites }</dd>
            }
            if !finding.verify.is_empty() {
                <dt>{ "How to check" }</dt>
                { for finding.verify.iter().map(|check| html! {
                    <dd class="check">
                        <p>{ code_spans(&check.how) }</p>
                        { command(&check.command) }
                    </dd>
                }) }
            }
            if !finding.evidence.is_empty() {
                <dt>{ "Rests on" }</dt>
                { for finding.evidence.iter().map(|evidence| html! {
                    <dd class="evidence">
                        <code>{ &evidence.path }</code>
                        <code class="evidence-value">{ evidence.value.as_deref().unwrap_or("missing") }</code>
                        { origins.link(&evidence.path, evidence.origin.as_ref()) }
                    </dd>
                }) }
            }
            <dt>{ "Source" }</dt>
            <dd>{ finding.source }</dd>
            <dt>{ "More" }</dt>
            <dd><a href={format!("learn/{}/", finding.id)}>{ format!("Learn: {}", finding.title) }</a></dd>
        </dl>
    }
}

/// A command with a button to copy it.
pub(crate) fn command(command: &str) -> Html {
    let text = AttrValue::from(command.to_owned());
    html! {
        <div class="command">
            <pre tabindex="0" aria-label="Command">{ &text }</pre>
            <Copy {text} what="the command" />
        </div>
    }
}
