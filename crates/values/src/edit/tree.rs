//! A text as its author wrote it: every node with its place, style and anchors, and where comments can stand.

use std::collections::{HashMap, HashSet};

use rollcast_yaml::{Event, Layout, Parser};

use super::lines::{self, is_blank, is_break};

/// The first document of a text.
pub(super) struct Tree<'a> {
    pub(super) text: &'a str,
    nodes: Vec<Node>,
    /// `None` for a text without a document.
    pub(super) root: Option<usize>,
    /// Content in which `#` begins no comment, in order.
    opaque: Vec<(usize, usize)>,
    /// Nodes that aliases repeat.
    repeated: HashSet<usize>,
}

pub(super) struct Node {
    pub(super) kind: Kind,
    /// Where its anchor or tag begins, or its content.
    pub(super) start: usize,
    /// Where its content begins.
    pub(super) content: usize,
    /// Just behind its last character; comments and blank lines that follow are outside.
    pub(super) end: usize,
    pub(super) anchor: Option<String>,
}

pub(super) enum Kind {
    Scalar(Style),
    List { style: Layout, items: Vec<Item> },
    Map { style: Layout, pairs: Vec<Pair> },
    Alias { name: String, target: usize },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Nothing is written.
    Empty,
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Block,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) node: usize,
    /// Where the entry begins: its dash, or in brackets its node.
    pub(super) start: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) key: usize,
    pub(super) value: usize,
    /// Where the entry begins: its `?`, or its key.
    pub(super) start: usize,
    /// Just behind the colon, if there is one.
    pub(super) colon: Option<usize>,
}

impl<'a> Tree<'a> {
    /// The tree of a text that Helm reads; `None` for any other.
    pub(super) fn new(text: &'a str) -> Option<Self> {
        let mut tree = Tree {
            text,
            nodes: Vec::new(),
            root: None,
            opaque: Vec::new(),
            repeated: HashSet::new(),
        };
        tree.build()?;
        Some(tree)
    }

    pub(super) fn node(&self, id: usize) -> Option<&Node> {
        self.nodes.get(id)
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    /// The anchor of a node that aliases repeat.
    pub(super) fn repeated(&self, id: usize) -> Option<&str> {
        let anchor = self.nodes.get(id)?.anchor.as_deref()?;
        self.repeated.contains(&id).then_some(anchor)
    }

    /// The first anchor in a node, itself included, that an alias outside of it repeats.
    pub(super) fn repeated_outside(&self, id: usize) -> Option<&str> {
        let outer = self.nodes.get(id)?;
        let inside = |node: &Node| outer.start <= node.start && node.end <= outer.end;
        self.nodes.iter().find_map(|alias| match &alias.kind {
            Kind::Alias { name, target } if !inside(alias) || *target == id => self
                .nodes
                .get(*target)
                .filter(|node| inside(node))
                .map(|_| name.as_str()),
            _ => None,
        })
    }

    /// The comments that begin in a stretch of text, in order.
    pub(super) fn comments(&self, from: usize, to: usize) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut at = from;
        while at < to {
            let next = self.opaque.partition_point(|(start, _)| *start <= at);
            if let Some((_, end)) = next
                .checked_sub(1)
                .and_then(|i| self.opaque.get(i))
                .filter(|(_, end)| at < *end)
            {
                at = *end;
                continue;
            }
            let until = self.opaque.get(next).map_or(to, |(start, _)| (*start).min(to));
            let Some(place) = self.text.get(at..until).and_then(|gap| gap.find('#')) else {
                at = until;
                continue;
            };
            let start = at + place;
            let end = lines::end(self.text, start);
            found.extend(self.text.get(start..end));
            at = end;
        }
        found
    }

    /// Where something other than blanks, breaks and comments stands next.
    pub(super) fn skip(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let blank = rest.find(|c| !is_blank(c) && !is_break(c)).unwrap_or(rest.len());
            at += blank;
            if !rest.get(blank..).is_some_and(|rest| rest.starts_with('#')) {
                return at;
            }
            at = lines::end(self.text, at);
        }
    }

    /// Whether nothing but blanks and a comment follows in the line.
    pub(super) fn ends_line(&self, at: usize) -> bool {
        let rest = self.text.get(at..lines::end(self.text, at)).unwrap_or_default();
        let rest = rest.trim_start_matches(is_blank);
        rest.is_empty() || rest.starts_with('#')
    }

    fn build(&mut self) -> Option<()> {
        let mut parser = Parser::new(self.text.as_bytes());
        let mut anchors: HashMap<String, usize> = HashMap::new();
        // Open collections and their children: id, then children.
        let mut open: Vec<(usize, Vec<usize>)> = Vec::new();
        while let Some((event, span)) = parser.next_event().ok()? {
            let (start, end) = (span.start.offset, span.end.offset);
            let (kind, anchor) = match event {
                Event::DocumentStart => continue,
                Event::DocumentEnd => break,
                Event::ListEnd | Event::MapEnd => {
                    let (id, children) = open.pop()?;
                    self.close(id, &children, end);
                    continue;
                }
                Event::Alias(name) => {
                    let target = *anchors.get(&name)?;
                    self.repeated.insert(target);
                    (Kind::Alias { name, target }, None)
                }
                Event::Scalar(scalar) => (Kind::Scalar(Style::Empty), scalar.anchor),
                Event::ListStart { anchor, layout } => (
                    Kind::List {
                        style: layout,
                        items: Vec::new(),
                    },
                    anchor,
                ),
                Event::MapStart { anchor, layout } => (
                    Kind::Map {
                        style: layout,
                        pairs: Vec::new(),
                    },
                    anchor,
                ),
            };
            let id = self.nodes.len();
            match open.last_mut() {
                Some((_, children)) => children.push(id),
                None => self.root = Some(id),
            }
            if let Some(name) = &anchor {
                anchors.insert(name.clone(), id);
            }
            let mut node = Node {
                kind,
                start,
                content: start,
                end,
                anchor,
            };
            match node.kind {
                Kind::Scalar(_) => self.scalar(&mut node),
                Kind::Alias { .. } => self.opaque.push((start, end)),
                Kind::List { .. } | Kind::Map { .. } => open.push((id, Vec::new())),
            }
            self.nodes.push(node);
        }
        Some(())
    }

    fn scalar(&mut self, node: &mut Node) {
        node.content = self.behind_properties(node.start).min(node.end);
        let content = self.text.get(node.content..node.end).unwrap_or_default();
        let style = match content.chars().next() {
            None => Style::Empty,
            Some('\'') => Style::SingleQuoted,
            Some('"') => Style::DoubleQuoted,
            Some('|' | '>') => Style::Block,
            Some(_) => Style::Plain,
        };
        node.kind = Kind::Scalar(style);
        match style {
            Style::Empty => {}
            Style::Block => {
                let body = lines::next(self.text, node.content);
                node.end = self.block_end(node.content, node.end);
                if body < node.end {
                    self.opaque.push((body, node.end));
                }
            }
            Style::Plain | Style::SingleQuoted | Style::DoubleQuoted => self.opaque.push((node.content, node.end)),
        }
    }

    /// The end of a block scalar's last line, its break left out; empty lines belong to it if it keeps them (`|+`).
    fn block_end(&self, content: usize, end: usize) -> usize {
        let text = self.text.get(content..end).unwrap_or_default();
        let header = text.split(is_break).next().unwrap_or_default();
        let keeps = header
            .split('#')
            .next()
            .is_some_and(|indicators| indicators.contains('+'));
        let trimmed = content + text.trim_end_matches(is_break).len();
        if !keeps {
            return trimmed;
        }
        let mut last = trimmed;
        while last < end {
            let next = lines::next(self.text, last);
            if next >= end || next == last {
                break;
            }
            last = next;
        }
        last
    }

    /// Where the content of a node begins, behind its anchor and tag.
    fn behind_properties(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(rest) = self.text.get(at..).filter(|rest| rest.starts_with(['&', '!'])) {
            at = self.skip(at + rest.find(|c| is_blank(c) || is_break(c)).unwrap_or(rest.len()));
        }
        at
    }

    /// Where properties end, for content that is to be written behind them.
    pub(super) fn properties_end(&self, node: &Node) -> usize {
        let before = self.text.get(node.start..node.content).unwrap_or_default();
        let mut end = node.start;
        let mut at = node.start;
        while let Some(rest) = self
            .text
            .get(at..node.content)
            .filter(|rest| rest.starts_with(['&', '!']))
        {
            end = at + rest.find(|c| is_blank(c) || is_break(c)).unwrap_or(rest.len());
            at = self.skip(end);
        }
        if before.is_empty() { node.content } else { end }
    }

    /// Gives a collection its children and its true end.
    fn close(&mut self, id: usize, children: &[usize], event_end: usize) {
        let Some((start, is_list, style)) = self.nodes.get(id).and_then(|node| match node.kind {
            Kind::List { style, .. } => Some((node.start, true, style)),
            Kind::Map { style, .. } => Some((node.start, false, style)),
            _ => None,
        }) else {
            return;
        };
        let block = style == Layout::Block;
        let first = children
            .first()
            .and_then(|first| self.nodes.get(*first))
            .map(|first| first.start);
        let content = if block && !is_list && first == Some(start) {
            start
        } else {
            self.behind_properties(start)
        };
        let (kind, end) = if is_list {
            self.items(children, content, style)
        } else {
            self.pairs(children, content, style)
        };
        let bracketed = !block && matches!(self.text.as_bytes().get(content), Some(b'{' | b'['));
        if let Some(node) = self.nodes.get_mut(id) {
            node.kind = kind;
            node.content = content;
            node.end = if bracketed { event_end } else { end };
        }
    }

    fn items(&mut self, children: &[usize], content: usize, style: Layout) -> (Kind, usize) {
        let mut items = Vec::with_capacity(children.len());
        let mut end = content;
        for id in children {
            let dash = if items.is_empty() { content } else { self.skip(end) };
            let Some(node) = self.nodes.get_mut(*id) else { continue };
            let start = if style == Layout::Block { dash } else { node.start };
            if style == Layout::Block && node.start == node.end {
                node.place_at(dash + 1);
            }
            end = node.end;
            items.push(Item { node: *id, start });
        }
        (Kind::List { style, items }, end)
    }

    fn pairs(&mut self, children: &[usize], content: usize, style: Layout) -> (Kind, usize) {
        let mut pairs = Vec::with_capacity(children.len() / 2);
        let mut end = content;
        for entry in children.chunks_exact(2) {
            let [key, value] = *entry else { continue };
            let next = if pairs.is_empty() { content } else { self.skip(end) };
            let Some((key_start, key_end)) = self.nodes.get(key).map(|node| (node.start, node.end)) else {
                continue;
            };
            let explicit = next < key_start && self.text.get(next..).is_some_and(|text| text.starts_with('?'));
            let colon = self.skip(key_end);
            let colon = self
                .text
                .get(colon..)
                .filter(|rest| rest.starts_with(':'))
                .map(|_| colon + 1);
            let Some(node) = self.nodes.get_mut(value) else {
                continue;
            };
            if node.start == node.end {
                node.place_at(colon.unwrap_or(key_end));
            }
            end = node.end;
            pairs.push(Pair {
                key,
                value,
                start: if explicit { next } else { key_start },
                colon,
            });
        }
        (Kind::Map { style, pairs }, end)
    }
}

impl Node {
    /// Puts a node of which nothing is written behind the mark that announces it.
    fn place_at(&mut self, offset: usize) {
        self.start = offset;
        self.content = offset;
        self.end = offset;
    }
}
