//! Who finds a place, and who waits for one.

use std::collections::VecDeque;

use crate::claims::PodId;

/// The places for pods: of a quota, of nodes that take one pod each, of host ports.
#[derive(Debug)]
pub(crate) struct Room {
    free: Option<u32>,
    waiting: VecDeque<PodId>,
}

impl Room {
    /// `None` is room for all.
    pub(crate) const fn new(places: Option<u32>) -> Self {
        Self {
            free: places,
            waiting: VecDeque::new(),
        }
    }

    /// A pod wants a place: whether it has one now, or else waits for it.
    pub(crate) fn request(&mut self, pod: PodId) -> bool {
        match &mut self.free {
            None => true,
            Some(0) => {
                self.waiting.push_back(pod);
                false
            }
            Some(free) => {
                *free -= 1;
                true
            }
        }
    }

    /// A pod gave its place back: the pod that has it now.
    pub(crate) fn release(&mut self) -> Option<PodId> {
        let next = self.waiting.pop_front();
        if next.is_none()
            && let Some(free) = &mut self.free
        {
            *free += 1;
        }
        next
    }

    /// A waiting pod was deleted; whether it waited here.
    pub(crate) fn withdraw(&mut self, pod: PodId) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|&waiting| waiting != pod);
        self.waiting.len() < before
    }

    pub(crate) fn waiting(&self) -> impl Iterator<Item = PodId> + '_ {
        self.waiting.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_handed_on_in_order() {
        let mut room = Room::new(Some(1));
        assert!(room.request(0));
        assert!(!room.request(1));
        assert!(!room.request(2));
        assert!(!room.request(3));
        assert!(room.withdraw(2));
        assert!(!room.withdraw(2));
        assert_eq!(room.release(), Some(1));
        assert_eq!(room.waiting().collect::<Vec<_>>(), [3]);
        assert_eq!(room.release(), Some(3));
        assert_eq!(room.release(), None);
        assert!(room.request(4));
    }

    #[test]
    fn there_may_be_room_for_all() {
        let mut room = Room::new(None);
        assert!((0..100).all(|pod| room.request(pod)));
        assert_eq!(room.release(), None);
    }
}
