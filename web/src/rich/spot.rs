//! Where in the values a position is. What is being typed is rarely valid YAML, so this goes by indentation, as people do.

use std::ops::Range;

/// A position of a values file, as completion needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The keys above, outermost first; an item of a list is `[]`.
    pub(crate) parents: Vec<String>,
    /// The word that ends at the position, in bytes.
    pub(crate) word: Range<usize>,
    /// What the word is.
    pub(crate) role: Role,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A key; the others beside it are given, and whether a colon follows already.
    Key { others: Vec<String>, colon: bool },
    /// The value of the last parent.
    Value,
}

/// The spot at a byte offset; `None` in comments, block texts and quotes, and behind a finished value.
pub(crate) fn spot(text: &str, at: usize) -> Option<Spot> {
    let before = text.get(..at)?;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let lines: Vec<Line<'_>> = before[..start].lines().map(Line::read).collect();
    let typed = &before[start..];
    let mut following = text[at..].split('\n');
    let rest = following.next().unwrap_or_default();
    let below: Vec<Line<'_>> = following.map(Line::read).collect();
    if comment(typed).is_some() {
        return None;
    }
    let line = Line::read(typed);
    let (indent, role, word) = match &line.key {
        Some(key) => {
            let value = typed[key.end..].trim_start();
            let is_word = value.chars().all(is_word);
            (line.indent, is_word.then_some(Role::Value)?, value)
        }
        None => {
            let word = &typed[line.indent..];
            let key = Role::Key {
                others: Vec::new(),
                colon: rest.trim_start_matches(is_word).starts_with(':'),
            };
            (line.indent, word.chars().all(is_word).then_some(key)?, word)
        }
    };
    let mut parents = parents(&lines, indent, &line.dashes)?;
    let role = match role {
        Role::Value => {
            parents.push(line.key.as_ref().map(|key| key.name.to_owned()).unwrap_or_default());
            Role::Value
        }
        // An item of a list may be a scalar or begin a table; a scalar is likelier in values.
        Role::Key { .. } if !line.dashes.is_empty() => Role::Value,
        Role::Key { colon, .. } => Role::Key {
            others: siblings(&lines, &below, indent),
            colon,
        },
    };
    Some(Spot {
        parents,
        word: at - word.len()..at,
        role,
    })
}

/// What completion may replace.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || "_-./".contains(character)
}

/// A line's structure.
struct Line<'a> {
    /// Where each `-` stands, in bytes from the line's start.
    dashes: Vec<usize>,
    /// Where what follows the dashes stands.
    indent: usize,
    key: Option<Key<'a>>,
    /// Blank, or nothing but a comment.
    empty: bool,
}

struct Key<'a> {
    name: &'a str,
    /// Behind the colon.
    end: usize,
    /// Its value begins a block of text.
    block: bool,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Self {
        let mut dashes = Vec::new();
        let mut indent = line.len() - line.trim_start_matches(' ').len();
        while let Some(rest) = line[indent..]
            .strip_prefix('-')
            .filter(|rest| rest.is_empty() || rest.starts_with(' '))
        {
            dashes.push(indent);
            indent = line.len() - rest.trim_start_matches(' ').len();
        }
        let content = &line[indent..];
        Self {
            dashes,
            indent,
            key: key(content).map(|(name, length)| Key {
                name,
                end: indent + length,
                block: content[length..].trim_start().starts_with(['|', '>']),
            }),
            empty: content.trim().is_empty() || content.starts_with('#'),
        }
    }
}

/// A key at the start of a text, without quotes, and how far it reaches with its colon.
fn key(content: &str) -> Option<(&str, usize)> {
    let (name, length) = match content.chars().next()? {
        quote @ ('"' | '\'') => {
            let end = content[1..].find(quote)? + 1;
            (&content[1..end], end + 1)
        }
        _ => {
            let end = content
                .match_indices(':')
                .map(|(at, _)| at)
                .find(|at| content[at + 1..].is_empty() || content[at + 1..].starts_with([' ', '\t']))?;
            (content[..end].trim_end(), end)
        }
    };
    let colon = content[length..].trim_start().strip_prefix(':')?;
    (colon.is_empty() || colon.starts_with([' ', '\t'])).then(|| (name, content.len() - colon.len()))
}

/// Where a comment starts in a line that has one.
fn comment(line: &str) -> Option<usize> {
    line.match_indices('#')
        .map(|(at, _)| at)
        .find(|&at| at == 0 || line[..at].ends_with([' ', '\t']))
}

/// The keys above a line that starts at `indent` behind its dashes; `None` inside a block of text.
fn parents(above: &[Line<'_>], indent: usize, dashes: &[usize]) -> Option<Vec<String>> {
    let mut path = vec!["[]".to_owned(); dashes.len()];
    // A key may stand right above the dashes of its list.
    let (mut column, mut is_item) = dashes.first().map_or((indent, false), |dash| (*dash, true));
    for line in above.iter().rev().filter(|line| !line.empty) {
        if let Some(key) = &line.key
            && (line.indent < column || (is_item && line.indent == column))
        {
            if key.block && path.iter().all(|part| part == "[]") {
                return None;
            }
            path.push(key.name.to_owned());
            (column, is_item) = (line.indent, false);
        }
        for dash in line.dashes.iter().rev() {
            if *dash < column {
                path.push("[]".to_owned());
                (column, is_item) = (*dash, true);
            }
        }
    }
    path.reverse();
    Some(path)
}

/// The keys beside one that starts at `indent`: above it, nearest first, and below.
fn siblings(above: &[Line<'_>], below: &[Line<'_>], indent: usize) -> Vec<String> {
    let mut others = Vec::new();
    let mut take = |line: &Line<'_>| {
        let beside = line.key.as_ref().filter(|_| line.indent == indent);
        others.extend(beside.map(|key| key.name.to_owned()));
    };
    for line in above.iter().rev().filter(|line| !line.empty) {
        if line.indent < indent {
            break;
        }
        take(line);
        // The table began with this item.
        if line.dashes.iter().any(|dash| *dash < indent) && line.indent == indent {
            break;
        }
    }
    for line in below.iter().filter(|line| !line.empty) {
        if line.indent < indent || line.dashes.iter().any(|dash| *dash < indent) {
            break;
        }
        take(line);
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spot at the `|` of a text.
    fn at(text: &str) -> Option<(String, String, Role)> {
        let offset = text.find('¦').unwrap();
        let text = text.replace('¦', "");
        let spot = spot(&text, offset)?;
        Some((spot.parents.join("."), text[spot.word].to_owned(), spot.role))
    }

    fn key(others: &[&str]) -> Role {
        Role::Key {
            others: others.iter().map(|&other| other.to_owned()).collect(),
            colon: false,
        }
    }

    fn some(parents: &str, word: &str, role: Role) -> Option<(String, String, Role)> {
        Some((parents.to_owned(), word.to_owned(), role))
    }

    #[test]
    fn keys_know_what_is_above_and_beside_them() {
        assert_eq!(at("rep¦"), some("", "rep", key(&[])));
        assert_eq!(at("a: 1\nb:\n  c: 2\n¦\nd: 3\n"), some("", "", key(&["b", "a", "d"])));
        assert_eq!(
            at("a:\n  b:\n    c: 1\n  d¦\n  e: 2\nf: 1"),
            some("a", "d", key(&["b", "e"]))
        );
        assert_eq!(
            at("a:\n\n  # why\n  'b c': # x\n      d¦"),
            some("a.b c", "d", key(&[]))
        );
        assert_eq!(at("ü: 😀\nx:\n  é¦"), some("x", "é", key(&[])));
    }

    #[test]
    fn a_key_that_is_there_keeps_its_colon() {
        let Some((_, _, Role::Key { colon, .. })) = at("app:\n  repl¦icaCount: 2\n") else {
            panic!("no key");
        };
        assert!(colon);
    }

    #[test]
    fn values_belong_to_their_key() {
        assert_eq!(at("a:\n  type: Rec¦\n"), some("a.type", "Rec", Role::Value));
        assert_eq!(at("a:\n  \"b\": ¦"), some("a.b", "", Role::Value));
        assert_eq!(at("modes:\n- Read¦"), some("modes.[]", "Read", Role::Value));
        assert_eq!(
            at("a:\n  modes:\n    - x\n    - ¦"),
            some("a.modes.[]", "", Role::Value)
        );
    }

    #[test]
    fn items_that_are_tables_have_keys() {
        let text = "a:\n  hosts:\n    - host: x\n      pa¦";
        assert_eq!(at(text), some("a.hosts.[]", "pa", key(&["host"])));
        assert_eq!(
            at("hosts:\n- host: x\n  paths:\n  - path: /\n    ty¦"),
            some("hosts.[].paths.[]", "ty", key(&["path"]))
        );
        assert_eq!(at("hosts:\n- host: x\n- a: 1\nb¦"), some("", "b", key(&["hosts"])));
        assert_eq!(
            at("hosts:\n- x: 1\n- y: 1\n  z¦\n- w: 1"),
            some("hosts.[]", "z", key(&["y"]))
        );
    }

    #[test]
    fn elsewhere_there_is_nothing_to_complete() {
        for text in [
            "# ab¦",
            "a: 1 # b¦",
            "a: |\n  text: te¦",
            "a: b c¦",
            "a: \"x¦",
            "a: {b: ¦",
            "- - 'x'¦",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn no_position_panics() {
        let text = "a:\n  - - b: '\n\t: :\n--- # x\n\"q: \n  ? {é: 😀}\n- \n";
        for at in 0..text.len() + 3 {
            let _ = spot(text, at);
        }
    }
}
