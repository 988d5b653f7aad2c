//! The author's hand: how a file indents, quotes and lists, so that new lines look like the old ones.

use rollcast_yaml::Layout;

use super::lines::column;
use super::tree::{Kind, Style, Tree};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hand {
    /// Columns from a table's key to the keys below it.
    pub(super) step: usize,
    /// Columns from a key to the dashes of its list.
    pub(super) dash: usize,
    /// Quotes for texts that need some.
    pub(super) quote: Quote,
}

/// A quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    Single,
    Double,
    /// Double, also where a text needs none: JSON.
    Always,
}

impl Default for Hand {
    fn default() -> Self {
        Self {
            step: 2,
            dash: 2,
            quote: Quote::Double,
        }
    }
}

impl Hand {
    /// The most frequent habits of a file; two columns and double quotes where it shows none.
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let (mut steps, mut dashes) = (Counts::default(), Counts::default());
        let (mut single, mut double) = (0_usize, 0_usize);
        for node in tree.nodes() {
            match &node.kind {
                Kind::Scalar(Style::SingleQuoted) => single += 1,
                Kind::Scalar(Style::DoubleQuoted) => double += 1,
                Kind::Map {
                    style: Layout::Block,
                    pairs,
                } => {
                    let outer = column(tree.text, node.content);
                    for value in pairs.iter().filter_map(|pair| tree.node(pair.value)) {
                        let inner = column(tree.text, value.content);
                        match value.kind {
                            Kind::Map {
                                style: Layout::Block, ..
                            } => steps.count(inner.saturating_sub(outer)),
                            Kind::List {
                                style: Layout::Block, ..
                            } => dashes.count(inner.saturating_sub(outer)),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        let step = steps.most_frequent().filter(|step| *step > 0).unwrap_or(2);
        Self {
            step,
            dash: dashes.most_frequent().unwrap_or(step),
            quote: if single > double { Quote::Single } else { Quote::Double },
        }
    }
}

#[derive(Default)]
struct Counts(Vec<(usize, usize)>);

impl Counts {
    fn count(&mut self, value: usize) {
        match self.0.iter_mut().find(|(known, _)| *known == value) {
            Some((_, times)) => *times += 1,
            None => self.0.push((value, 1)),
        }
    }

    /// The most frequent value; of several the first that was seen.
    fn most_frequent(&self) -> Option<usize> {
        let most = self.0.iter().map(|(_, times)| *times).max()?;
        self.0.iter().find(|(_, times)| *times == most).map(|(value, _)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hand(text: &str) -> Hand {
        Hand::of(&Tree::new(text).unwrap())
    }

    #[test]
    fn habits_are_those_of_the_file() {
        assert_eq!(hand(""), Hand::default());
        assert_eq!(
            hand("a:\n    b:\n        c: 'x'\n    d:\n    - 1\n"),
            Hand {
                step: 4,
                dash: 0,
                quote: Quote::Single
            }
        );
        assert_eq!(hand("a:\n   b: 1\n").dash, 3);
    }
}
