//! A change of the operator's own text that says better what it says, or what it was meant to say: which values may change
//! by it is known beforehand.

use rollcast_chart::Release;
use rollcast_values::edit::{Edited, Path, Step, same};
use rollcast_values::{Flag as GivenFlag, FlagKind, Node, Note, NoteKind, Value, pairs};

use super::offer::{Form, Offer};
use super::report::{FileEdit, Fix, FixForm, FlagEdit, ValueChange};
use super::wish::{at, placeless};
use crate::Request;
use crate::findings::Situation;
use crate::side::effective;

/// See the module's text.
pub(super) struct Rewrite {
    /// Stable for the same change.
    pub(super) id: String,
    /// What it does, as an instruction.
    pub(super) title: String,
    /// The request after it.
    pub(super) request: Request,
    pub(super) edits: Vec<FileEdit>,
    pub(super) flag_edits: Vec<FlagEdit>,
    /// The only values that may change, and what they become; `None` for whatever comes up in their place.
    pub(super) expected: Vec<(Path, Option<Value>)>,
}

impl Rewrite {
    /// A change of files, given by their indices.
    pub(super) fn of_files(request: &Request, edited: Vec<(usize, Edited)>) -> Option<Self> {
        let mut after = request.clone();
        let mut edits = Vec::new();
        for (index, edited) in edited {
            let file = after.values.get_mut(index)?;
            file.text.clone_from(&edited.text);
            edits.push(FileEdit::new(index, &file.name, edited));
        }
        let changes = edits.iter().any(|edit| !edit.changes.is_empty());
        changes.then_some(Self {
            id: String::new(),
            title: String::new(),
            request: after,
            edits,
            flag_edits: Vec::new(),
            expected: Vec::new(),
        })
    }

    /// As a fix, if no other values change than may, and those come out as they should.
    pub(super) fn offer(self, release: &'static Release, values: &Value) -> Option<Offer> {
        let effective = effective(&self.request, release.defaults()).ok()?;
        let mut changes = Vec::new();
        if !same(values, &effective.values) {
            let without = |values: &Value| {
                let mut left = values.clone();
                for (path, _) in &self.expected {
                    remove(&mut left, &path.steps);
                }
                left
            };
            let comes_out = |(path, wanted): &(Path, Option<Value>)| match (wanted, at(&effective.values, path)) {
                (None, _) | (Some(Value::Null), None) => true,
                (Some(wanted), Some(found)) => same(wanted, found),
                (Some(_), None) => false,
            };
            if !same(&without(values), &without(&effective.values)) || !self.expected.iter().all(comes_out) {
                return None;
            }
            let json = |values: &Value, path: &Path| at(values, path).map(Value::to_json);
            changes = self
                .expected
                .iter()
                .map(|(path, _)| ValueChange {
                    path: path.to_string(),
                    before: json(values, path),
                    after: json(&effective.values, path),
                })
                .filter(|change| change.before != change.after)
                .collect();
        }
        Some(Offer {
            fix: Fix {
                id: self.id,
                title: self.title,
                form: FixForm::Edit,
                changes,
                edits: self.edits,
                flag_edits: self.flag_edits,
                overlay: None,
                flags: Vec::new(),
                flag_line: None,
                resolves: Vec::new(),
            },
            forms: vec![Form {
                form: FixForm::Edit,
                request: self.request,
                effective,
            }],
        })
    }
}

/// The finding that tells of a note, where the place it is about can be rewritten.
pub(super) const fn told_by(kind: &NoteKind) -> Option<&'static str> {
    Some(match kind {
        NoteKind::DroppedDocument => "dropped-document",
        NoteKind::DroppedTail => "dropped-tail",
        NoteKind::DuplicateKey { .. } => "duplicate-key",
        NoteKind::MergeOverrides { .. } => "merge-overrides",
        NoteKind::TypedKey { .. } => "typed-key",
        NoteKind::BooleanWord { .. } => "boolean-word",
        NoteKind::Octal { .. } => "octal-number",
        NoteKind::ClearsNothing { .. } => "empty-table-clears-nothing",
        NoteKind::StaysText { .. } => "flag-keeps-text",
        NoteKind::BlankAroundKey { .. } => "flag-blank-around-key",
        NoteKind::BlankAroundValue { .. } => "flag-blank-around-value",
        NoteKind::QuotesKept { .. } => "flag-quotes-kept",
        NoteKind::EmptyBraces => "flag-braces-are-a-list",
        NoteKind::NoValue | NoteKind::NoKey => "flag-without-effect",
        NoteKind::DefaultListDiscarded { .. } => "flag-discards-default-list",
        NoteKind::EmptyPlaces { .. } => "flag-leaves-empty-places",
        _ => return None,
    })
}

/// The notes that a finding tells of, by its id and what it is about.
pub(super) fn notes<'a>(situation: &'a Situation<'_>, id: &str, spelt: &str) -> impl Iterator<Item = &'a Note> {
    let notes = situation.effective.notes.iter();
    notes.filter(move |note| told_by(&note.kind) == Some(id) && situation.noted(note).path == spelt)
}

/// Takes what stands at a path away, and the tables that are empty without it; an item of a list becomes null.
fn remove(value: &mut Value, steps: &[Step]) {
    let Some((step, rest)) = steps.split_first() else {
        return;
    };
    match (step, value) {
        (Step::Key(key), Value::Map(map)) => {
            if let Some(node) = map.get_mut(key) {
                remove(&mut node.value, rest);
                if rest.is_empty() || matches!(&node.value, Value::Map(inner) if inner.is_empty()) {
                    map.remove(key);
                }
            }
        }
        (Step::Index(index), Value::List(items)) => {
            if let Some(node) = items.get_mut(*index) {
                match rest {
                    [] => *node = placeless(Value::Null),
                    rest => remove(&mut node.value, rest),
                }
            }
        }
        _ => {}
    }
}

/// What a value says leaf by leaf: the chart's defaults come beneath its tables.
pub(super) fn leaves(path: &Path, value: &Value) -> Vec<(Path, Option<Value>)> {
    match value {
        Value::Map(map) if !map.is_empty() => {
            let entries = map.iter();
            entries
                .flat_map(|(key, Node { value, .. })| leaves(&path.then(Step::Key(key.clone())), value))
                .collect()
        }
        value => vec![(path.clone(), Some(value.clone()))],
    }
}

/// The path that is spelt as the key of a `--set` argument.
pub(super) fn path(spelt: &str) -> Option<Path> {
    let arg = format!("{spelt}=");
    let flag = GivenFlag {
        kind: FlagKind::Set,
        arg: &arg,
        content: None,
    };
    pairs(&flag)?.into_iter().next()?.sets.map(|sets| sets.path)
}
