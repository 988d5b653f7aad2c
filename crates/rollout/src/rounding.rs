use serde::Serialize;

use crate::Strategy;

/// A count of pods, or a percentage of `replicas`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum IntOrPercent {
    /// Pods.
    Int(u32),
    /// Percent, as in `25%`.
    Percent(u32),
}

impl IntOrPercent {
    fn of(self, replicas: u32, round: fn(u64) -> u64) -> u32 {
        match self {
            Self::Int(pods) => pods,
            Self::Percent(percent) => {
                u32::try_from(round(u64::from(percent).saturating_mul(u64::from(replicas)))).unwrap_or(u32::MAX)
            }
        }
    }
}

/// maxSurge and maxUnavailable as pods, for one number of replicas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// How many pods may exist above `replicas`.
    pub surge: u32,
    /// How many of `replicas` may be unavailable; never more than `replicas`.
    pub unavailable: u32,
}

impl Limits {
    /// Rounds maxSurge up and maxUnavailable down; where both come to 0, maxUnavailable becomes 1, for otherwise the
    /// rollout could not move; at last maxUnavailable is limited to `replicas` (`ResolveFenceposts` and
    /// `MaxUnavailable` in pkg/controller/deployment/util/deployment_util.go).
    #[must_use]
    pub fn resolve(max_surge: IntOrPercent, max_unavailable: IntOrPercent, replicas: u32) -> Self {
        let surge = max_surge.of(replicas, |hundredths| hundredths.div_ceil(100));
        let unavailable = match (surge, max_unavailable.of(replicas, |hundredths| hundredths / 100)) {
            (0, 0) => 1,
            (_, unavailable) => unavailable,
        };
        Self {
            surge,
            unavailable: unavailable.min(replicas),
        }
    }
}

impl Strategy {
    /// maxSurge and maxUnavailable in pods; `None` for Recreate.
    #[must_use]
    pub fn limits(self, replicas: u32) -> Option<Limits> {
        match self {
            Self::Recreate => None,
            Self::RollingUpdate {
                max_surge,
                max_unavailable,
            } => Some(Limits::resolve(max_surge, max_unavailable, replicas)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::IntOrPercent::{Int, Percent};
    use super::*;

    fn resolved(surge: IntOrPercent, unavailable: IntOrPercent, replicas: u32) -> (u32, u32) {
        let limits = Limits::resolve(surge, unavailable, replicas);
        (limits.surge, limits.unavailable)
    }

    #[test]
    fn a_quarter_each() {
        let table = [
            (1, (1, 0)),
            (2, (1, 0)),
            (3, (1, 0)),
            (4, (1, 1)),
            (5, (2, 1)),
            (6, (2, 1)),
            (7, (2, 1)),
            (8, (2, 2)),
            (9, (3, 2)),
            (10, (3, 2)),
            (12, (3, 3)),
            (20, (5, 5)),
        ];
        for (replicas, expected) in table {
            assert_eq!(
                resolved(Percent(25), Percent(25), replicas),
                expected,
                "{replicas} replicas"
            );
        }
    }

    #[test]
    fn other_percentages() {
        assert_eq!(resolved(Percent(33), Percent(33), 3), (1, 0));
        assert_eq!(resolved(Percent(50), Percent(50), 3), (2, 1));
        assert_eq!(resolved(Percent(10), Percent(10), 11), (2, 1));
        assert_eq!(resolved(Percent(1), Int(0), 2), (1, 0));
        assert_eq!(resolved(Percent(250), Int(0), 2), (5, 0));
    }

    #[test]
    fn both_zero_after_rounding_means_one_unavailable() {
        assert_eq!(resolved(Int(0), Percent(1), 99), (0, 1));
        assert_eq!(resolved(Int(0), Percent(25), 3), (0, 1));
        assert_eq!(resolved(Int(0), Percent(25), 1), (0, 1));
        assert_eq!(resolved(Int(0), Int(0), 10), (0, 1));
    }

    #[test]
    fn unavailable_is_limited_to_the_replicas_and_surge_is_not() {
        assert_eq!(resolved(Int(25), Int(25), 3), (25, 3));
        assert_eq!(resolved(Int(0), Int(0), 0), (0, 0));
        assert_eq!(resolved(Percent(100), Percent(100), 0), (0, 0));
    }

    #[test]
    fn nothing_overflows() {
        assert_eq!(
            resolved(Percent(u32::MAX), Percent(u32::MAX), u32::MAX),
            (u32::MAX, u32::MAX)
        );
    }
}
