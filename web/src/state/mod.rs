//! The page's one state, and how actions change it. Pure: no browser, no clock.

mod draft;
pub(crate) mod flags;
pub(crate) mod seconds;
mod shared;

use std::{ops::Range, rc::Rc};

use rollcast_chart::Source;
use rollcast_core::{
    Applier, Failure, Fix, FlagLocation, HelmLine, Location, Outcome, Placement, Report, evaluate_without_fixes,
};
use rollcast_share::LinkError;
use yew::{AttrValue, Reducible};

pub(crate) use draft::{Draft, Tab, Today};
use seconds::{Assumption, Figure};
pub(crate) use shared::Shared;

use crate::scenarios::Scenario;

/// The state of the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) draft: Draft,
    /// The last report that answers; while `failure` is set it is about an earlier text.
    pub(crate) good: Option<Shared<Report>>,
    /// Why what is entered now has no answer.
    pub(crate) failure: Option<Shared<Failure>>,
    /// Where the caret was last sent.
    pub(crate) aim: Option<Aim>,
    /// Which outlook is shown.
    pub(crate) outlook: usize,
    /// The scenario that was loaded last.
    pub(crate) scenario: Option<&'static Scenario>,
    /// Why the link in the address cannot be shown.
    pub(crate) bad_link: Option<LinkError>,
    /// What was entered before something replaced it.
    pub(crate) replaced: Option<Rc<Draft>>,
}

/// An order to the editor: show this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Aim {
    pub(crate) target: Target,
    /// Counts the orders, so that the same one can be given twice.
    pub(crate) number: u32,
}

/// A place in what was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Bytes of a file, by its tab's id.
    File { id: u32, bytes: Range<usize> },
    /// Bytes of the flags field.
    Flags { bytes: Range<usize> },
}

/// What can happen.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// The text of a file changed.
    Edit { id: u32, text: AttrValue },
    /// A new, empty file.
    Add,
    /// Files were opened, dropped or pasted: names and texts.
    Open(Vec<(String, String)>),
    /// A file comes to the front.
    Front(u32),
    /// A file gets another name.
    Rename { id: u32, name: AttrValue },
    /// A file goes.
    Close(u32),
    /// The flags field changed.
    Flags(AttrValue),
    /// The content of a file that a flag names, by its path.
    Content(AttrValue, AttrValue),
    /// Another chart release.
    Chart(AttrValue),
    /// Another app version.
    App(AttrValue),
    /// Another Helm.
    Helm(HelmLine),
    /// A figure of an assumption changed.
    Seconds(Assumption, Figure, AttrValue),
    /// The assumptions about seconds return to the defaults.
    DefaultSeconds,
    /// Another assumption about nodes.
    Placement(Placement),
    /// A prerequisite is vouched for, or no longer.
    Confirm { id: AttrValue, yes: bool },
    /// What runs today is entered, or is no longer to be compared with.
    Today(Option<Today>),
    /// Something else brings the objects to the cluster; nothing: the Helm that renders.
    Applier(Option<Applier>),
    /// Another outlook is shown.
    Outlook(usize),
    /// Show where a value came from.
    Origin(Source),
    /// Show where an error is.
    Locate(Location),
    /// Show where an error is in a flag.
    LocateFlag(FlagLocation),
    /// A scenario replaces what is entered.
    Load(&'static Scenario),
    /// Something from elsewhere replaces what is entered.
    Take(Box<Draft>),
    /// A link cannot be shown.
    BadLink(LinkError),
    /// The defaults replace what is entered.
    Clear,
    /// A fix changes what is entered.
    Apply(Box<Fix>),
    /// Fixes were looked for, while nothing was entered.
    Searched {
        /// What they were looked for in.
        draft: Box<Draft>,
        /// The report with them.
        report: Box<Report>,
    },
    /// What was replaced comes back.
    Restore,
}

impl State {
    /// The page at its start, with the text that was typed before it worked.
    pub(crate) fn new(text: String) -> Self {
        let mut state = Self {
            draft: Draft::new(text),
            good: None,
            failure: None,
            aim: None,
            outlook: 0,
            scenario: None,
            bad_link: None,
            replaced: None,
        };
        state.answer();
        state
    }

    /// The state after an action.
    pub(crate) fn apply(&mut self, action: Action) {
        let before = self.draft.clone();
        match action {
            Action::Edit { id, text } => {
                if let Some(tab) = self.draft.tab_mut(id) {
                    tab.text = text;
                }
            }
            Action::Add => self.draft.add("", String::new()),
            Action::Open(files) => self.draft.open(files),
            Action::Front(id) => {
                if self.draft.position(id).is_some() {
                    self.draft.front = id;
                }
            }
            Action::Rename { id, name } => {
                let name = name.trim();
                if let Some(tab) = self.draft.tab_mut(id).filter(|_| !name.is_empty()) {
                    tab.name = AttrValue::from(name.to_owned());
                }
            }
            Action::Close(id) => {
                let loses_text = self.draft.tab_mut(id).is_some_and(|tab| !tab.text.is_empty());
                self.draft.close(id);
                if loses_text {
                    self.replaced = Some(Rc::new(before.clone()));
                }
            }
            Action::Flags(text) => self.draft.flags = text,
            Action::Content(path, text) => self.draft.supply(path, text),
            Action::Chart(chart) => self.draft.chart = chart,
            Action::App(app) => self.draft.app = app,
            Action::Helm(helm) => self.draft.helm = helm,
            Action::Seconds(assumption, figure, text) => self.draft.durations.edit(assumption, figure, text),
            Action::DefaultSeconds => self.draft.durations = Draft::new(String::new()).durations,
            Action::Placement(placement) => {
                self.draft.placement = placement;
                self.outlook = 0;
            }
            Action::Confirm { id, yes } => {
                self.draft.confirmed.retain(|confirmed| *confirmed != id);
                if yes {
                    self.draft.confirmed.push(id);
                }
            }
            Action::Today(today) => self.draft.today = today,
            Action::Applier(applier) => self.draft.applier = applier,
            Action::Outlook(outlook) => self.outlook = outlook,
            Action::Origin(source) => self.aim_at_source(&source),
            Action::Locate(Location { file, offset, end, .. }) => self.aim_at_file(file, offset..end),
            Action::LocateFlag(FlagLocation { flag, offset }) => self.aim_at_flag(flag, offset),
            Action::Load(scenario) => self.replace(scenario.draft(), Some(scenario)),
            Action::Take(draft) => self.replace(*draft, None),
            Action::BadLink(problem) => self.bad_link = Some(problem),
            Action::Clear => self.replace(Draft::new(String::new()), None),
            Action::Apply(fix) => {
                self.draft.apply(*fix);
                self.replaced = Some(Rc::new(before.clone()));
            }
            Action::Searched { draft, report } => {
                if *draft == self.draft {
                    self.take(*report);
                }
            }
            Action::Restore => {
                if let Some(replaced) = self.replaced.take() {
                    self.draft = (*replaced).clone();
                    self.scenario = None;
                }
            }
        }
        if self.draft != before {
            // Every keystroke comes this way, and looking for fixes takes longer than everything else together.
            self.answer();
        }
    }

    /// Replaces what is entered; what was there can be brought back.
    fn replace(&mut self, draft: Draft, scenario: Option<&'static Scenario>) {
        self.scenario = scenario;
        let before = std::mem::replace(&mut self.draft, draft);
        if !before.is_blank() {
            self.replaced = Some(Rc::new(before));
        }
        self.outlook = 0;
        self.bad_link = None;
    }

    /// Asks the core.
    fn answer(&mut self) {
        self.take(evaluate_without_fixes(&self.draft.request()));
    }

    /// Takes an answer about what is entered. The last good one stays when there is none now; one that is the same stays the
    /// very same, so that nothing is drawn anew.
    fn take(&mut self, report: Report) {
        match report.outcome {
            Outcome::Refused(failure) => {
                if self.failure.as_deref() != Some(&failure) {
                    self.failure = Some(Shared::new(failure));
                }
            }
            Outcome::Rendered(_) => {
                self.failure = None;
                if self.good.as_deref() != Some(&report) {
                    self.good = Some(Shared::new(report));
                }
            }
        }
    }

    fn aim_at_source(&mut self, source: &Source) {
        match *source {
            Source::Default { .. } | Source::LastRelease => {}
            Source::File { file, offset, end, .. } => self.aim_at_file(file, offset..end),
            Source::Flag { flag } => self.aim_at_flag(flag, 0),
        }
    }

    fn aim_at_file(&mut self, file: usize, bytes: Range<usize>) {
        if let Some(id) = self.draft.tabs.get(file).map(|tab| tab.id) {
            self.draft.front = id;
            self.aim_at(Target::File { id, bytes });
        }
    }

    fn aim_at_flag(&mut self, flag: usize, offset: usize) {
        if let Some(bytes) = flags::place(&self.draft.flags, flag) {
            let start = (bytes.start + offset).min(bytes.end);
            self.aim_at(Target::Flags {
                bytes: start..bytes.end,
            });
        }
    }

    fn aim_at(&mut self, target: Target) {
        let number = self.aim.as_ref().map_or(0, |aim| aim.number.wrapping_add(1));
        self.aim = Some(Aim { target, number });
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut state = Rc::unwrap_or_clone(self);
        state.apply(action);
        Rc::new(state)
    }
}

#[cfg(test)]
mod tests;
