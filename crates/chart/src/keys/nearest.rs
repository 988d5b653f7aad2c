//! The key somebody may have meant.

use super::{Keys, is_below};

/// A key that is read, and that a path which is not read may have meant: a neighbour spelt alike, or the same name in
/// another table.
pub(super) fn nearest(keys: &Keys, path: &str) -> Option<String> {
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    let mut best: Option<((usize, usize), &str)> = None;
    for candidate in keys.0.keys().flat_map(|path| prefixes(path)) {
        let (its_parent, its_name) = candidate.rsplit_once('.').unwrap_or(("", candidate));
        let spelling = distance(name, its_name);
        let elsewhere = its_parent != parent;
        // A name in another table must be the same but for its case.
        let allowed = if elsewhere {
            0
        } else {
            (name.chars().count() / 3).min(3)
        };
        if spelling > allowed || is_below(path, candidate) {
            continue;
        }
        let rank = (spelling + usize::from(elsewhere), candidate.len());
        if best.is_none_or(|(so_far, _)| rank < so_far) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.to_owned())
}

/// A path and the tables it is in.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    let dots = path.match_indices('.').map(|(at, _)| at);
    dots.chain([path.len()]).filter_map(|end| path.get(..end))
}

/// How many letters must be added, dropped, replaced or swapped with their neighbour; case does not count (optimal
/// string alignment).
fn distance(a: &str, b: &str) -> usize {
    let letters = |text: &str| {
        text.chars()
            .map(|letter| letter.to_ascii_lowercase())
            .collect::<Vec<char>>()
    };
    let (a, b) = (letters(a), letters(b));
    if a.len().abs_diff(b.len()) > 3 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, j) + usize::from(x != y))
                .min(at(&last, j + 1) + 1)
                .min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Release;

    #[test]
    fn letters_are_counted() {
        for (a, b, expected) in [
            ("accessMode", "accessModes", 1),
            ("replicaCount", "replicacount", 0),
            ("repilcaCount", "replicaCount", 1),
            ("stratgy", "strategy", 1),
            ("a", "b", 1),
            ("", "ab", 2),
            ("abcdef", "x", usize::MAX),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn a_typo_and_a_misplaced_key_find_their_place() {
        let release = Release::find("7.1.0").unwrap();
        for (path, expected) in [
            ("app.workspaces.accessMode", Some("app.workspaces.accessModes")),
            ("app.stratgy", Some("app.strategy")),
            ("app.replicas", None),
            ("allowMultiReplica", Some("app.allowMultiReplica")),
            ("workspaces", Some("app.workspaces")),
            ("app.Env", Some("app.env")),
            ("ingres", Some("ingress")),
            (
                "terminationGracePeriodSeconds",
                Some("app.terminationGracePeriodSeconds"),
            ),
            ("app.lifecycle", None),
            ("extra", None),
            ("é", None),
        ] {
            assert_eq!(nearest(release.keys(), path).as_deref(), expected, "{path}");
        }
    }
}
