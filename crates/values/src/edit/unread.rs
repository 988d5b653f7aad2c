//! Edits of what Helm reads past: lines it drops, entries that others override.
//!
//! They are no changes of values that could be asked for, so the caller compares the values before and after.

use std::ops::Range;

use rollcast_yaml::Layout;

use super::draft::Draft;
use super::find::{Holder, Place};
use super::splice::{self, Splice};
use super::tree::{Kind, Node, Pair, Tree};
use super::{Edited, lines};

/// Puts other text where stretches of a text stand, which do not overlap.
#[must_use]
pub fn replace(text: &str, stretches: Vec<(Range<usize>, String)>) -> Edited {
    made(
        text,
        stretches
            .into_iter()
            .map(|(range, with)| Splice::new(range.start, range.end, with))
            .collect(),
    )
}

/// Turns a stretch of text into comments, line by line. Blank lines stay as they are.
#[must_use]
pub fn comment_out(text: &str, stretch: &Range<usize>) -> Edited {
    let mut splices = Vec::new();
    let mut from = lines::start(text, stretch.start);
    if !lines::begins(text, stretch.start) {
        let at = text.get(stretch.start..).map_or(stretch.start, |rest| {
            stretch.start + rest.len() - rest.trim_start_matches(lines::is_blank).len()
        });
        splices.push(Splice::new(at, at, " # "));
        from = lines::next(text, stretch.start);
    }
    if from < stretch.end {
        splices.extend(commented(text, from..stretch.end, usize::MAX));
    }
    made(text, splices)
}

/// Takes entries of tables out of effect, given by the offsets of their keys: those that have lines of their own become
/// comments, others are deleted. `None` where there is no such entry, or it is the only one of its table.
#[must_use]
pub fn disable_entries(text: &str, keys: &[usize]) -> Option<Edited> {
    let tree = Tree::new(text)?;
    let mut splices = Vec::new();
    for key in keys {
        let entry = entry(&tree, *key)?;
        if entry.has_lines(&tree) {
            let column = lines::column(text, entry.pair.start);
            splices.extend(commented(text, entry.stretch(&tree), column));
        } else if entry.count > 1 {
            let place = Place {
                id: None,
                holder: Holder::Root,
                flow: false,
            };
            splices.extend(splice::delete(&tree, &place, entry.table, entry.index));
        } else {
            return None;
        }
    }
    Some(made(text, splices))
}

/// Whether the entry with its key at an offset has lines of its own, so that [`disable_entries`] keeps its text.
#[must_use]
pub fn has_lines(text: &str, key: usize) -> bool {
    Tree::new(text).is_some_and(|tree| entry(&tree, key).is_some_and(|entry| entry.has_lines(&tree)))
}

/// Moves an entry before another of the same table; both are given by the offsets of their keys. `None` where one of them
/// has no lines of its own.
#[must_use]
pub fn move_before(text: &str, key: usize, other: usize) -> Option<Edited> {
    let tree = Tree::new(text)?;
    let (moved, other) = (entry(&tree, key)?, entry(&tree, other)?);
    if !moved.has_lines(&tree) || !other.has_lines(&tree) || moved.pair.start <= other.pair.start {
        return None;
    }
    let range = whole_lines(text, &moved.stretch(&tree))?;
    let to = lines::start(text, other.pair.start);
    let lines = text.get(range.clone())?.to_owned();
    Some(made(
        text,
        vec![Splice::new(to, to, lines), Splice::new(range.start, range.end, "")],
    ))
}

/// Moves the entries of one table, which is an entry itself, to the beginning of another, and its key away; both are given
/// by the offsets of their keys. Comments come along. `None` where they are not written line by line in the same column.
#[must_use]
pub fn join(text: &str, key: usize, other: usize) -> Option<Edited> {
    let tree = Tree::new(text)?;
    let (moved, other) = (entry(&tree, key)?, entry(&tree, other)?);
    if !moved.has_lines(&tree) || moved.below(&tree)? != other.below(&tree)? {
        return None;
    }
    let from = lines::start(text, moved.pair.start);
    let below = lines::next(text, moved.pair.start);
    let rest = whole_lines(text, &(below..moved.stretch(&tree).end))?;
    let column = lines::column(text, moved.pair.start);
    let line_break = lines::break_of(text, moved.pair.start);
    let comments = tree.comments(moved.pair.start, below);
    let comments = comments.into_iter();
    let kept: String = comments
        .map(|comment| format!("{}{comment}{line_break}", " ".repeat(column)))
        .collect();
    let to = lines::next(text, other.pair.start);
    let lines = text.get(rest.clone())?.to_owned();
    Some(made(
        text,
        vec![Splice::new(to, to, lines), Splice::new(from, rest.end, kept)],
    ))
}

fn made(text: &str, splices: Vec<Splice>) -> Edited {
    let mut draft = Draft::new(text);
    draft.apply(splices);
    draft.finish()
}

/// A stretch up to the break behind its last line; `None` where the text ends without one.
fn whole_lines(text: &str, stretch: &Range<usize>) -> Option<Range<usize>> {
    let end = lines::next(text, stretch.end);
    (lines::start(text, end) == end && end > stretch.start).then_some(lines::start(text, stretch.start)..end)
}

/// The marks that make comments of the lines of a stretch, all in one column, which is not behind `column`.
fn commented(text: &str, stretch: Range<usize>, column: usize) -> Vec<Splice> {
    let mut starts = Vec::new();
    let mut column = column;
    let mut at = lines::start(text, stretch.start);
    while at < stretch.end {
        let line = text.get(at..lines::end(text, at)).unwrap_or_default();
        let content = line.trim_start_matches(lines::is_blank);
        if !content.is_empty() {
            column = column.min(line.len() - content.len());
            starts.push(at);
        }
        let next = lines::next(text, at);
        if next == at {
            break;
        }
        at = next;
    }
    let marks = starts.into_iter();
    marks
        .map(|start| Splice::new(start + column, start + column, "# "))
        .collect()
}

/// An entry of a table.
struct Entry<'t> {
    table: &'t Node,
    index: usize,
    count: usize,
    pair: Pair,
}

impl Entry<'_> {
    fn stretch(&self, tree: &Tree<'_>) -> Range<usize> {
        let end = tree.node(self.pair.value).map_or(self.pair.start, |value| value.end);
        self.pair.start..end.max(self.pair.colon.unwrap_or(end))
    }

    fn has_lines(&self, tree: &Tree<'_>) -> bool {
        let block = matches!(
            self.table.kind,
            Kind::Map {
                style: Layout::Block,
                ..
            }
        );
        block && self.count > 1 && lines::begins(tree.text, self.pair.start)
    }

    /// The column of its own entries, where it is a table below its key.
    fn below(&self, tree: &Tree<'_>) -> Option<usize> {
        let value = tree.node(self.pair.value)?;
        let block = matches!(
            value.kind,
            Kind::Map {
                style: Layout::Block,
                ..
            }
        );
        let below = lines::start(tree.text, value.content) > self.pair.start;
        let plain = value.start == value.content;
        (block && below && plain).then(|| lines::column(tree.text, value.content))
    }
}

/// The entry whose key begins at an offset.
fn entry<'t>(tree: &'t Tree<'_>, key: usize) -> Option<Entry<'t>> {
    tree.nodes().find_map(|table| {
        let Kind::Map { pairs, .. } = &table.kind else {
            return None;
        };
        let at = |pair: &Pair| tree.node(pair.key).is_some_and(|node| node.start == key);
        let index = pairs.iter().position(at)?;
        Some(Entry {
            table,
            index,
            count: pairs.len(),
            pair: *pairs.get(index)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The offset of the n-th place where something stands.
    fn place(text: &str, what: &str, n: usize) -> usize {
        text.match_indices(what).nth(n).unwrap().0
    }

    fn checked(text: &str, edited: Option<Edited>, expected: &str) {
        let edited = edited.unwrap_or_else(|| panic!("{text}"));
        assert_eq!(edited.text, expected, "{text}");
        assert_eq!(edited.undone(), text);
    }

    #[test]
    fn lines_become_comments_in_one_column() {
        for (text, from, expected) in [
            (
                "a: 1\n---\n  b:\n    # why\n\n    c: 2\n",
                "  b",
                "a: 1\n---\n  # b:\n  #   # why\n\n  #   c: 2\n",
            ),
            ("{a: 1}\r\nb: 2\r\n", "b", "{a: 1}\r\n# b: 2\r\n"),
            ("{a: 1} b: 2\nc: 3", " b", "{a: 1}  # b: 2\n# c: 3"),
            ("{a: 1}b", "b", "{a: 1} # b"),
        ] {
            let at = place(text, from, 0);
            checked(text, Some(comment_out(text, &(at..text.trim_end().len()))), expected);
        }
    }

    #[test]
    fn entries_go_out_of_effect_and_their_text_stays() {
        for (text, key, expected) in [
            (
                "a: # one\n  b: |\n    x\n\n    y\n  # below\nc: 1\na: 2\n",
                "a",
                "# a: # one\n#   b: |\n#     x\n\n#     y\n  # below\nc: 1\na: 2\n",
            ),
            (
                "x:\n  a: |\n    t\n  k: 1\n  k: 2\n",
                "k",
                "x:\n  a: |\n    t\n  # k: 1\n  k: 2\n",
            ),
            ("x: {k: 1, k: 2}\n", "k", "x: {k: 2}\n"),
            ("- k: 1 # one\n  k: 2\n", "k", "- # one\n  k: 2\n"),
        ] {
            checked(text, disable_entries(text, &[place(text, key, 0)]), expected);
        }
        assert_eq!(disable_entries("a: 1\n", &[0]), None);
        assert_eq!(disable_entries("a: 1\nb: 2\n", &[1]), None);
    }

    #[test]
    fn an_entry_moves_with_its_lines() {
        let text = "e:\n  # first\n  A: 1\n  B: 2\n  <<: *b # base\n  C: 3\n";
        let text = format!("b: &b {{A: 0}}\n{text}");
        checked(
            &text,
            move_before(&text, place(&text, "<<", 0), place(&text, "A: 1", 0)),
            "b: &b {A: 0}\ne:\n  # first\n  <<: *b # base\n  A: 1\n  B: 2\n  C: 3\n",
        );
        assert_eq!(move_before("x: {A: 1, B: 2}\n", 10, 4), None);
        assert_eq!(move_before("A: 1\nB: 2", 5, 0), None);
    }

    #[test]
    fn tables_are_joined_with_their_comments() {
        let text = "app: # ours\n  # two\n  n: 2\n\nx: 1\napp:\n  m: true # more\n";
        checked(
            text,
            join(text, 0, place(text, "app", 1)),
            "# ours\n\nx: 1\napp:\n  # two\n  n: 2\n  m: true # more\n",
        );
        for text in [
            "a: {n: 1}\na:\n  m: 1\n",
            "a:\n  n: 1\na:\n    m: 1\n",
            "a: 1\na:\n  m: 1\n",
        ] {
            assert_eq!(join(text, 0, place(text, "\na", 0) + 1), None, "{text}");
        }
    }
}
