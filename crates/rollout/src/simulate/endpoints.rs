//! A pod as the proxies know it: ready, or terminating and serving, and accepting or not.

use super::World;
use super::state::index;
use crate::claims::PodId;

impl World<'_> {
    pub(super) fn join(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        life.joined = true;
        self.known.ready[index(life.version)] += 1;
        self.known.ready_accepting += u32::from(life.accepting);
    }

    pub(super) fn leave(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        if !life.joined {
            return;
        }
        life.joined = false;
        self.known.ready[index(life.version)] -= 1;
        self.known.ready_accepting -= u32::from(life.accepting);
        life.fallback = true;
        self.known.fallback += 1;
        self.known.fallback_accepting += u32::from(life.accepting);
    }

    pub(super) fn close(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        if !life.accepting {
            return;
        }
        life.accepting = false;
        self.known.ready_accepting -= u32::from(life.joined);
        self.known.fallback_accepting -= u32::from(life.fallback);
    }

    pub(super) fn forget(&mut self, id: PodId) {
        let life = &mut self.pods[id];
        if !life.fallback {
            return;
        }
        life.fallback = false;
        self.known.fallback -= 1;
        self.known.fallback_accepting -= u32::from(life.accepting);
    }
}
