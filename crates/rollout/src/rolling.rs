//! One pass of the RollingUpdate controller (pkg/controller/deployment/rolling.go, util/deployment_util.go).
//! A rollout from a settled state has one old ReplicaSet, so "oldest first" needs no order here.

use crate::Limits;

/// What the controller knows of a ReplicaSet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    /// `spec.replicas`; pods that are being deleted do not count.
    pub(crate) spec: u32,
    /// Pods that have been ready for minReadySeconds.
    pub(crate) available: u32,
}

/// The size the new ReplicaSet gets: up to the ceiling of `replicas` + surge over both sets, or down to `replicas`.
pub(crate) fn new_size(replicas: u32, limits: Limits, old: u32, new: u32) -> u32 {
    if new > replicas {
        return replicas;
    }
    let ceiling = replicas.saturating_add(limits.surge);
    let room = ceiling.saturating_sub(old.saturating_add(new));
    new + room.min(replicas - new)
}

/// The sizes the old ReplicaSet gets in one pass: after unavailable pods were taken, then after available ones.
pub(crate) fn old_sizes(replicas: u32, limits: Limits, old: Counts, new: Counts) -> [u32; 2] {
    let least_available = replicas.saturating_sub(limits.unavailable);
    let missing_new = new.spec.saturating_sub(new.available);
    let budget = (old.spec + new.spec)
        .saturating_sub(least_available)
        .saturating_sub(missing_new);
    if budget == 0 {
        return [old.spec; 2];
    }
    let cleaned = old.spec - budget.min(old.spec.saturating_sub(old.available));
    let spare = (old.available + new.available).saturating_sub(least_available);
    [cleaned, cleaned - spare.min(cleaned)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::IntOrPercent::Int;

    /// The tuples of the controller's own unit tests (rolling_test.go).
    #[test]
    fn scales_up_like_upstream() {
        let table = [
            ((10, 0, 10, 0), 0),
            ((10, 2, 10, 0), 2),
            ((10, 2, 5, 0), 7),
            ((10, 2, 10, 2), 2),
            ((10, 2, 2, 11), 10),
        ];
        for ((replicas, surge, old, new), expected) in table {
            let limits = Limits { surge, unavailable: 0 };
            assert_eq!(
                new_size(replicas, limits, old, new),
                expected,
                "{replicas} replicas, surge {surge}, old {old}, new {new}"
            );
        }
    }

    /// The tuples of the controller's own unit tests (rolling_test.go).
    #[test]
    fn scales_down_like_upstream() {
        let table = [
            ((10, 0, 10, 0, 10, 0), 9),
            ((10, 2, 10, 0, 10, 0), 8),
            ((10, 2, 10, 0, 8, 0), 8),
            ((10, 2, 10, 0, 9, 0), 8),
            ((10, 2, 8, 2, 8, 0), 8),
        ];
        for ((replicas, unavailable, old, new, old_ready, new_ready), expected) in table {
            let limits = Limits::resolve(Int(0), Int(unavailable), replicas);
            let old = Counts {
                spec: old,
                available: old_ready,
            };
            let new = Counts {
                spec: new,
                available: new_ready,
            };
            assert_eq!(
                old_sizes(replicas, limits, old, new)[1],
                expected,
                "{replicas} replicas, {old:?}, {new:?}"
            );
        }
    }

    #[test]
    fn unavailable_pods_go_first() {
        let limits = Limits::resolve(Int(0), Int(2), 10);
        let old = Counts { spec: 10, available: 9 };
        let new = Counts { spec: 0, available: 0 };
        assert_eq!(old_sizes(10, limits, old, new), [9, 8]);
    }
}
