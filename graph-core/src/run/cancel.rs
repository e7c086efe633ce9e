//! Cancelling a run from outside.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Waker};

/// A handle that cancels a run: its nodes are dropped at once, and its stream ends with
/// [`Error::Cancelled`](crate::Error::Cancelled). Saved steps stay saved; a write to the saver that is in flight is finished
/// first.
#[derive(Clone, Debug, Default)]
pub struct CancelHandle(Arc<CancelState>);

#[derive(Debug, Default)]
struct CancelState {
    cancelled: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl CancelHandle {
    /// Cancels the run. Does nothing if it has ended.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Release);
        let waker = self.0.waker.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Whether [`cancel`](Self::cancel) was called.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Acquire)
    }

    /// Whether the run is cancelled; if not, registers the waker.
    pub(crate) fn poll(&self, cx: &Context<'_>) -> bool {
        if !self.is_cancelled() {
            let mut waker = self.0.waker.lock().unwrap_or_else(PoisonError::into_inner);
            match &mut *waker {
                Some(waker) => waker.clone_from(cx.waker()),
                none => *none = Some(cx.waker().clone()),
            }
        }
        // Check again: it may have been cancelled before the waker was registered.
        self.is_cancelled()
    }
}
