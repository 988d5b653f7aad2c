/// The least a container gets between SIGTERM and SIGKILL (`minimumGracePeriodInSeconds`,
/// pkg/kubelet/kuberuntime/kuberuntime_container.go).
const LEAST: u64 = 2_000;

/// How one pod's termination goes. Milliseconds from its deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// When SIGTERM is sent: the preStop hook has ended or was cut off.
    pub sigterm: u64,
    /// When all containers have stopped.
    pub gone: u64,
    /// Whether SIGKILL was needed.
    pub killed: bool,
}

impl Stop {
    /// The termination of a pod with this grace period, a preStop hook of this length, and an app that exits this long
    /// after SIGTERM. All in milliseconds.
    ///
    /// The grace period includes the hook; what is left of it, in whole seconds of the hook, belongs to the app, and
    /// is never less than 2 s. With a grace period of 0 the API server removes the pod at once, even where its process
    /// still ends (`killContainer`, pkg/kubelet/kuberuntime/kuberuntime_container.go).
    #[must_use]
    pub fn of(grace: u64, pre_stop: u64, shutdown: u64) -> Self {
        if grace == 0 {
            return Self {
                sigterm: 0,
                gone: 0,
                killed: shutdown > 0,
            };
        }
        let hook = pre_stop.min(grace);
        let left = (grace - hook / 1_000 * 1_000).max(LEAST);
        Self {
            sigterm: hook,
            gone: hook.saturating_add(shutdown.min(left)),
            killed: shutdown > left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grace_hook_and_shutdown() {
        let table = [
            ((30, 0, 2), (2, false)),
            ((30, 5, 3), (8, false)),
            ((30, 5, 10), (15, false)),
            ((30, 28, 5), (30, true)),
            ((30, 29, 10), (31, true)),
            ((30, 0, 99), (30, true)),
            ((30, 30, 10), (32, true)),
            ((30, 45, 1), (31, false)),
            ((30, 45, 10), (32, true)),
            ((10, 8, 5), (10, true)),
            ((1, 0, 9), (2, true)),
            ((60, 5, 15), (20, false)),
        ];
        for ((grace, pre_stop, shutdown), (gone, killed)) in table {
            let stop = Stop::of(grace * 1_000, pre_stop * 1_000, shutdown * 1_000);
            assert_eq!(
                (stop.gone, stop.killed),
                (gone * 1_000, killed),
                "grace {grace}, hook {pre_stop}, shutdown {shutdown}"
            );
        }
    }

    #[test]
    fn without_grace_the_pod_is_gone_at_once() {
        assert_eq!(Stop::of(0, 5_000, 9_000).gone, 0);
    }

    #[test]
    fn part_of_a_second_of_the_hook_is_given_back() {
        assert_eq!(Stop::of(30_000, 5_900, 60_000).gone, 5_900 + 25_000);
    }

    #[test]
    fn nothing_overflows() {
        let stop = Stop::of(u64::MAX, u64::MAX, u64::MAX);
        assert!(stop.gone >= stop.sigterm);
    }
}
