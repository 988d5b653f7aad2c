//! Who holds the claim, and who waits for it.

use std::collections::VecDeque;

use crate::{Claim, Version};

/// A pod by its index among all pods of the run.
pub(crate) type PodId = usize;

/// The state of one claim.
#[derive(Debug)]
pub(crate) struct Holder {
    claim: Claim,
    /// The template whose pods hold the volume, or held it last.
    version: Option<Version>,
    /// How many pods of that template want it where it is.
    pods: u32,
    /// When the volume is attached to its present node.
    attached: u64,
    waiting: VecDeque<(PodId, Version)>,
}

impl Holder {
    pub(crate) const fn new(claim: Claim) -> Self {
        Self {
            claim,
            version: None,
            pods: 0,
            attached: 0,
            waiting: VecDeque::new(),
        }
    }

    /// A pod wants the claim: the time from which it has it, or `None` where it must wait.
    pub(crate) fn request(&mut self, pod: PodId, version: Version, now: u64) -> Option<u64> {
        let (blocked, reattach) = match self.claim {
            Claim::None | Claim::ManyNodes | Claim::SameNode => return Some(now),
            Claim::OtherNode { reattach } => (self.pods > 0 && self.version != Some(version), reattach),
            Claim::OnePod { reattach } => (self.pods > 0, reattach),
        };
        if blocked {
            self.waiting.push_back((pod, version));
            return None;
        }
        if self.version.is_some_and(|holder| holder != version) {
            self.attached = now.saturating_add(reattach);
        }
        self.version = Some(version);
        self.pods += 1;
        Some(self.attached.max(now))
    }

    /// A pod that had the claim is gone. Returns the pods that get it now, and when.
    pub(crate) fn release(&mut self, now: u64) -> Vec<(PodId, u64)> {
        self.pods = self.pods.saturating_sub(1);
        let mut admitted = Vec::new();
        if self.pods > 0 {
            return admitted;
        }
        for (pod, version) in std::mem::take(&mut self.waiting) {
            if let Some(at) = self.request(pod, version, now) {
                admitted.push((pod, at));
            }
        }
        admitted
    }

    /// A waiting pod was deleted.
    pub(crate) fn withdraw(&mut self, pod: PodId) {
        self.waiting.retain(|&(waiting, _)| waiting != pod);
    }

    /// The template that keeps pods of `version` waiting, if any of them waits.
    pub(crate) fn blocks(&self, version: Version) -> Option<Version> {
        let waits = self.waiting.iter().any(|&(_, waiting)| waiting == version);
        self.version.filter(|_| waits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Version::{New, Old};

    #[test]
    fn another_node_waits_for_the_last_pod_of_the_first() {
        let mut holder = Holder::new(Claim::OtherNode { reattach: 30 });
        assert_eq!(holder.request(0, Old, 0), Some(0));
        assert_eq!(holder.request(1, Old, 0), Some(0));
        assert_eq!(holder.request(2, New, 5), None);
        assert_eq!(holder.request(3, New, 5), None);
        assert_eq!(holder.blocks(New), Some(Old));
        assert_eq!(holder.release(8), []);
        assert_eq!(holder.release(9), [(2, 39), (3, 39)]);
        assert_eq!(holder.blocks(New), None);
    }

    #[test]
    fn one_pod_at_a_time() {
        let mut holder = Holder::new(Claim::OnePod { reattach: 0 });
        assert_eq!(holder.request(0, New, 0), Some(0));
        assert_eq!(holder.request(1, New, 0), None);
        assert_eq!(holder.request(2, New, 0), None);
        holder.withdraw(1);
        assert_eq!(holder.release(7), [(2, 7)]);
        assert_eq!(holder.blocks(New), None);
    }

    #[test]
    fn shared_claims_never_wait() {
        for claim in [Claim::None, Claim::ManyNodes, Claim::SameNode] {
            let mut holder = Holder::new(claim);
            assert_eq!(holder.request(0, Old, 0), Some(0));
            assert_eq!(holder.request(1, New, 3), Some(3));
        }
    }
}
