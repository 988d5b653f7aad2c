//! Scaling while two ReplicaSets have pods (pkg/controller/deployment/sync.go `scale`, util/deployment_util.go
//! `GetReplicaSetProportion`).

use std::cmp::Reverse;

/// A ReplicaSet that has pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// `spec.replicas`.
    pub(crate) size: u32,
    /// Replicas and surge of the Deployment when this set was last scaled; its annotation `max-replicas`.
    pub(crate) max: u32,
}

/// The sizes of the older and the newer set after the Deployment was scaled to `replicas`: each keeps its share of
/// replicas and surge, and the larger one takes what rounding leaves. The order is that in which they are scaled.
pub(crate) fn proportional(replicas: u32, surge: u32, [older, newer]: [Share; 2]) -> [(usize, u32); 2] {
    let allowed = if replicas > 0 {
        i64::from(replicas) + i64::from(surge)
    } else {
        0
    };
    let to_add = allowed - i64::from(older.size) - i64::from(newer.size);
    let mut sets = [(0, older), (1, newer)];
    // The larger first; of equal ones the newer grows first and the older shrinks first.
    sets.sort_by_key(|&(position, set)| {
        let tie = if to_add > 0 { 1 - position } else { position };
        (Reverse(set.size), tie)
    });
    let mut added = 0;
    let mut sizes = sets.map(|(position, set)| {
        let share = share(set, replicas, surge, to_add, added);
        added += share;
        (position, i64::from(set.size) + share)
    });
    sizes[0].1 += to_add - added;
    sizes.map(|(position, size)| (position, u32::try_from(size.max(0)).unwrap_or(u32::MAX)))
}

/// How much one set grows (or, below 0, shrinks), `added` of `to_add` being taken.
fn share(set: Share, replicas: u32, surge: u32, to_add: i64, added: i64) -> i64 {
    if set.size == 0 || to_add == 0 || to_add == added {
        return 0;
    }
    let fraction = if replicas == 0 {
        -i64::from(set.size)
    } else {
        let (size, max) = (i128::from(set.size), i128::from(set.max.max(1)));
        let new = i128::from(replicas) + i128::from(surge);
        // Rounded, halves up.
        i64::try_from((2 * size * new + max) / (2 * max) - size).unwrap_or(i64::MAX)
    };
    let allowed = to_add - added;
    if to_add > 0 {
        fraction.min(allowed)
    } else {
        fraction.max(allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(replicas: u32, surge: u32, older: (u32, u32), newer: (u32, u32)) -> (u32, u32) {
        let share = |(size, max)| Share { size, max };
        let mut sizes = [0; 2];
        for (position, size) in proportional(replicas, surge, [share(older), share(newer)]) {
            sizes[position] = size;
        }
        (sizes[0], sizes[1])
    }

    #[test]
    fn shares_are_kept() {
        // The example of Kubernetes' documentation: 10 replicas, surge 3, 8 old and 5 new pods, scaled to 15.
        assert_eq!(sizes(15, 3, (8, 13), (5, 13)), (11, 7));
        assert_eq!(sizes(5, 2, (8, 13), (5, 13)), (4, 3));
        assert_eq!(sizes(0, 0, (8, 13), (5, 13)), (0, 0));
    }

    #[test]
    fn what_rounding_leaves_goes_to_the_larger() {
        assert_eq!(sizes(4, 1, (2, 4), (2, 4)), (2, 3));
        assert_eq!(sizes(2, 1, (2, 4), (2, 4)), (1, 2));
        assert_eq!(sizes(3, 1, (3, 4), (1, 4)), (3, 1));
    }

    #[test]
    fn nothing_overflows() {
        assert_eq!(sizes(u32::MAX, u32::MAX, (u32::MAX, 1), (1, u32::MAX)), (u32::MAX, 1));
    }
}
