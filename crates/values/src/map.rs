use std::collections::{BTreeMap, btree_map};
use std::fmt;
use std::ops::Index;

use crate::value::Node;

/// A table. Go's map has no order of its own: Helm walks it in byte order of the keys, as this one does.
///
/// Most tables have a handful of keys, and a file can have ten thousand tables; so a few entries stand in a sorted list,
/// of just the length it needs, and only many in a tree.
#[derive(Clone)]
pub struct Map(Entries);

#[derive(Clone)]
enum Entries {
    Few(Vec<(String, Node)>),
    Many(BTreeMap<String, Node>),
}

/// A longer list would make insertion slow.
const FEW: usize = 24;

impl Map {
    /// An empty table.
    #[must_use]
    pub const fn new() -> Self {
        Self(Entries::Few(Vec::new()))
    }

    /// A table of entries in any order. Of equal keys the last wins, and `collide` is told of the earlier and the later.
    pub(crate) fn gather(entries: Vec<(String, Node)>, mut collide: impl FnMut(&str, &Node, &Node)) -> Self {
        if entries.len() > FEW {
            let mut tree = BTreeMap::new();
            for (key, node) in entries {
                match tree.entry(key) {
                    btree_map::Entry::Vacant(place) => {
                        place.insert(node);
                    }
                    btree_map::Entry::Occupied(mut place) => {
                        collide(place.key(), place.get(), &node);
                        place.insert(node);
                    }
                }
            }
            return Self(Entries::Many(tree));
        }
        let mut list: Vec<(String, Node)> = Vec::with_capacity(entries.len());
        for (key, node) in entries {
            match find(&list, &key) {
                Ok(at) => {
                    collide(&key, &list[at].1, &node);
                    list[at].1 = node;
                }
                Err(at) => list.insert(at, (key, node)),
            }
        }
        Self(Entries::Few(list))
    }

    /// How many keys it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Entries::Few(list) => list.len(),
            Entries::Many(tree) => tree.len(),
        }
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The node of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.0 {
            Entries::Few(list) => list.get(find(list, key).ok()?).map(|(_, node)| node),
            Entries::Many(tree) => tree.get(key),
        }
    }

    /// The node of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.0 {
            Entries::Few(list) => {
                let at = find(list, key).ok()?;
                list.get_mut(at).map(|(_, node)| node)
            }
            Entries::Many(tree) => tree.get_mut(key),
        }
    }

    /// The node of a key, to change it; where the table lacks it, the one that `make` makes.
    pub fn get_or_insert_with(&mut self, key: &str, make: impl FnOnce() -> Node) -> &mut Node {
        self.make_room(key);
        match &mut self.0 {
            Entries::Few(list) => {
                let at = find(list, key).unwrap_or_else(|at| {
                    list.insert(at, (key.to_owned(), make()));
                    at
                });
                &mut list[at].1
            }
            Entries::Many(tree) => tree.entry(key.to_owned()).or_insert_with(make),
        }
    }

    /// Whether it has a key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets a key, and gives the node it had.
    pub fn insert(&mut self, key: String, node: Node) -> Option<Node> {
        self.make_room(&key);
        match &mut self.0 {
            Entries::Few(list) => match find(list, &key) {
                Ok(at) => list.get_mut(at).map(|(_, old)| std::mem::replace(old, node)),
                Err(at) => {
                    list.insert(at, (key, node));
                    None
                }
            },
            Entries::Many(tree) => tree.insert(key, node),
        }
    }

    /// Makes a tree of a list that is about to become too long.
    fn make_room(&mut self, key: &str) {
        if let Entries::Few(list) = &mut self.0
            && list.len() >= FEW
            && find(list, key).is_err()
        {
            let mut tree = BTreeMap::new();
            tree.extend(std::mem::take(list));
            self.0 = Entries::Many(tree);
        }
    }

    /// Takes a key away, and gives the node it had.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        match &mut self.0 {
            Entries::Few(list) => find(list, key).ok().map(|at| list.remove(at).1),
            Entries::Many(tree) => tree.remove(key),
        }
    }

    /// Keeps the entries for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&String, &mut Node) -> bool) {
        match &mut self.0 {
            Entries::Few(list) => list.retain_mut(|(key, node)| keep(key, node)),
            Entries::Many(tree) => tree.retain(keep),
        }
    }

    /// The entries, in byte order of the keys.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(match &self.0 {
            Entries::Few(list) => Walk::Few(list.iter()),
            Entries::Many(tree) => Walk::Many(tree.iter()),
        })
    }

    /// The entries, in byte order of the keys, with nodes to change.
    pub fn iter_mut(&mut self) -> IterMut<'_> {
        IterMut(match &mut self.0 {
            Entries::Few(list) => WalkMut::Few(list.iter_mut()),
            Entries::Many(tree) => WalkMut::Many(tree.iter_mut()),
        })
    }

    /// The keys, in byte order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &String> + DoubleEndedIterator {
        self.iter().map(|(key, _)| key)
    }

    /// The nodes, in byte order of their keys.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Node> + DoubleEndedIterator {
        self.iter().map(|(_, node)| node)
    }
}

/// Where a key stands in a sorted list, or should.
fn find(list: &[(String, Node)], key: &str) -> Result<usize, usize> {
    list.binary_search_by(|(other, _)| other.as_str().cmp(key))
}

impl Default for Map {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other)
    }
}

impl Index<&str> for Map {
    type Output = Node;

    /// # Panics
    /// The key is missing, as for every index.
    fn index(&self, key: &str) -> &Node {
        self.get(key).expect("the table has the key")
    }
}

/// Of equal keys the last wins.
impl FromIterator<(String, Node)> for Map {
    fn from_iter<I: IntoIterator<Item = (String, Node)>>(entries: I) -> Self {
        Self::gather(entries.into_iter().collect(), |_, _, _| {})
    }
}

impl<const N: usize> From<[(String, Node); N]> for Map {
    fn from(entries: [(String, Node); N]) -> Self {
        entries.into_iter().collect()
    }
}

/// The entries of a [`Map`], in byte order of the keys.
#[derive(Clone, Debug)]
pub struct Iter<'a>(Walk<'a>);

#[derive(Clone, Debug)]
enum Walk<'a> {
    Few(std::slice::Iter<'a, (String, Node)>),
    Many(btree_map::Iter<'a, String, Node>),
}

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a String, &'a Node);

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Walk::Few(entries) => entries.next().map(|(key, node)| (key, node)),
            Walk::Many(entries) => entries.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Walk::Few(entries) => entries.size_hint(),
            Walk::Many(entries) => entries.size_hint(),
        }
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Walk::Few(entries) => entries.next_back().map(|(key, node)| (key, node)),
            Walk::Many(entries) => entries.next_back(),
        }
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'a> IntoIterator for &'a Map {
    type Item = (&'a String, &'a Node);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// The entries of a [`Map`], in byte order of the keys, with nodes to change.
#[derive(Debug)]
pub struct IterMut<'a>(WalkMut<'a>);

#[derive(Debug)]
enum WalkMut<'a> {
    Few(std::slice::IterMut<'a, (String, Node)>),
    Many(btree_map::IterMut<'a, String, Node>),
}

impl<'a> Iterator for IterMut<'a> {
    type Item = (&'a String, &'a mut Node);

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            WalkMut::Few(entries) => entries.next().map(|(key, node)| (&*key, node)),
            WalkMut::Many(entries) => entries.next(),
        }
    }
}

impl<'a> IntoIterator for &'a mut Map {
    type Item = (&'a String, &'a mut Node);
    type IntoIter = IterMut<'a>;

    fn into_iter(self) -> IterMut<'a> {
        self.iter_mut()
    }
}

/// The entries of a [`Map`] that is taken apart, in byte order of the keys.
#[derive(Debug)]
pub struct IntoIter(Taken);

#[derive(Debug)]
enum Taken {
    Few(std::vec::IntoIter<(String, Node)>),
    Many(btree_map::IntoIter<String, Node>),
}

impl Iterator for IntoIter {
    type Item = (String, Node);

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Taken::Few(entries) => entries.next(),
            Taken::Many(entries) => entries.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Taken::Few(entries) => entries.size_hint(),
            Taken::Many(entries) => entries.size_hint(),
        }
    }
}

impl ExactSizeIterator for IntoIter {}

impl IntoIterator for Map {
    type Item = (String, Node);
    type IntoIter = IntoIter;

    fn into_iter(self) -> IntoIter {
        IntoIter(match self.0 {
            Entries::Few(list) => Taken::Few(list.into_iter()),
            Entries::Many(tree) => Taken::Many(tree.into_iter()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, Value};
    use proptest::prelude::{ProptestConfig, any, prop, prop_assert, prop_assert_eq, proptest};

    fn node(number: i64) -> Node {
        Node {
            value: Value::Int(number),
            origin: Origin::Flag { flag: 0 },
            key: None,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever is done to it, it is the tree it stands for.
        #[test]
        fn a_map_is_a_tree(acts in prop::collection::vec((0..5_u8, 0..60_u8, any::<i64>()), 0..150)) {
            let (mut map, mut tree) = (Map::new(), BTreeMap::new());
            for (act, key, number) in acts {
                let key = format!("key{key}");
                match act {
                    0 => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                    4 => prop_assert_eq!(
                        map.get_or_insert_with(&key, || node(number)),
                        tree.entry(key.clone()).or_insert_with(|| node(number))
                    ),
                    1 => {
                        let keep = |_: &String, node: &mut Node| node.value != Value::Int(number);
                        map.retain(keep);
                        tree.retain(keep);
                    }
                    _ => prop_assert_eq!(map.insert(key.clone(), node(number)), tree.insert(key.clone(), node(number))),
                }
                prop_assert_eq!(map.get(&key), tree.get(&key));
                prop_assert_eq!(map.get_mut(&key), tree.get_mut(&key));
                prop_assert_eq!(map.len(), tree.len());
            }
            prop_assert!(map.iter().eq(tree.iter()) && map.iter().rev().eq(tree.iter().rev()));
            for ((key, node), (tree_key, tree_node)) in map.iter_mut().zip(&mut tree) {
                prop_assert_eq!(key, tree_key);
                node.value = Value::Null;
                tree_node.value = Value::Null;
            }
            prop_assert!(map.keys().eq(tree.keys()) && map.values().eq(tree.values()));
            prop_assert_eq!(format!("{map:?}"), format!("{tree:?}"));
            let twice = tree.keys().map(|key| (key.clone(), node(7))).chain(tree.clone());
            prop_assert_eq!(&map, &twice.collect::<Map>());
            prop_assert!(map.into_iter().eq(tree));
        }
    }
}
