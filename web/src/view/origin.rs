use std::rc::Rc;

use rollcast_chart::Source;
use yew::prelude::*;

use crate::state::{Action, Draft, flags};

/// What it takes to turn an origin into a button that shows the place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Origins {
    names: Rc<[AttrValue]>,
    flags: Rc<[AttrValue]>,
    send: Callback<Action>,
}

impl Origins {
    pub(crate) fn new(draft: &Draft, send: Callback<Action>) -> Self {
        let flags = flags::flags(&draft.flags, &draft.contents).into_iter();
        Self {
            names: draft.tabs.iter().map(|tab| tab.name.clone()).collect(),
            flags: flags
                .map(|flag| AttrValue::from(format!("flag {}", flag.arg)))
                .collect(),
            send,
        }
    }

    /// The place in words: the file is named where there are several.
    fn label(&self, source: &Source) -> AttrValue {
        match source {
            Source::Default { .. } => "chart default".into(),
            Source::File { file, line, column, .. } => match &*self.names {
                [_] => format!("line {line}").into(),
                names => match names.get(*file) {
                    Some(name) => format!("{name}:{line}:{column}").into(),
                    None => format!("line {line}").into(),
                },
            },
            Source::Flag { flag } => self.flags.get(*flag).cloned().unwrap_or_else(|| "a flag".into()),
            Source::LastRelease => "taken over from today".into(),
        }
    }

    /// The name of a file.
    pub(crate) fn name(&self, file: usize) -> AttrValue {
        self.names.get(file).cloned().unwrap_or_default()
    }

    /// Where a value of today's came from, in words: its text is not the one in the editor.
    pub(crate) fn words(&self, source: Option<&Source>) -> Html {
        let words = match source {
            None => "not set".to_owned(),
            Some(Source::File { line, .. }) => format!("today's line {line}"),
            Some(Source::Flag { .. }) => "a flag".to_owned(),
            Some(source @ (Source::Default { .. } | Source::LastRelease)) => self.label(source).to_string(),
        };
        html! { <span class="origin origin-default">{ words }</span> }
    }

    /// Where a value came from: a button where there is a text to show, words where there is none.
    pub(crate) fn link(&self, path: &str, source: Option<&Source>) -> Html {
        match source {
            None => html! { <span class="origin origin-none">{ "not set" }</span> },
            Some(source @ (Source::Default { .. } | Source::LastRelease)) => {
                html! { <span class="origin origin-default">{ self.label(source) }</span> }
            }
            Some(source) => {
                let action = Action::Origin(source.clone());
                let onclick = self.send.reform(move |_: MouseEvent| action.clone());
                let label = self.label(source);
                html! {
                    <button type="button" class="origin" {onclick} aria-label={format!("Show {path} in the text: {label}")}>
                        { label }
                    </button>
                }
            }
        }
    }
}
