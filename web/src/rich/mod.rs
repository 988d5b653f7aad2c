//! The text editor: CodeMirror, loaded after the page works with plain text fields.

mod bindings;
mod echo;
mod keys;
mod marks;
mod spot;

use std::{cell::RefCell, collections::BTreeMap, ops::Range, rc::Rc};

use rollcast_chart::Release;
use rollcast_core::{Failure, Fix, Outcome, Report};
use web_sys::HtmlElement;
use yew::{platform::spawn_local, prelude::*};

use crate::browser;
use crate::state::{Action, Aim, Shared, Tab, Target};
use crate::text::{byte, line_count, place, utf16, utf16_range};
use crate::view::status;
use bindings::{Calls, Completion, Completions, Diagnostic, Editor, Help, Link, Stretch};
pub(crate) use bindings::{Comparison, Module};
use echo::Echo;
use marks::Mark;

/// Whether the editor can be used.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Loaded {
    /// It is on its way.
    Not,
    /// It is here.
    Yes {
        module: Module,
        /// What was selected in a plain text field when it came, in UTF-16 units, if the reader was there.
        selected: Option<(u32, u32)>,
    },
    /// It could not be fetched, or this browser cannot run it.
    Never,
}

/// Fetches the editor when the page has nothing more urgent to do, and tells the page when that is settled.
#[hook]
pub(crate) fn use_editor_module() -> Loaded {
    let loaded = use_state_eq(|| Loaded::Not);
    {
        let loaded = loaded.clone();
        use_effect_with((), move |()| {
            spawn_local(async move {
                let module = Module::load().await;
                loaded.set(module.map_or(Loaded::Never, |module| Loaded::Yes {
                    module,
                    selected: browser::selected_text(),
                }));
            });
        });
    }
    use_effect_with((*loaded).clone(), |loaded| {
        if *loaded != Loaded::Not {
            browser::settled();
        }
    });
    (*loaded).clone()
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct RichProps {
    pub(crate) module: Module,
    pub(crate) selected: Option<(u32, u32)>,
    /// Whether it is to be seen; while it is not, it keeps its texts' histories.
    pub(crate) hidden: bool,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) front: u32,
    pub(crate) chart: AttrValue,
    pub(crate) report: Option<Shared<Report>>,
    pub(crate) failure: Option<Shared<Failure>>,
    pub(crate) aim: Option<Aim>,
    pub(crate) send: Callback<Action>,
}

/// The values files in the editor.
#[component]
pub(crate) fn Rich(props: &RichProps) -> Html {
    let host = use_node_ref();
    let bridge = use_mut_ref(|| None::<Bridge>);
    // In UTF-16 units.
    let caret = use_state_eq(|| 0_u32);
    {
        let (host, bridge, module, send) = (host.clone(), bridge.clone(), props.module.clone(), props.send.clone());
        let caret = caret.setter();
        use_effect_with((), move |()| {
            *bridge.borrow_mut() = host
                .cast::<HtmlElement>()
                .map(|host| Bridge::new(&module, &host, send, caret));
            move || {
                if let Some(bridge) = bridge.borrow_mut().take() {
                    bridge.editor.destroy();
                }
            }
        });
    }
    {
        let bridge = bridge.clone();
        use_effect_with(props.clone(), move |props| {
            if let Some(bridge) = &*bridge.borrow() {
                bridge.follow(props);
            }
        });
    }
    {
        let bridge = bridge.clone();
        use_effect_with(props.selected, move |selected| {
            if let (Some((from, to)), Some(bridge)) = (*selected, &*bridge.borrow()) {
                bridge.editor.select(Stretch { from, to });
            }
        });
    }
    {
        let (front, aim) = (props.front, props.aim.clone());
        let hidden = props.hidden;
        use_effect_with(aim, move |aim| {
            if let (Some(Target::File { id, bytes }), false) = (aim.as_ref().map(|aim| &aim.target), hidden)
                && *id == front
                && let Some(bridge) = &*bridge.borrow()
            {
                bridge.reveal(*id, bytes);
            }
        });
    }
    let file = props
        .tabs
        .iter()
        .position(|tab| tab.id == props.front)
        .unwrap_or_default();
    let text = props.tabs.get(file).map(|tab| tab.text.clone()).unwrap_or_default();
    let failure = props.failure.as_ref().and_then(|failure| failure.location.as_ref());
    let error = failure
        .filter(|location| location.file == file)
        .map(|location| place(&text, location.offset));
    html! {
        <div class="text" hidden={props.hidden}>
            <div class={classes!("editor", error.is_some().then_some("broken"))}>
                <div ref={host} class="editor-host" />
            </div>
            if !props.hidden {
                { status(place(&text, byte(&text, *caret)), error, line_count(&text), "error-rich".to_owned()) }
            }
        </div>
    }
}

/// The editor and what the page must remember of it.
#[derive(Debug)]
struct Bridge {
    editor: Editor,
    known: Rc<RefCell<Known>>,
    /// The editor calls it as long as it lives.
    _calls: Calls,
}

/// What the editor's calls are answered from.
#[derive(Debug, Default)]
struct Known {
    release: Option<&'static Release>,
    report: Option<Shared<Report>>,
    /// The texts in the editor by their tabs.
    texts: BTreeMap<u32, (String, Echo)>,
    /// What was last said, about which text of which tab.
    said: Option<(u32, String, Vec<Mark>)>,
}

impl Known {
    fn text(&self, document: &str) -> Option<&str> {
        let id: u32 = document.parse().ok()?;
        Some(&self.texts.get(&id)?.0)
    }

    /// The fix behind a button: a finding's id and the fix's. There may be several findings with one id.
    fn fix(&self, button: &str) -> Option<Fix> {
        let (finding, id) = button.split_once(' ')?;
        let Outcome::Rendered(answer) = &self.report.as_ref()?.outcome else {
            return None;
        };
        let findings = answer.findings.iter().filter(|other| other.id == finding);
        findings
            .flat_map(|finding| &finding.fixes)
            .find(|fix| fix.id == id)
            .cloned()
    }

    fn help(&self, document: &str, position: u32) -> Option<Help> {
        let text = self.text(document)?;
        let (path, bytes) = keys::key_at(text, byte(text, position))?;
        let about = keys::about(self.release?, &path)?;
        Some(Help {
            stretch: stretch(text, &bytes),
            title: about.path,
            paragraphs: about.paragraphs,
            facts: about.facts,
            link: Link {
                label: "Learn: the keys the chart reads",
                href: about.address,
            },
        })
    }

    fn complete(&self, document: &str, position: u32) -> Option<Completions> {
        let text = self.text(document)?;
        let spot = spot::spot(text, byte(text, position))?;
        let items = keys::choices(self.release?, &spot)
            .into_iter()
            .map(|choice| Completion {
                label: choice.label,
                text: choice.text,
                kind: if choice.is_key { "property" } else { "constant" },
                detail: choice.detail,
                info: choice.info,
            });
        Some(Completions {
            from: utf16(text, spot.word.start),
            items: items.collect(),
        })
    }
}

impl Bridge {
    fn new(module: &Module, host: &HtmlElement, send: Callback<Action>, caret: UseStateSetter<u32>) -> Self {
        let known = Rc::new(RefCell::new(Known::default()));
        let act = send.clone();
        let changed = {
            let known = Rc::clone(&known);
            move |document: &str, text: String| {
                let Ok(id) = document.parse::<u32>() else { return };
                {
                    let mut known = known.borrow_mut();
                    let (shown, echo) = known.texts.entry(id).or_default();
                    shown.clone_from(&text);
                    echo.report(text.clone());
                }
                send.emit(Action::Edit { id, text: text.into() });
            }
        };
        let calls = Calls::new(
            changed,
            move |_document, position| caret.set(position),
            {
                let known = Rc::clone(&known);
                move |document, position| known.borrow().help(document, position)
            },
            {
                let known = Rc::clone(&known);
                move |document, position| known.borrow().complete(document, position)
            },
            {
                let known = Rc::clone(&known);
                move |button| {
                    let fix = known.borrow().fix(button);
                    match fix {
                        Some(fix) => act.emit(Action::Apply(Box::new(fix))),
                        None => browser::show(&format!("finding-{button}")),
                    }
                }
            },
        );
        Self {
            editor: module.open(host, &calls),
            known,
            _calls: calls,
        }
    }

    /// Brings the editor to what the page shows. No borrow is held while the editor is called: it calls back.
    fn follow(&self, props: &RichProps) {
        {
            let mut known = self.known.borrow_mut();
            known.release = Release::find(&props.chart).ok();
            known.report.clone_from(&props.report);
        }
        for tab in &props.tabs {
            if self.is_news(tab) {
                self.editor.set_text(&tab.id.to_string(), &tab.text);
                // The editor does not answer for texts that it never showed.
                let mut known = self.known.borrow_mut();
                known.texts.entry(tab.id).or_default().0 = tab.text.to_string();
            }
        }
        let Some((file, tab)) = props.tabs.iter().enumerate().find(|(_, tab)| tab.id == props.front) else {
            return;
        };
        let text = self
            .known
            .borrow()
            .text(&tab.id.to_string())
            .unwrap_or_default()
            .to_owned();
        self.editor
            .show(&tab.id.to_string(), &format!("Values file {}", tab.name), &text);
        // Not earlier: the editor keeps the text it shows until it shows another.
        self.forget_closed(&props.tabs);
        let failure = props.failure.as_deref();
        self.say(
            tab,
            marks::marks(file, props.report.as_deref(), failure),
            failure.is_some(),
        );
    }

    /// Sets what is said about the text that is shown. Saying the same again would close the box somebody reads.
    fn say(&self, tab: &Tab, marks: Vec<Mark>, failed: bool) {
        let broken = failed && !marks.is_empty();
        let said = (tab.id, tab.text.to_string(), marks);
        let known_already = match &self.known.borrow().said {
            Some(before) => *before == said,
            None => said.2.is_empty() && !broken,
        };
        if known_already {
            return;
        }
        let diagnostics: Vec<Diagnostic> = said.2.iter().map(|mark| diagnostic(&tab.text, mark)).collect();
        self.editor.set_diagnostics(&tab.id.to_string(), &diagnostics, broken);
        self.known.borrow_mut().said = Some(said);
    }

    fn is_news(&self, tab: &Tab) -> bool {
        let mut known = self.known.borrow_mut();
        match known.texts.get_mut(&tab.id) {
            Some((shown, echo)) => echo.is_news(&tab.text, Some(shown)),
            None => true,
        }
    }

    fn forget_closed(&self, tabs: &[Tab]) {
        let is_open = |id: u32| tabs.iter().any(|tab| tab.id == id);
        let mut closed = Vec::new();
        self.known.borrow_mut().texts.retain(|id, _| {
            if !is_open(*id) {
                closed.push(*id);
            }
            is_open(*id)
        });
        for id in closed {
            self.editor.forget(&id.to_string());
        }
    }

    fn reveal(&self, id: u32, bytes: &Range<usize>) {
        let text = self.known.borrow().text(&id.to_string()).unwrap_or_default().to_owned();
        self.editor.select(stretch(&text, bytes));
    }
}

fn stretch(text: &str, bytes: &Range<usize>) -> Stretch {
    let units = utf16_range(text, bytes);
    Stretch {
        from: units.start,
        to: units.end,
    }
}

fn diagnostic(text: &str, mark: &Mark) -> Diagnostic {
    let mut actions = Vec::new();
    if let Some(finding) = mark.finding {
        // Code in a title is marked with backticks.
        let fixes = mark.fixes.iter().map(|(id, title)| bindings::Action {
            label: title.replace('`', ""),
            id: format!("{finding} {id}"),
        });
        actions.extend(fixes);
        actions.push(bindings::Action {
            label: "Show all of it".to_owned(),
            id: finding.to_owned(),
        });
    }
    Diagnostic {
        stretch: stretch(text, &marks::first_line(text, &mark.bytes)),
        severity: mark.severity.name(),
        title: mark.title.clone(),
        paragraphs: mark.paragraphs.clone(),
        actions,
    }
}
