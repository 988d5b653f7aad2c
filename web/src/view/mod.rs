//! Components: functions of their properties.

mod announcer;
mod answer;
mod change;
mod checklist;
mod copy;
mod divider;
mod editor;
mod failure;
mod fixes;
mod forecast;
mod icon;
mod later;
mod origin;
mod place;
mod releases;
mod save;
mod table;
mod texts;
mod theme;
mod verdict;
mod why;

pub(crate) use announcer::Announcer;
pub(crate) use answer::Behind;
pub(crate) use copy::Copy;
pub(crate) use divider::Divider;
pub(crate) use editor::{Editor, status};
pub(crate) use failure::{announcement as failure_announcement, failure};
pub(crate) use later::use_turn;
pub(crate) use origin::Origins;
pub(crate) use place::Place;
pub(crate) use save::Save;
pub(crate) use theme::ThemeSwitch;
pub(crate) use verdict::{Fact, announcement as verdict_announcement, bar, facts, verdict};

#[cfg(test)]
mod tests;
