/// The items in the order of their keys, equal ones as they came. For lists that are short or nearly in order: the sort of the
/// standard library is several kilobytes of WebAssembly for each type.
pub(crate) fn in_order<T, K: Ord>(items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut ordered = Vec::with_capacity(items.len());
    for item in items {
        let at = ordered.partition_point(|other| key(other) <= key(&item));
        ordered.insert(at, item);
    }
    ordered
}
