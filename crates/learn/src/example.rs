//! Examples: a request, the verdict of the engine on it, and the way to it in the page.

use maud::{Markup, html};
use rollcast_core::{
    Answer, CatalogueExample, Change, ChangeItem, ChangeOutcome, Failure, Finding, Outcome, Placement, Report, Request,
    Verdict, evaluate,
};

use crate::layout::code;
use crate::{icon, link, prose, words};

/// An example with the engine's answer.
pub(crate) struct Shown {
    name: String,
    request: Request,
    report: Report,
}

impl Shown {
    pub(crate) fn of(example: &CatalogueExample) -> Self {
        Self::new(example.name, example.request.clone())
    }

    pub(crate) fn new(name: &str, request: Request) -> Self {
        Self {
            name: name.to_owned(),
            report: evaluate(&request),
            request,
        }
    }

    /// The answer, where Helm renders.
    pub(crate) fn answer(&self) -> Option<&Answer> {
        match &self.report.outcome {
            Outcome::Rendered(answer) => Some(answer),
            Outcome::Refused(_) => None,
        }
    }

    /// What the upgrade does, where the example is one.
    pub(crate) fn change(&self) -> Option<&Change> {
        match &self.report.change {
            Some(ChangeOutcome::Compared(change)) => Some(change),
            _ => None,
        }
    }

    pub(crate) fn findings(&self, id: &str) -> impl Iterator<Item = &Finding> {
        let findings = self.answer().map_or(&[][..], |answer| &answer.findings);
        findings.iter().filter(move |finding| finding.id == id)
    }

    pub(crate) fn items(&self, id: &str) -> impl Iterator<Item = &ChangeItem> {
        let items = self.change().map_or(&[][..], |change| &change.items);
        items.iter().filter(move |item| item.id == id)
    }

    /// The example as a part of a page; `number` tells it from the others there, `said` is what the page is about.
    pub(crate) fn html(&self, number: usize, said: &Markup) -> Markup {
        let heading = format!("example-{number}");
        html! {
            section class="example" aria-labelledby=(heading) {
                h3 id=(heading) { (self.name) }
                (self.question())
                (self.result())
                (said)
                @if let Some(fragment) = link::fragment(&self.request) {
                    p {
                        a class="button" href={ "../../" (fragment) } {
                            "Open in Rollcast" span class="visually-hidden" { ": " (self.name) }
                        }
                    }
                }
            }
        }
    }

    /// What is asked.
    fn question(&self) -> Markup {
        let request = &self.request;
        let baseline = request.baseline.as_ref();
        let today = baseline.and_then(|baseline| baseline.values.as_ref());
        let same = today.is_some_and(|today| texts(today).eq(texts(&request.values)));
        html! {
            p class="example-of" {
                @match baseline.and_then(|baseline| baseline.chart.as_ref()) {
                    Some(from) if *from == request.chart => { "Chart release " (from) ", before and after" }
                    Some(from) => { "From chart release " (from) " to " (request.chart) }
                    None => { "Chart release " (request.chart) }
                }
                @if let Some(app) = &request.app { ", app version " (app) }
                @match request.cluster.placement {
                    Placement::Unknown => {}
                    Placement::SameNode => ", every pod on one node",
                    Placement::OtherNode => ", the new pod on another node",
                }
                @if let Some(applier) = request.applier { ", applied with " (words::applier(applier)) }
            }
            @if same {
                (values(&request.values, "Values, before and after"))
            } @else {
                @if let Some(today) = today { (values(today, "Values today")) }
                (values(&request.values, if today.is_some() { "Proposed values" } else { "Values" }))
            }
            @if !request.set.is_empty() { (code(&link::flags(&request.set), &format!("Flags of “{}”", self.name))) }
        }
    }

    /// What the engine says.
    fn result(&self) -> Markup {
        match &self.report.outcome {
            Outcome::Rendered(answer) => verdict(&answer.verdict),
            Outcome::Refused(failure) => refused(failure),
        }
    }
}

fn texts(files: &[rollcast_core::ValuesFile]) -> impl Iterator<Item = &str> {
    files.iter().map(|file| file.text.as_str())
}

fn values(files: &[rollcast_core::ValuesFile], label: &str) -> Markup {
    html! {
        p class="label" { (label) }
        @for file in files {
            @if file.text.trim().is_empty() {
                p class="none" { "None: the chart's defaults." }
            } @else {
                pre tabindex="0" role="group" aria-label=(label) { code { (file.text) } }
            }
        }
    }
}

/// A verdict as the page shows it.
pub(crate) fn verdict(verdict: &Verdict) -> Markup {
    let (key, word) = (verdict.state.name(), verdict.state.word());
    html! {
        div class="verdict" data-state=(key) {
            p class="verdict-word" { (icon::verdict(verdict.state)) " " (word) }
            p class="verdict-headline" { (verdict.headline) }
            p { (verdict.consequence) }
        }
    }
}

fn refused(failure: &Failure) -> Markup {
    html! {
        div class="verdict" data-state="refused" {
            p class="verdict-word" { (icon::verdict(rollcast_core::VerdictState::Refused)) " Refused" }
            p { (prose::sentence(&failure.what)) }
            @if let Some(helm) = &failure.helm { pre tabindex="0" role="group" aria-label="Helm's words" { code { (helm) } } }
        }
    }
}
