//! Searches take long, so they are made of steps: whoever is waited for can do something else between two of them.

use std::pin::pin;
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

/// All steps at once.
pub(crate) fn at_once<T>(steps: impl Future<Output = T>) -> T {
    let mut steps = pin!(steps);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(result) = steps.as_mut().poll(&mut context) {
            return result;
        }
    }
}
