//! Parts that nodes have emitted and the consumer has not taken yet.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use crate::graph::Graph;
use crate::run::Part;

/// Poisoning is ignored: the guarded values are never left half-written.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Parts that nodes have emitted and the consumer has not taken yet.
///
/// Unless tasks run in parallel, the engine and all nodes run inside the consumer's poll, so the lock is uncontended.
pub(crate) struct Outbox<G: Graph> {
    queue: Mutex<Queue<G>>,
    /// Whether there are parts, readable without the lock.
    has_parts: AtomicBool,
}

struct Queue<G: Graph> {
    parts: VecDeque<Part<G>>,
    /// The consumer's waker while the run waits: a context may be used on another thread.
    sleeper: Option<Waker>,
}

impl<G: Graph> Outbox<G> {
    pub(super) fn new() -> Self {
        let queue = Mutex::new(Queue { parts: VecDeque::new(), sleeper: None });
        Self { queue, has_parts: AtomicBool::new(false) }
    }

    pub(crate) fn push(&self, part: Part<G>) {
        let sleeper = {
            let mut queue = lock(&self.queue);
            queue.parts.push_back(part);
            self.has_parts.store(true, Ordering::Release);
            queue.sleeper.take()
        };
        if let Some(sleeper) = sleeper {
            sleeper.wake();
        }
    }

    /// Wakes the consumer if it waits for parts.
    pub(crate) fn wake(&self) {
        let sleeper = lock(&self.queue).sleeper.take();
        if let Some(sleeper) = sleeper {
            sleeper.wake();
        }
    }

    #[inline]
    pub(crate) fn has_parts(&self) -> bool {
        self.has_parts.load(Ordering::Acquire)
    }

    /// Moves the parts to `out`.
    #[inline]
    pub(crate) fn drain(&self, out: &mut VecDeque<Part<G>>) {
        if self.has_parts() {
            self.drain_all(out);
        }
    }

    #[inline(never)]
    fn drain_all(&self, out: &mut VecDeque<Part<G>>) {
        let mut queue = lock(&self.queue);
        if out.is_empty() {
            std::mem::swap(&mut queue.parts, out);
        } else {
            out.append(&mut queue.parts);
        }
        self.has_parts.store(false, Ordering::Release);
    }

    /// The run waits: the next part wakes the consumer. `false` if there are parts already.
    pub(in crate::run) fn sleep(&self, waker: &Waker) -> bool {
        let mut queue = lock(&self.queue);
        if queue.parts.is_empty() {
            queue.sleeper = Some(waker.clone());
        }
        queue.parts.is_empty()
    }

    /// The run is being polled: parts are taken at the end of the poll.
    pub(in crate::run) fn stop_sleeping(&self) {
        lock(&self.queue).sleeper = None;
    }
}
