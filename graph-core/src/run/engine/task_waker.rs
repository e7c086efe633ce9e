//! Tracks which of many running tasks were woken.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};

/// The slots whose tasks were woken since the last pass, and the consumer's waker.
#[derive(Default)]
pub(super) struct WokenSlots {
    indices: Mutex<Vec<usize>>,
    consumer: Mutex<Option<Waker>>,
}

impl WokenSlots {
    pub(super) fn listen(&self, waker: &Waker) {
        let mut consumer = self.consumer.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *consumer {
            Some(consumer) => consumer.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
    }

    pub(super) fn take(&self, into: &mut Vec<usize>) {
        std::mem::swap(&mut *self.indices.lock().unwrap_or_else(PoisonError::into_inner), into);
    }

    pub(super) fn any(&self) -> bool {
        !self.indices.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

/// The waker of one slot.
pub(super) struct TaskWaker {
    queued: Arc<Queued>,
    waker: Waker,
}

struct Queued {
    index: usize,
    /// Whether the slot is already among the woken ones.
    is_queued: AtomicBool,
    woken: Arc<WokenSlots>,
}

impl TaskWaker {
    pub(super) fn new(index: usize, woken: Arc<WokenSlots>) -> Self {
        let queued = Arc::new(Queued { index, is_queued: AtomicBool::new(false), woken });
        Self { waker: Waker::from(queued.clone()), queued }
    }

    pub(super) fn waker(&self) -> &Waker {
        &self.waker
    }

    /// The slot is about to be polled.
    pub(super) fn clear(&self) {
        self.queued.is_queued.store(false, Ordering::Release);
    }
}

impl Wake for Queued {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_queued.swap(true, Ordering::AcqRel) {
            self.woken.indices.lock().unwrap_or_else(PoisonError::into_inner).push(self.index);
            let consumer = self.woken.consumer.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some(consumer) = consumer {
                consumer.wake();
            }
        }
    }
}
