//! What is rewritten in values files: lines that Helm never reads become comments, and what Helm reads otherwise than it
//! looks is written as it is read, or as it was meant.

use std::collections::BTreeMap;

use rollcast_values::edit::{self, Edit, Edited, Path, Step, unread};
use rollcast_values::{Map, Note, NoteKind, Origin, Span, Value, read_as};

use super::rewrite::{Rewrite, leaves, notes, path};
use super::subject;
use super::wish::at;
use crate::Finding;
use crate::findings::Situation;

/// The rewritings to try for one finding, the mildest first.
pub(super) fn rewrites(situation: &Situation<'_>, finding: &Finding) -> Vec<Rewrite> {
    let found = Places::of(situation, finding);
    let tried: Vec<Option<Rewrite>> = match finding.id {
        "dropped-document" | "dropped-tail" => vec![found.comment_out()],
        "duplicate-key" => vec![found.disable("earlier"), found.join()],
        "merge-overrides" => vec![found.disable("overridden"), found.merge_first()],
        "typed-key" => vec![found.key_as_written(), found.key_as_read()],
        "boolean-word" | "octal-number" => vec![found.as_read()],
        "empty-table-clears-nothing" => vec![found.delete()],
        _ => Vec::new(),
    };
    let rewrites = tried.into_iter().flatten().enumerate();
    rewrites
        .map(|(at, rewrite)| Rewrite {
            id: format!("{}:{}:{at}", finding.id, found.spelt),
            ..rewrite
        })
        .collect()
}

/// The places in files that one finding is about.
struct Places<'a> {
    situation: &'a Situation<'a>,
    /// The path it is about.
    spelt: &'a str,
    notes: Vec<(usize, Span, &'a Note)>,
}

impl<'a> Places<'a> {
    fn of(situation: &'a Situation<'a>, finding: &'a Finding) -> Self {
        let spelt = subject(finding).unwrap_or_default();
        let notes = notes(situation, finding.id, spelt).filter_map(|note| match note.origin {
            Origin::File { file, span } => Some((file, span, note)),
            Origin::Default(_) | Origin::Flag { .. } | Origin::LastRelease => None,
        });
        Self {
            situation,
            spelt,
            notes: notes.collect(),
        }
    }

    fn text(&self, file: usize) -> Option<&'a str> {
        self.situation.request.values.get(file).map(|file| file.text.as_str())
    }

    fn rewrite(&self, title: String, edited: Vec<(usize, Edited)>) -> Option<Rewrite> {
        let rewrite = Rewrite::of_files(self.situation.request, edited)?;
        Some(Rewrite { title, ..rewrite })
    }

    fn comment_out(&self) -> Option<Rewrite> {
        let edited = self.notes.iter().filter_map(|(file, span, _)| {
            let edited = unread::comment_out(self.text(*file)?, &(span.start.offset..span.end.offset));
            Some((*file, edited))
        });
        let title = "Turn the lines that Helm never reads into comments".to_owned();
        self.rewrite(title, edited.collect())
    }

    /// Entries that others override, by what they are called.
    fn disable(&self, what: &str) -> Option<Rewrite> {
        let mut keys: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut lines = Vec::new();
        for (file, _, note) in &self.notes {
            if let NoteKind::DuplicateKey { first, .. } | NoteKind::MergeOverrides { first, .. } = &note.kind {
                let of_file = keys.entry(*file).or_default();
                if !of_file.contains(&first.start.offset) {
                    of_file.push(first.start.offset);
                    lines.push(format!("line {}", first.start.line + 1));
                }
            }
        }
        let stay = keys.iter().all(|(file, keys)| {
            keys.iter()
                .all(|key| self.text(*file).is_some_and(|text| unread::has_lines(text, *key)))
        });
        let edited: Option<Vec<(usize, Edited)>> = keys
            .iter()
            .map(|(file, keys)| Some((*file, unread::disable_entries(self.text(*file)?, keys)?)))
            .collect();
        let (key, lines) = (self.spelt, lines.join(" and "));
        let title = if stay {
            format!("Turn the {what} `{key}` in {lines} into a comment")
        } else {
            format!("Delete the {what} `{key}` in {lines}")
        };
        self.rewrite(title, edited?)
    }

    /// The earlier of two tables goes into the later one.
    fn join(&self) -> Option<Rewrite> {
        let [(file, span, note)] = self.notes.as_slice() else {
            return None;
        };
        let NoteKind::DuplicateKey { first, .. } = &note.kind else {
            return None;
        };
        let text = self.text(*file)?;
        let path = path(self.spelt)?;
        // What each says where the other does not stand. Of two that share a key one would get lost again.
        let without = |key: usize| {
            let left = unread::disable_entries(text, &[key])?;
            let read = read_as(left.text.as_bytes(), self.situation.request.helm, Origin::Default).ok()?;
            at(&Value::Map(read.map), &path).cloned()
        };
        let (earlier, later) = (without(span.start.offset)?, without(first.start.offset)?);
        match (&earlier, &later) {
            (Value::Map(earlier), Value::Map(later)) if earlier.keys().all(|key| !later.contains_key(key)) => {}
            _ => return None,
        }
        let expected = leaves(&path, &earlier);
        let joined = unread::join(text, first.start.offset, span.start.offset)?;
        let title = format!("Move what the first `{}` says into the second", self.spelt);
        let rewrite = self.rewrite(title, vec![(*file, joined)])?;
        Some(Rewrite { expected, ..rewrite })
    }

    /// The merge goes before the keys that it overrides.
    fn merge_first(&self) -> Option<Rewrite> {
        let (file, span, _) = self.notes.first()?;
        // Moving it saves every key that it overrides.
        let mut saved = Vec::new();
        for note in &self.situation.effective.notes {
            if let NoteKind::MergeOverrides { first, .. } = &note.kind
                && note.origin
                    == (Origin::File {
                        file: *file,
                        span: *span,
                    })
            {
                saved.push((first.start.offset, path(note.path.as_deref()?)?));
            }
        }
        let to = saved.iter().map(|(offset, _)| *offset).min()?;
        let moved = unread::move_before(self.text(*file)?, span.start.offset, to)?;
        let title = format!("Put the merge before `{}`, so that `{}` counts", self.spelt, self.spelt);
        let rewrite = self.rewrite(title, vec![(*file, moved)])?;
        let expected = saved.into_iter().map(|(_, path)| (path, None)).collect();
        Some(Rewrite { expected, ..rewrite })
    }

    /// The places with other text in them; each replaced only if what stands there is what was noted.
    fn with(&self, text: impl Fn(&NoteKind) -> Option<(String, String)>) -> Option<Vec<(usize, Edited)>> {
        let mut stretches: BTreeMap<usize, Vec<(std::ops::Range<usize>, String)>> = BTreeMap::new();
        for (file, span, note) in &self.notes {
            let (written, new) = text(&note.kind)?;
            let end = span.end.offset;
            let start = end.checked_sub(written.len())?;
            if self.text(*file)?.get(start..end)? != written {
                return None;
            }
            stretches.entry(*file).or_default().push((start..end, new));
        }
        let edited = stretches.into_iter();
        edited
            .map(|(file, stretches)| Some((file, unread::replace(self.text(file)?, stretches))))
            .collect()
    }

    fn key_as_written(&self) -> Option<Rewrite> {
        let [(_, _, note)] = self.notes.as_slice() else {
            return None;
        };
        let NoteKind::TypedKey { written, .. } = &note.kind else {
            return None;
        };
        let edited = self.with(|_| Some((written.clone(), format!("\"{written}\""))))?;
        let old = path(self.spelt)?;
        let parents = old.steps.len().checked_sub(1)?;
        let new = old.first(parents).then(Step::Key(written.clone()));
        let mut expected = leaves(&new, at(&self.situation.effective.values, &old)?);
        expected.push((old, None));
        let rewrite = self.rewrite(format!("Quote the key: `\"{written}\"`"), edited)?;
        Some(Rewrite { expected, ..rewrite })
    }

    fn key_as_read(&self) -> Option<Rewrite> {
        let edited = self.with(|kind| match kind {
            NoteKind::TypedKey { written, key } => Some((written.clone(), format!("\"{key}\""))),
            _ => None,
        })?;
        let key = self.notes.iter().find_map(|(_, _, note)| match &note.kind {
            NoteKind::TypedKey { key, .. } => Some(key),
            _ => None,
        })?;
        self.rewrite(format!("Write the key as Helm reads it: `\"{key}\"`"), edited)
    }

    fn as_read(&self) -> Option<Rewrite> {
        let respelt = |kind: &NoteKind| match kind {
            NoteKind::BooleanWord { written, value } => Some((written.clone(), value.to_string())),
            NoteKind::Octal { written, decimal } => Some((written.clone(), decimal.clone())),
            _ => None,
        };
        let (written, new) = respelt(&self.notes.first()?.2.kind)?;
        let edited = self.with(respelt)?;
        self.rewrite(format!("Write `{new}` for `{written}`, as Helm reads it"), edited)
    }

    /// Takes a value away that changes nothing, with the tables that hold nothing else.
    fn delete(&self) -> Option<Rewrite> {
        let whole = path(self.spelt)?;
        let mut edited = Vec::new();
        for (file, _, _) in &self.notes {
            let text = self.text(*file)?;
            let map = read_as(text.as_bytes(), self.situation.request.helm, Origin::Default)
                .ok()?
                .map;
            let path = alone(&map, &whole);
            edited.push((*file, edit::edit(text, &[Edit::Delete { path }]).ok()?));
        }
        self.rewrite(format!("Delete `{}`", self.spelt), edited)
    }
}

/// The way to the outermost table that holds nothing but what the path leads to.
fn alone(map: &Map, path: &Path) -> Path {
    let mut depth = path.steps.len();
    let root = Value::Map(map.clone());
    while depth > 1 {
        match at(&root, &path.first(depth - 1)) {
            Some(Value::Map(table)) if table.len() == 1 => depth -= 1,
            _ => break,
        }
    }
    path.first(depth)
}
