use rollcast_values::edit::Edited;
use serde::Serialize;

use crate::{Flag, Request, ValuesFile};

/// A change of the values, tried before it is offered: the edited request was evaluated, nothing but these values changed,
/// and it does what it says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// Stable for the same change: its first path and value.
    pub id: String,
    /// What it does, as an instruction: "Set `app.allowMultiReplica: true`".
    pub title: String,
    /// How one click applies it.
    pub form: FixForm,
    /// The effective values that change.
    pub changes: Vec<ValueChange>,
    /// The operator's files after the edit; empty where their text cannot take it.
    pub edits: Vec<FileEdit>,
    /// The operator's flags after the edit, in their order; empty where it is none of flags.
    pub flag_edits: Vec<FlagEdit>,
    /// The same change as one more values file, behind the others; `None` where a file cannot say it.
    pub overlay: Option<ValuesFile>,
    /// The same change as flags behind the others; empty where flags cannot say it.
    pub flags: Vec<Flag>,
    /// The flags as a shell takes them; `None` where there are none.
    pub flag_line: Option<String>,
    /// What is gone after it, or reached by it: ids of findings, of change items, or of the goal.
    pub resolves: Vec<&'static str>,
}

impl Fix {
    /// Makes the change in a request, in one of the forms it has.
    pub fn apply(&self, form: FixForm, request: &mut Request) {
        match form {
            FixForm::Edit => {
                for edit in &self.edits {
                    let file = ValuesFile {
                        name: edit.name.clone(),
                        text: edit.text.clone(),
                    };
                    match request.values.get_mut(edit.file) {
                        Some(old) => *old = file,
                        None => request.values.push(file),
                    }
                }
                FlagEdit::make(&self.flag_edits, &mut request.set);
            }
            FixForm::Overlay => request.values.extend(self.overlay.clone()),
            FixForm::Flags => request.set.extend(self.flags.iter().cloned()),
        }
    }

    /// The request after the change, in each of the forms it has, the first choice first.
    #[must_use]
    pub fn in_each_form(&self, request: &Request) -> Vec<(FixForm, Request)> {
        let edited = |form| {
            let mut edited = request.clone();
            self.apply(form, &mut edited);
            (form, edited)
        };
        self.forms().into_iter().map(edited).collect()
    }

    /// The forms it has, the first choice first.
    #[must_use]
    pub fn forms(&self) -> Vec<FixForm> {
        let has = [
            (FixForm::Edit, !self.edits.is_empty() || !self.flag_edits.is_empty()),
            (FixForm::Overlay, self.overlay.is_some()),
            (FixForm::Flags, !self.flags.is_empty()),
        ];
        let forms = has.into_iter();
        forms.filter(|(_, has)| *has).map(|(form, _)| form).collect()
    }
}

/// The form in which one click applies a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum FixForm {
    /// An edit of the operator's own text: files and flags.
    Edit,
    /// One more values file.
    Overlay,
    /// Flags.
    Flags,
}

/// An effective value that a fix changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ValueChange {
    /// Its path, as `--set` spells it.
    pub path: String,
    /// Before, as compact JSON; `None` where the key is missing.
    pub before: Option<String>,
    /// After, as compact JSON; `None` where the key is deleted.
    pub after: Option<String>,
}

/// A values file after a fix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FileEdit {
    /// Index among the request's files; a new file has the index behind the last.
    pub file: usize,
    /// Its name.
    pub name: String,
    /// The whole text after it.
    pub text: String,
    /// What changed, in the order to apply it: each change counts on the text the one before it left. Undoing them in
    /// the opposite order restores the bytes.
    pub changes: Vec<TextChange>,
}

impl FileEdit {
    pub(crate) fn new(file: usize, name: &str, edited: Edited) -> Self {
        let changes = edited.changes.into_iter();
        Self {
            file,
            name: name.to_owned(),
            text: edited.text,
            changes: changes
                .map(|change| TextChange {
                    at: change.at,
                    removed: change.removed,
                    inserted: change.inserted,
                })
                .collect(),
        }
    }
}

/// A flag after a fix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FlagEdit {
    /// Index among the request's flags.
    pub flag: usize,
    /// The flag that was given, as a shell takes it.
    pub before: String,
    /// What takes its place, in this order; empty where the flag goes.
    pub after: Vec<Flag>,
    /// The same as a shell takes it; empty where the flag goes.
    pub line: String,
}

impl FlagEdit {
    /// Makes edits in flags, which they name in order.
    pub(super) fn make(edits: &[Self], flags: &mut Vec<Flag>) {
        // From the last on, so that the places of the others stay true.
        for edit in edits.iter().rev() {
            if edit.flag < flags.len() {
                flags.splice(edit.flag..=edit.flag, edit.after.iter().cloned());
            }
        }
    }
}

/// A stretch of text that another replaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TextChange {
    /// Byte offset of the stretch.
    pub at: usize,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

/// Something an operator may want of a rollout.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// "no-gap", "no-overlap" or "keep-what-i-have".
    pub id: &'static str,
    /// What it means.
    pub title: &'static str,
    /// Whether it is reached.
    pub state: GoalState,
    /// The smallest set of edits that reaches it in this release, or, for "keep-what-i-have" out of reach, keeps as much
    /// as can be kept; `None` where there is nothing to change.
    pub fix: Option<Fix>,
    /// Why, in a sentence: what stands in the way, or what it costs.
    pub why: String,
}

/// Whether a goal is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum GoalState {
    /// It is.
    Reached,
    /// The fix reaches it.
    Reachable,
    /// No values reach it in this release.
    OutOfReach,
}
