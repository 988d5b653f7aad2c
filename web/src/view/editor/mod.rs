//! Where the request is entered: chart, versions, values files, flags.

mod files;
mod flags;
mod pickers;
mod scenarios;
mod tabs;
mod text;
mod today;

use rollcast_core::{Failure, Report, Stage};
use rollcast_share::LinkError;
use web_sys::DragEvent;
use yew::prelude::*;

use crate::rich::{Loaded, Rich, use_editor_module};
use crate::scenarios::Scenario;
use crate::state::{Action, Aim, Draft, Shared};
use crate::view::later::use_after_paint;
use flags::FlagsField;
use pickers::pickers;
use scenarios::{Menu, look};
use tabs::Tabs;
use text::Text;
use today::today;

pub(crate) use text::status;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct EditorProps {
    pub(crate) draft: Draft,
    pub(crate) failure: Option<Shared<Failure>>,
    pub(crate) release: Option<AttrValue>,
    pub(crate) report: Option<Shared<Report>>,
    /// Why the link in the address cannot be shown.
    pub(crate) bad_link: Option<LinkError>,
    pub(crate) aim: Option<Aim>,
    pub(crate) scenario: Option<&'static Scenario>,
    /// Whether something was replaced that can be brought back.
    pub(crate) replaced: bool,
    pub(crate) send: Callback<Action>,
}

/// The left side of the page.
#[component]
pub(crate) fn Editor(props: &EditorProps) -> Html {
    let EditorProps {
        draft,
        failure,
        aim,
        send,
        ..
    } = props;
    let dragging = use_state(|| false);
    let module = use_editor_module();
    let plain = use_state_eq(|| false);
    let rich = match &module {
        Loaded::Yes { module, selected } => Some((module.clone(), *selected)),
        Loaded::Not | Loaded::Never => None,
    };
    let show_plain = *plain || rich.is_none();
    let ondragover = {
        let dragging = dragging.clone();
        move |event: DragEvent| {
            event.prevent_default();
            dragging.set(true);
        }
    };
    let ondragleave = {
        let dragging = dragging.clone();
        move |_: DragEvent| dragging.set(false)
    };
    let ondrop = {
        let (dragging, send) = (dragging.clone(), send.clone());
        move |event: DragEvent| {
            dragging.set(false);
            if let Some(list) = event
                .data_transfer()
                .and_then(|data| data.files())
                .filter(|list| list.length() > 0)
            {
                event.prevent_default();
                files::open(&list, send.clone());
            }
        }
    };
    let error = failure.as_deref().and_then(|failure| failure.location.as_ref());
    html! {
        <section class={classes!("pane", "editor-pane", dragging.then_some("dragging"))} aria-labelledby="values" {ondragover} {ondragleave} {ondrop}>
            { pickers(draft, props.release.as_ref(), send) }
            <div class="pane-head">
                <h2 id="values">{ "Values" }</h2>
                <Menu send={send.clone()} />
                { files::button(send) }
                <button type="button" class="text-button" onclick={send.reform(|_: MouseEvent| Action::Clear)}>{ "Clear" }</button>
                if module != Loaded::Never {
                    <label class="text-button toggle">
                        <input type="checkbox" checked={show_plain} disabled={module == Loaded::Not} onchange={{
                            let plain = plain.clone();
                            move |_: Event| plain.set(!*plain)
                        }} />
                        { "Plain text" }
                    </label>
                }
                if props.replaced {
                    <button type="button" class="text-button" onclick={send.reform(|_: MouseEvent| Action::Restore)}>
                        { "Bring back my text" }
                    </button>
                }
            </div>
            { for props.scenario.map(look) }
            if let Some(problem) = props.bad_link {
                <p class="note-line bad" role="alert">{ problem.to_string() }</p>
            }
            <Tabs tabs={draft.tabs.clone()} front={draft.front} broken={error.map(|error| error.file)} send={send.clone()} />
            if let Some((module, selected)) = rich {
                <Rich
                    {module} {selected} hidden={show_plain} tabs={draft.tabs.clone()} front={draft.front} chart={draft.chart.clone()}
                    report={props.report.clone()} failure={failure.clone()} aim={aim.clone()} send={send.clone()}
                />
            }
            // A list of its own: among other elements keys would not count, and fields would be made anew.
            <div class="texts" hidden={!show_plain}>
                { for draft.tabs.iter().enumerate().filter(|_| show_plain).map(|(at, tab)| html! {
                    <Text
                        key={tab.id} tab={tab.clone()} hidden={tab.id != draft.front}
                        error={error.filter(|error| error.file == at).map(|error| error.offset)}
                        aim={aim.clone()} send={send.clone()}
                    />
                }) }
            </div>
            <FlagsField
                text={draft.flags.clone()} contents={draft.contents.clone()} broken={failure.as_deref().is_some_and(|failure| failure.stage == Stage::Flag)}
                files={draft.tabs.iter().map(|tab| tab.name.clone()).collect::<Vec<_>>()} has_today={draft.today.is_some()} aim={aim.clone()} send={send.clone()}
            />
            { today(draft, send) }
            <OnPaper draft={draft.clone()} />
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct OnPaperProps {
    draft: Draft,
}

/// The texts for print: fields scroll, and the editor draws only the lines in view.
#[component]
fn OnPaper(props: &OnPaperProps) -> Html {
    let Some(draft) = use_after_paint(&props.draft, || Some(props.draft.clone())) else {
        return Html::default();
    };
    let part = |name: &AttrValue, text: &AttrValue| {
        html! {
            if !text.is_empty() {
                <h3>{ name }</h3>
                <pre>{ text }</pre>
            }
        }
    };
    html! {
        <div class="on-paper">
            { for draft.tabs.iter().map(|tab| part(&tab.name, &tab.text)) }
            { part(&"Flags".into(), &draft.flags) }
            { for draft.contents.iter().map(|(path, text)| part(path, text)) }
        </div>
    }
}
