//! A claim that was in the last manifest and is not in the new one (Helm, pkg/kube/client.go `update`; Kubernetes'
//! storage object in use protection).

use serde::{Deserialize, Serialize};

/// What is known of a claim that leaves the manifest in an upgrade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimRemoval {
    /// Whether the live object carries `helm.sh/resource-policy: keep`; what the manifest says does not count.
    pub kept: bool,
    /// What becomes of the volume; `None` where it is not known. Delete is the default of dynamic volumes.
    pub reclaim: Option<ReclaimPolicy>,
    /// Whether another object of the same upgrade is refused: then nothing is deleted.
    pub upgrade_fails: bool,
    /// Whether pods that run mount the claim.
    pub mounted: bool,
    /// Whether new pods name it still.
    pub wanted: bool,
    /// Whether old pods stop before new ones are ready: Recreate, or maxUnavailable above 0.
    pub old_pods_stop_first: bool,
}

/// A volume's reclaim policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum ReclaimPolicy {
    /// The volume and its data go with the claim.
    Delete,
    /// The volume stays, for somebody to bind it by hand.
    Retain,
}

/// What happens to the claim, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "fate", rename_all = "kebab-case")]
pub enum ClaimFate {
    /// The upgrade fails before it deletes anything: the claim stays, and other objects are changed already.
    SparedByFailure,
    /// It stays, no longer part of the release. To take it back, its annotations with the release's name and namespace
    /// and its label managed-by must match.
    Orphaned,
    /// It is deleted.
    Deleted,
    /// It stays Terminating as long as a pod that has not ended mounts it.
    TerminatesWithLastPod,
    /// A new pod that names it cannot be scheduled: `persistentvolumeclaim "…" is being deleted`.
    NewPodUnschedulable {
        /// Whether the rollout waits for that pod for ever.
        deadlock: bool,
    },
    /// The volume goes, with its data.
    DataDeleted,
    /// The volume stays.
    DataRetained,
    /// The volume goes with its data if its reclaim policy is Delete, which is the default.
    DataAtRisk,
}

/// What happens to a claim that leaves the manifest. A manifest that has it again while it is Terminating changes
/// nothing: it patches the object that goes.
#[must_use]
pub fn claim_removal(removal: ClaimRemoval) -> Vec<ClaimFate> {
    if removal.upgrade_fails {
        return vec![ClaimFate::SparedByFailure];
    }
    if removal.kept {
        return vec![ClaimFate::Orphaned];
    }
    let mut fates = vec![ClaimFate::Deleted];
    if removal.mounted {
        fates.push(ClaimFate::TerminatesWithLastPod);
    }
    if removal.wanted {
        fates.push(ClaimFate::NewPodUnschedulable {
            deadlock: removal.mounted && !removal.old_pods_stop_first,
        });
    }
    fates.push(match removal.reclaim {
        Some(ReclaimPolicy::Delete) => ClaimFate::DataDeleted,
        Some(ReclaimPolicy::Retain) => ClaimFate::DataRetained,
        None => ClaimFate::DataAtRisk,
    });
    fates
}

#[cfg(test)]
mod tests {
    use super::*;

    const REMOVAL: ClaimRemoval = ClaimRemoval {
        kept: false,
        reclaim: None,
        upgrade_fails: false,
        mounted: true,
        wanted: false,
        old_pods_stop_first: false,
    };

    #[test]
    fn a_failed_patch_spares_it() {
        let removal = ClaimRemoval {
            upgrade_fails: true,
            ..REMOVAL
        };
        assert_eq!(claim_removal(removal), [ClaimFate::SparedByFailure]);
    }

    #[test]
    fn the_live_annotation_keeps_it() {
        let removal = ClaimRemoval { kept: true, ..REMOVAL };
        assert_eq!(claim_removal(removal), [ClaimFate::Orphaned]);
    }

    #[test]
    fn it_goes_with_the_last_pod_and_the_data_with_it() {
        for (reclaim, last) in [
            (Some(ReclaimPolicy::Delete), ClaimFate::DataDeleted),
            (Some(ReclaimPolicy::Retain), ClaimFate::DataRetained),
            (None, ClaimFate::DataAtRisk),
        ] {
            let removal = ClaimRemoval { reclaim, ..REMOVAL };
            assert_eq!(
                claim_removal(removal),
                [ClaimFate::Deleted, ClaimFate::TerminatesWithLastPod, last]
            );
        }
        let removal = ClaimRemoval {
            mounted: false,
            ..REMOVAL
        };
        assert_eq!(claim_removal(removal), [ClaimFate::Deleted, ClaimFate::DataAtRisk]);
    }

    #[test]
    fn a_pod_that_names_it_cannot_start() {
        for (old_pods_stop_first, deadlock) in [(false, true), (true, false)] {
            let removal = ClaimRemoval {
                wanted: true,
                old_pods_stop_first,
                ..REMOVAL
            };
            assert!(claim_removal(removal).contains(&ClaimFate::NewPodUnschedulable { deadlock }));
        }
    }
}
