//! When `helm --wait` and `kubectl rollout status` return.

use serde::Serialize;

use crate::{Limits, Strategy};

/// What the commands that wait for a rollout say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Waits {
    /// `helm --wait` of Helm 3, and Helm 4's `--wait=legacy`: the new ReplicaSet has `replicas` − maxUnavailable ready
    /// pods; minReadySeconds does not count (Helm, pkg/kube/ready.go).
    pub helm3: Wait,
    /// `helm --wait` of Helm 4: all pods updated and available, no surplus; an exceeded progress deadline fails it.
    pub helm4: Wait,
    /// `kubectl rollout status` without a time-out: complete, or the progress deadline exceeded.
    pub rollout_status: Wait,
}

/// How waiting ends. Milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "result", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Wait {
    /// It returns with success.
    Success {
        /// When.
        at: u64,
        /// Whether it waited for nothing: no pod had to be ready, so success says nothing about the new version and
        /// `--atomic` protects nobody.
        vacuous: bool,
    },
    /// It fails because its time-out is over.
    TimedOut {
        /// When.
        at: u64,
    },
    /// It fails because the Deployment exceeded its progress deadline.
    DeadlineExceeded {
        /// When.
        at: u64,
    },
    /// It waits for ever.
    #[default]
    Never,
}

impl Wait {
    /// Success when `done`, unless the time-out or the deadline is earlier.
    pub(crate) fn until(done: Option<u64>, timeout: Option<u64>, deadline: Option<u64>) -> Self {
        let before = |limit: Option<u64>, at: u64| limit.is_none_or(|limit| at <= limit);
        match (done, deadline, timeout) {
            (Some(at), _, _) if before(timeout, at) && before(deadline, at) => Self::Success { at, vacuous: false },
            (_, Some(at), _) if before(timeout, at) => Self::DeadlineExceeded { at },
            (_, _, Some(at)) => Self::TimedOut { at },
            _ => Self::Never,
        }
    }

    pub(crate) const fn vacuously(self, vacuous: bool) -> Self {
        match self {
            Self::Success { at, .. } => Self::Success { at, vacuous },
            other => other,
        }
    }
}

/// How many ready pods of the new ReplicaSet satisfy Helm 3.
pub(crate) fn helm3_wants(strategy: Strategy, replicas: u32) -> u32 {
    replicas
        - strategy
            .limits(replicas)
            .map_or(0, |Limits { unavailable, .. }| unavailable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::IntOrPercent::{Int, Percent};

    #[test]
    fn the_first_limit_counts() {
        let success = Wait::Success { at: 20, vacuous: false };
        assert_eq!(Wait::until(Some(20), Some(300), Some(601)), success);
        assert_eq!(Wait::until(Some(301), Some(300), None), Wait::TimedOut { at: 300 });
        assert_eq!(Wait::until(None, Some(300), Some(601)), Wait::TimedOut { at: 300 });
        assert_eq!(
            Wait::until(None, Some(300), Some(61)),
            Wait::DeadlineExceeded { at: 61 }
        );
        assert_eq!(
            Wait::until(Some(100), Some(300), Some(61)),
            Wait::DeadlineExceeded { at: 61 }
        );
        assert_eq!(Wait::until(None, None, None), Wait::Never);
    }

    #[test]
    fn helm_3_counts_down_by_max_unavailable() {
        let rolling = |max_surge, max_unavailable| Strategy::RollingUpdate {
            max_surge,
            max_unavailable,
        };
        assert_eq!(helm3_wants(Strategy::Recreate, 3), 3);
        assert_eq!(helm3_wants(rolling(Int(1), Int(0)), 3), 3);
        assert_eq!(helm3_wants(rolling(Int(0), Percent(25)), 1), 0);
        assert_eq!(helm3_wants(rolling(Int(1), Int(25)), 3), 0);
        assert_eq!(helm3_wants(Strategy::DEFAULT, 0), 0);
    }
}
