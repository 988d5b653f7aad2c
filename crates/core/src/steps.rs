//! Searches take long, so they are made of steps: whoever is waited for can do something else between two of them.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::{future, mem};

/// Ends a step: what waits for it goes on when it is asked again.
pub(crate) async fn end_of_step() {
    let mut ended = false;
    future::poll_fn(|_| match mem::replace(&mut ended, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    })
    .await;
}

/// Takes a step; the last one has the result.
pub(crate) fn step<T>(steps: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Poll<T> {
    steps.poll(&mut Context::from_waker(Waker::noop()))
}

/// All steps at once.
pub(crate) fn at_once<T>(steps: impl Future<Output = T>) -> T {
    let mut steps = pin!(steps);
    loop {
        if let Poll::Ready(result) = step(steps.as_mut()) {
            return result;
        }
    }
}
