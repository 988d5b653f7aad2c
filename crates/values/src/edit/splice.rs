//! One change of a text at a time: replace a value, insert an entry, delete an entry, in block and in flow style.

use rollcast_yaml::Layout;

use super::find::{Holder, Place};
use super::hand::{Hand, Quote};
use super::lines;
use super::tree::{Item, Kind, Node, Pair, Style, Tree};
use super::write;
use crate::value::Value;

/// Text that takes the place of a stretch of the text before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
}

impl Splice {
    pub(super) fn new(start: usize, end: usize, text: impl Into<String>) -> Self {
        Self {
            start,
            end,
            text: text.into(),
        }
    }
}

/// An entry of a collection: where it begins and ends.
type Entry = (usize, usize);

/// Puts a value where another stands.
pub(super) fn replace(tree: &Tree<'_>, place: &Place, value: &Value) -> Vec<Splice> {
    let hand = Hand::of(tree);
    let Some((id, node)) = place.id.and_then(|id| Some((id, tree.node(id)?))) else {
        return root(tree, None, value, hand);
    };
    match &node.kind {
        Kind::List {
            style: Layout::Block, ..
        }
        | Kind::Map {
            style: Layout::Block, ..
        } => instead_of_block(tree, place, node, &write::inline(value, hand.quote, false)),
        Kind::Scalar(Style::Block) => instead_of_block_scalar(tree, place, node, value, hand),
        _ if place.holder == Holder::Root => root(tree, Some(id), value, hand),
        kind => {
            let collection = matches!(kind, Kind::List { .. } | Kind::Map { .. });
            let on_lines = !place.flow && !collection && !write::is_inline(value) && tree.ends_line(node.end);
            match place.holder {
                Holder::Pair(pair) if on_lines && pair.colon.is_some() => below_key(tree, pair, node, value, hand),
                _ => instead_of_inline(tree, place, node, value, hand),
            }
        }
    }
}

/// A value on one line takes the place of another.
fn instead_of_inline(tree: &Tree<'_>, place: &Place, node: &Node, value: &Value, hand: Hand) -> Vec<Splice> {
    let style = match node.kind {
        Kind::Scalar(style) => style,
        _ => Style::Plain,
    };
    let written = match value {
        Value::Str(text) => write::like(text, style, hand.quote, place.flow),
        value => write::inline(value, hand.quote, place.flow),
    };
    let (from, anchor) = behind_anchor(tree, node);
    let mut text = anchor;
    match place.holder {
        Holder::Pair(Pair { colon: None, start, .. }) if !place.flow => {
            // `? key` and nothing else: the colon needs a line of its own.
            text.push_str(lines::break_of(tree.text, start));
            text.push_str(&" ".repeat(lines::column(tree.text, start)));
            text.push_str(": ");
        }
        Holder::Pair(Pair { colon: None, .. }) => text.push_str(": "),
        _ if from == node.end => text.push(' '),
        _ => {}
    }
    text.push_str(&written);
    let mut splices = vec![Splice::new(from, node.end, text)];
    let kept = tree.comments(from, node.end);
    if !kept.is_empty() {
        splices.push(comments_below(tree, node.end, place, &kept));
    }
    splices
}

/// Where new content begins, and the anchor to write there again because a tag, which must go, stands before it.
fn behind_anchor(tree: &Tree<'_>, node: &Node) -> (usize, String) {
    let properties = tree.text.get(node.start..node.content).unwrap_or_default();
    if !properties
        .split(|c| lines::is_blank(c) || lines::is_break(c))
        .any(|word| word.starts_with('!'))
    {
        return (node.content, String::new());
    }
    let anchor = node.anchor.as_ref().map(|name| format!("&{name} ")).unwrap_or_default();
    (node.start, anchor)
}

/// A collection on lines of its own takes the place of a scalar behind a key; a comment stays behind the key.
fn below_key(tree: &Tree<'_>, pair: Pair, node: &Node, value: &Value, hand: Hand) -> Vec<Splice> {
    let (from, anchor) = behind_anchor(tree, node);
    let (colon, mark) = match pair.colon {
        Some(colon) => (colon, ""),
        None => (node.end, ":"),
    };
    let mut head = mark.to_owned();
    if !anchor.is_empty() {
        head.push(' ');
        head.push_str(anchor.trim_end());
    }
    let cut = if from == node.start {
        colon
    } else {
        tree.properties_end(node)
    };
    let column = lines::column(tree.text, pair.start);
    let block = write::block(value, hand, true);
    vec![
        Splice::new(cut, node.end, head),
        lines_below(tree, node.end, column, &block),
    ]
}

/// A value on one line takes the place of a collection on lines of its own; all comments stay.
fn instead_of_block(tree: &Tree<'_>, place: &Place, node: &Node, written: &str) -> Vec<Splice> {
    let text = tree.text;
    let holder_end = if node.start < node.content {
        tree.properties_end(node)
    } else {
        match place.holder {
            Holder::Pair(pair) => pair.colon.unwrap_or(node.content),
            Holder::Item(item) => item.start + 1,
            Holder::Root => node.content,
        }
    };
    let last = lines::end(text, node.end);
    let head_end = lines::end(text, holder_end);
    if head_end > node.content || place.holder == Holder::Root {
        let mut splices = vec![Splice::new(node.content, node.end, written)];
        let kept = tree.comments(node.content, node.end);
        if !kept.is_empty() {
            splices.push(comments_below(tree, node.end, place, &kept));
        }
        return splices;
    }
    let indentation = " ".repeat(holder_column(tree, place));
    let line_break = lines::break_of(text, holder_end);
    let kept: String = tree
        .comments(head_end, last)
        .into_iter()
        .map(|comment| format!("{line_break}{indentation}{comment}"))
        .collect();
    vec![
        Splice::new(holder_end, holder_end, format!(" {written}")),
        Splice::new(head_end, last, kept),
    ]
}

/// A value takes the place of a block scalar; a text of several lines as a block again.
fn instead_of_block_scalar(tree: &Tree<'_>, place: &Place, node: &Node, value: &Value, hand: Hand) -> Vec<Splice> {
    let text = tree.text;
    let (from, anchor) = behind_anchor(tree, node);
    let header = text.get(node.content..node.end).unwrap_or_default();
    let header_end = header
        .find(|c| lines::is_blank(c) || lines::is_break(c) || c == '#')
        .map_or(node.end, |at| node.content + at);
    let body = lines::end(text, node.content).min(node.end).max(header_end);
    let (head, below) = match value {
        Value::Str(value) if is_literal(value) => {
            let line_break = lines::break_of(text, node.content);
            let first = lines::next(text, node.content);
            let old = text.get(first..node.end).unwrap_or_default();
            let old_column = old.chars().take_while(|c| *c == ' ').count();
            let holder = holder_column(tree, place);
            let column = if old_column > holder {
                old_column
            } else {
                holder + hand.step
            };
            let indentation = " ".repeat(column);
            let lines = value.strip_suffix('\n').unwrap_or(value).split('\n');
            let body: String = lines
                .map(|line| {
                    format!(
                        "{line_break}{}{line}",
                        if line.is_empty() { "" } else { indentation.as_str() }
                    )
                })
                .collect();
            (if value.ends_with('\n') { "|" } else { "|-" }.to_owned(), body)
        }
        value => (write::inline(value, hand.quote, false), String::new()),
    };
    vec![
        Splice::new(from, header_end, format!("{anchor}{head}")),
        Splice::new(body, node.end, below),
    ]
}

/// Whether a literal block can hold a text as it is.
fn is_literal(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.starts_with([' ', '\n', '\t'])
        && !body.ends_with('\n')
        && body.lines().all(|line| !line.ends_with(' '))
        && body
            .chars()
            .all(|c| matches!(c, '\n' | ' '..='~' | '\u{A0}'..='\u{2027}' | '\u{202A}'..='\u{D7FF}'))
}

/// The values of a text that holds none yet.
fn root(tree: &Tree<'_>, id: Option<usize>, value: &Value, hand: Hand) -> Vec<Splice> {
    let text = tree.text;
    let written = id.and_then(|id| tree.node(id)).filter(|node| node.start < node.end);
    // Nothing is written: at the end of the text, or before the mark that ends the document.
    let nowhere = id.and_then(|id| tree.node(id)).map_or(text.len(), |node| node.start);
    let (start, end) = written.map_or((nowhere, nowhere), |node| (node.start, node.end));
    let line_break = lines::break_of(text, start);
    let lead = if lines::begins(text, start) { "" } else { line_break };
    let trail = if written.is_some() { "" } else { line_break };
    let block = write::block(value, hand, false).join(line_break);
    vec![Splice::new(start, end, format!("{lead}{block}{trail}"))]
}

/// Adds an entry to a table.
pub(super) fn insert_pair(tree: &Tree<'_>, node: &Node, key: &str, value: &Value) -> Vec<Splice> {
    let Kind::Map { style, pairs } = &node.kind else {
        return Vec::new();
    };
    let hand = Hand::of(tree);
    let sibling = pairs.first().and_then(|pair| tree.node(pair.key)).map(|key| &key.kind);
    let key_style = match sibling {
        Some(Kind::Scalar(style)) => *style,
        _ => Style::Plain,
    };
    let entries = entries_of_pairs(tree, pairs);
    if *style == Layout::Flow {
        let quote = match key_style {
            Style::SingleQuoted => Quote::Single,
            Style::DoubleQuoted => Quote::Always,
            _ => hand.quote,
        };
        let key = write::like(key, key_style, hand.quote, true);
        let written = format!("{key}: {}", write::inline(value, quote, true));
        return insert_in_flow(tree, node, &entries, entries.len(), &written);
    }
    let mut block = write::entry(key, value, hand);
    if let Some(first) = block.first_mut() {
        let plain = write::string(key, hand.quote, false);
        let rest = first.strip_prefix(&plain).unwrap_or_default().to_owned();
        *first = format!("{}{rest}", write::like(key, key_style, hand.quote, false));
    }
    let column = lines::column(tree.text, node.content);
    let Some(last) = entries.last() else {
        return Vec::new();
    };
    // A block scalar that the end of the text cuts short would gain a line break.
    if lines::end(tree.text, last.1) == tree.text.len() && ends_with_block_scalar(tree, last.1) {
        return vec![lines_above(tree, last.0, column, &block)];
    }
    vec![lines_below(tree, last.1, column, &block)]
}

fn ends_with_block_scalar(tree: &Tree<'_>, end: usize) -> bool {
    tree.nodes()
        .any(|node| node.end == end && matches!(node.kind, Kind::Scalar(Style::Block)))
}

/// Adds an item to a list.
pub(super) fn insert_item(tree: &Tree<'_>, node: &Node, at: usize, value: &Value) -> Vec<Splice> {
    let Kind::List { style, items } = &node.kind else {
        return Vec::new();
    };
    let hand = Hand::of(tree);
    let entries = entries_of_items(tree, items);
    let sibling = items
        .first()
        .and_then(|item| tree.node(item.node))
        .map(|item| &item.kind);
    let quote = match sibling {
        Some(Kind::Scalar(Style::SingleQuoted)) => Quote::Single,
        Some(Kind::Scalar(Style::DoubleQuoted)) => Quote::Double,
        _ => hand.quote,
    };
    let like_siblings = match (sibling, value) {
        (Some(Kind::Scalar(style @ (Style::SingleQuoted | Style::DoubleQuoted))), Value::Str(text)) => {
            Some(write::like(text, *style, quote, true))
        }
        _ => None,
    };
    if *style == Layout::Flow {
        let written = like_siblings.unwrap_or_else(|| write::inline(value, quote, true));
        return insert_in_flow(tree, node, &entries, at, &written);
    }
    let block = match like_siblings {
        Some(written) => vec![format!("- {written}")],
        None => write::item(value, hand),
    };
    let column = lines::column(tree.text, node.content);
    match at.checked_sub(1).and_then(|before| entries.get(before)) {
        Some((_, end)) => vec![lines_below(tree, *end, column, &block)],
        None => vec![lines_above(tree, node.content, column, &block)],
    }
}

/// Deletes an entry of a collection.
pub(super) fn delete(tree: &Tree<'_>, place: &Place, node: &Node, index: usize) -> Vec<Splice> {
    let (style, entries, empty) = match &node.kind {
        Kind::Map { style, pairs } => (*style, entries_of_pairs(tree, pairs), "{}"),
        Kind::List { style, items } => (*style, entries_of_items(tree, items), "[]"),
        _ => return Vec::new(),
    };
    match style {
        Layout::Flow => delete_in_flow(tree, node, &entries, index, empty),
        Layout::Block if entries.len() == 1 && place.holder != Holder::Root => {
            instead_of_block(tree, place, node, empty)
        }
        Layout::Block => delete_in_block(tree, &entries, index),
    }
}

fn entries_of_pairs(tree: &Tree<'_>, pairs: &[Pair]) -> Vec<Entry> {
    let end = |pair: &Pair| tree.node(pair.value).map_or(pair.start, |value| value.end);
    pairs.iter().map(|pair| (pair.start, end(pair))).collect()
}

fn entries_of_items(tree: &Tree<'_>, items: &[Item]) -> Vec<Entry> {
    let end = |item: &Item| tree.node(item.node).map_or(item.start, |node| node.end);
    items.iter().map(|item| (item.start, end(item))).collect()
}

/// Deletes the lines of an entry; its comments stay, in its column.
fn delete_in_block(tree: &Tree<'_>, entries: &[Entry], index: usize) -> Vec<Splice> {
    let text = tree.text;
    let Some((start, end)) = entries.get(index).copied() else {
        return Vec::new();
    };
    let column = lines::column(text, start);
    let indentation = " ".repeat(column);
    let line_break = lines::break_of(text, end);
    if !lines::begins(text, start) {
        // The first entry, behind a dash: the next one takes its place.
        let next = entries.get(index + 1).map_or(end, |entry| entry.0);
        let kept: String = tree
            .comments(start, next)
            .into_iter()
            .map(|comment| format!("{comment}{line_break}{indentation}"))
            .collect();
        return vec![Splice::new(start, next, kept)];
    }
    let from = lines::start(text, start);
    let mut kept = tree.comments(start, lines::end(text, end));
    let mut to = lines::next(text, end);
    // Comments further in stood below the entry; left where they are, a block scalar before it would swallow them.
    loop {
        let line = text.get(to..lines::end(text, to)).unwrap_or_default();
        let comment = line.trim_start_matches(lines::is_blank);
        if !comment.starts_with('#') || lines::column(text, lines::end(text, to) - comment.len()) <= column {
            break;
        }
        kept.push(comment);
        to = lines::next(text, to);
    }
    let mut lines: Vec<String> = kept
        .into_iter()
        .map(|comment| format!("{indentation}{comment}"))
        .collect();
    let closed = lines::start(text, to) == to && to > from;
    if closed && !lines.is_empty() {
        lines.push(String::new());
    }
    vec![Splice::new(from, to, lines.join(line_break))]
}

/// Where entries in brackets begin: behind the bracket, or at the entry where there is none (`[a: 1]`).
fn bracketed(tree: &Tree<'_>, node: &Node) -> bool {
    matches!(tree.text.as_bytes().get(node.content), Some(b'{' | b'['))
}

fn insert_in_flow(tree: &Tree<'_>, node: &Node, entries: &[Entry], at: usize, written: &str) -> Vec<Splice> {
    let text = tree.text;
    if !bracketed(tree, node) {
        return vec![
            Splice::new(node.content, node.content, "{"),
            Splice::new(node.end, node.end, format!(", {written}}}")),
        ];
    }
    if let Some((start, _)) = entries.get(at) {
        let gap = if lines::begins(text, *start) {
            format!(
                "{}{}",
                lines::break_of(text, *start),
                " ".repeat(lines::column(text, *start))
            )
        } else {
            " ".to_owned()
        };
        return vec![Splice::new(*start, *start, format!("{written},{gap}"))];
    }
    let Some((start, end)) = entries.last().copied() else {
        return vec![Splice::new(node.content + 1, node.content + 1, written)];
    };
    let next = tree.skip(end);
    let comma = text.get(next..).filter(|rest| rest.starts_with(',')).map(|_| next + 1);
    let behind = comma.unwrap_or(end);
    if lines::begins(text, start) && tree.ends_line(behind) {
        let column = lines::column(text, start);
        let line = format!("{written}{}", if comma.is_some() { "," } else { "" });
        let below = lines_below(tree, behind, column, &[line]);
        return match comma {
            Some(_) => vec![below],
            None => vec![Splice::new(end, end, ","), below],
        };
    }
    vec![Splice::new(end, end, format!(", {written}"))]
}

fn delete_in_flow(tree: &Tree<'_>, node: &Node, entries: &[Entry], index: usize, empty: &str) -> Vec<Splice> {
    let text = tree.text;
    let Some((start, end)) = entries.get(index).copied() else {
        return Vec::new();
    };
    if !bracketed(tree, node) {
        return vec![Splice::new(node.content, node.end, empty)];
    }
    let indentation = " ".repeat(lines::column(text, start));
    let line_break = lines::break_of(text, start);
    let kept = |from: usize, to: usize| {
        let comments = tree.comments(from, to);
        let lines: String = comments
            .iter()
            .map(|comment| format!("{comment}{line_break}{indentation}"))
            .collect();
        if lines.is_empty() { lines } else { format!(" {lines}") }
    };
    let next = tree.skip(end);
    let comma = text.get(next..).filter(|rest| rest.starts_with(',')).map(|_| next + 1);
    let behind = comma.unwrap_or(end);
    let mut splices = Vec::new();
    if entries.len() == 1 {
        let close = tree.skip(behind);
        let open = node.content + 1;
        if tree.comments(open, close).is_empty() {
            return vec![Splice::new(open, close, "")];
        }
    } else if index + 1 == entries.len() {
        // The comma before the last entry would be left over.
        if let Some((_, previous_end)) = index.checked_sub(1).and_then(|previous| entries.get(previous)) {
            if comma.is_none() && tree.comments(*previous_end, start).is_empty() && !lines::begins(text, start) {
                return vec![Splice::new(*previous_end, end, kept(start, end))];
            }
            let left_over = tree.skip(*previous_end);
            if comma.is_none() {
                splices.push(Splice::new(left_over, left_over + 1, ""));
            }
        }
    }
    if lines::begins(text, start) && tree.ends_line(behind) {
        let comments = tree.comments(start, lines::end(text, behind));
        let lines: String = comments
            .iter()
            .map(|comment| format!("{indentation}{comment}{line_break}"))
            .collect();
        splices.push(Splice::new(lines::start(text, start), lines::next(text, behind), lines));
        return splices;
    }
    let following = entries.get(index + 1).map(|entry| entry.0);
    let to = match following {
        Some(next) if tree.comments(behind, next).is_empty() => next,
        _ => behind,
    };
    splices.push(Splice::new(start, to, kept(start, to)));
    splices
}

/// The column new comments and blocks hang from.
fn holder_column(tree: &Tree<'_>, place: &Place) -> usize {
    match place.holder {
        Holder::Root => 0,
        Holder::Pair(pair) => lines::column(tree.text, pair.start),
        Holder::Item(item) => lines::column(tree.text, item.start),
    }
}

/// Lines behind the line of an offset.
fn lines_below(tree: &Tree<'_>, offset: usize, column: usize, block: &[String]) -> Splice {
    let text = tree.text;
    let line_break = lines::break_of(text, offset);
    let indentation = " ".repeat(column);
    let at = lines::end(text, offset);
    let written: String = block
        .iter()
        .map(|line| format!("{line_break}{indentation}{line}"))
        .collect();
    // Before the break of that line, so that a text without a last break stays without.
    Splice::new(at, at, written)
}

/// Lines before an entry.
fn lines_above(tree: &Tree<'_>, start: usize, column: usize, block: &[String]) -> Splice {
    let line_break = lines::break_of(tree.text, start);
    let indentation = " ".repeat(column);
    let written: String = block
        .iter()
        .map(|line| format!("{line}{line_break}{indentation}"))
        .collect();
    Splice::new(start, start, written)
}

fn comments_below(tree: &Tree<'_>, offset: usize, place: &Place, comments: &[&str]) -> Splice {
    let lines: Vec<String> = comments.iter().map(|comment| (*comment).to_owned()).collect();
    lines_below(tree, offset, holder_column(tree, place), &lines)
}
