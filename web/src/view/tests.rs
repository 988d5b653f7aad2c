//! Components drawn without a browser.

use rollcast_core::{Baseline, Outcome, Report, Request, ValuesFile, evaluate};
use yew::{LocalServerRenderer, html};

use super::answer::Details;
use super::*;
use crate::state::{Draft, Shared, State};

const RECIPE: &str =
    "app:\n  allowMultiReplica: \"yes\"\n  workspaces:\n    accessModes: [ReadWriteMany]\n    storageClass: nfs\n";

fn report(text: &str) -> Report {
    evaluate(&Request {
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: text.to_owned(),
        }],
        ..Request::default()
    })
}

/// A function's result as a component, which is what can be drawn.
#[derive(Clone, PartialEq, yew::Properties)]
struct HtmlProps {
    html: yew::Html,
}

#[yew::component]
fn Plain(props: &HtmlProps) -> yew::Html {
    props.html.clone()
}

async fn drawn(html: yew::Html) -> String {
    LocalServerRenderer::<Plain>::with_props(HtmlProps { html })
        .hydratable(false)
        .render()
        .await
}

async fn details(text: &str, stale: bool) -> String {
    let state = State::new(text.to_owned());
    let send = yew::Callback::noop();
    drawn(html! {
        <Details turn={super::answer::LAST}
            report={Shared::new(report(text))} {stale} confirmed={Vec::new()} outlook={0}
            durations={state.draft.durations.clone()} placement={state.draft.placement}
            origins={Origins::new(&state.draft, send.clone())} {send}
        />
    })
    .await
}

#[tokio::test(flavor = "current_thread")]
async fn other_deployments_and_jobs_stand_beside_the_app() {
    let html = details("migrations: {enabled: true}\n", false).await;
    let (_, beside) = html.split_once("id=\"forecast-beside\"").unwrap();
    for part in [
        "Worker",
        "Embeddings",
        "Job lobu-migrate",
        "before anything else changes",
        "can pass after",
    ] {
        assert!(beside.contains(part), "{part}");
    }
    assert!(html.contains(">smoke-test<"), "a row of the time axis");
    let html = details(
        "worker: {enabled: false}\nembeddings: {enabled: false}\nsmokeTest: {enabled: false}\n",
        false,
    )
    .await;
    assert!(!html.contains("<strong>Worker"));
}

#[tokio::test(flavor = "current_thread")]
async fn a_verdict_has_its_word_its_strategy_and_its_consequence() {
    let report = report("");
    let Outcome::Rendered(answer) = &report.outcome else {
        panic!("refused")
    };
    let html = drawn(html! { <>{ bar(answer, None) }{ verdict(answer, false) }</> }).await;
    for part in [
        "data-state=\"outage\"",
        ">Outage<",
        ">Recreate<",
        &answer.verdict.consequence,
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("Last good answer"));
    assert!(drawn(verdict(answer, true)).await.contains("Last good answer"));
}

#[tokio::test(flavor = "current_thread")]
async fn a_failure_has_our_words_the_place_and_helms() {
    let report = report("app: [1\n");
    let Outcome::Refused(reason) = &report.outcome else {
        panic!("rendered")
    };
    let draft = Draft::new("app: [1\n".to_owned());
    let send = yew::Callback::noop();
    let html = drawn(failure(reason, &Origins::new(&draft, send.clone()), &send)).await;
    let ours = html.find("failure-what").expect("our words");
    let helms = html.find("error converting YAML to JSON").expect("Helm's words");
    assert!(ours < helms);
    assert!(
        html.contains("<button") && html.contains("values.yaml, line 2"),
        "{html}"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn the_details_show_conditions_with_origins_and_what_helm_prints() {
    let html = details(RECIPE, false).await;
    for part in [
        ">line 2</button>",
        "<code>\"yes\"</code>",
        "maxUnavailable: 0",
        "type=\"checkbox\"",
        "kubectl",
        "class=\"timeline-plot\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains(" stale"));
    assert!(details(RECIPE, true).await.contains("detail-pane stale"));
}

#[tokio::test(flavor = "current_thread")]
async fn the_timeline_has_a_bar_for_every_state_and_patterns_beside_colours() {
    let html = details(RECIPE, false).await;
    for state in ["starting", "ready", "stopping"] {
        assert!(
            html.contains(&format!("data-state=\"{state}\" class=\"bar-state\"")),
            "{state}"
        );
    }
    assert!(html.contains("fill=\"url(#pattern-starting)\""));
    assert!(html.contains("data-window=\"overlap\""));
}

#[tokio::test(flavor = "current_thread")]
async fn a_refused_deployment_has_no_timeline() {
    let html = details(
        "app:\n  strategy:\n    type: Recreate\n    rollingUpdate: {maxSurge: 1}\n",
        false,
    )
    .await;
    assert!(!html.contains("timeline-plot"));
    assert!(html.contains("no rollout starts"));
}

#[tokio::test(flavor = "current_thread")]
async fn an_upgrade_is_told_with_the_message_that_will_be_read() {
    let state = State::new(String::new());
    let send = yew::Callback::noop();
    let request = Request {
        chart: "7.2.0".to_owned(),
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: "app: {workspaces: {enabled: true, accessModes: [ReadWriteMany]}}\n".to_owned(),
        }],
        baseline: Some(Baseline {
            chart: Some("7.1.0".to_owned()),
            ..Baseline::default()
        }),
        ..Request::default()
    };
    let html = drawn(html! {
        <Details turn={super::answer::LAST}
            report={Shared::new(evaluate(&request))} stale={false} confirmed={Vec::new()} outlook={0}
            durations={state.draft.durations.clone()} placement={state.draft.placement}
            origins={Origins::new(&state.draft, send.clone())} {send}
        />
    })
    .await;
    for part in [
        "What this upgrade does",
        "From 7.1.0",
        "Refused",
        "What you will read",
        "immutable",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}
