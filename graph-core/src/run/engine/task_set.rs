//! The futures of running tasks, in slots that are reused from task to task and from step to step.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::spawned_task::SpawnedTask;
use super::task_waker::{TaskWaker, WokenSlots};
use crate::run::child::Caller;

/// Up to this number of futures, all are polled at every wake, as `join!` does; beyond, only those that were woken.
const FEW: usize = 8;

/// How a future ended: its output, or the payload of its panic.
pub(super) type Ended<T> = std::thread::Result<T>;

/// The futures of running tasks. A slot keeps its memory when its future ends: a run allocates only while it gets
/// wider.
pub(super) struct TaskSet<F: Future> {
    slots: Vec<FutureSlot<F>>,
    /// The indices of slots without a future, in a step of several tasks.
    free: Vec<usize>,
    /// Whether each future is spawned as a tokio task.
    parallel: bool,
    /// The graph, if it calls others.
    caller: Option<&'static Caller>,
    /// Whether the step is so wide that only woken tasks are polled.
    many: bool,
    woken: Option<Arc<WokenSlots>>,
    /// The slots left to poll in this pass, last first.
    due: Vec<usize>,
}

struct FutureSlot<F: Future> {
    task: usize,
    future: Pin<Box<Option<F>>>,
    spawned: Option<SpawnedTask<F::Output>>,
    waker: Option<TaskWaker>,
}

impl<F: Future<Output: Send + 'static> + Send + 'static> TaskSet<F> {
    pub(super) fn new(parallel: bool, caller: Option<&'static Caller>) -> Self {
        Self { slots: Vec::new(), free: Vec::new(), parallel, caller, many: false, woken: None, due: Vec::new() }
    }

    /// Prepares for a step of several tasks that runs up to `width` at a time.
    pub(super) fn begin(&mut self, width: usize) {
        self.many = width > FEW;
        self.free.clear();
        self.free.extend((0..self.slots.len()).rev());
    }

    /// Starts the only task of a step. Inlined, as is its poll, so that the future is built in its slot and not copied.
    #[inline(always)]
    pub(super) fn start_single(&mut self, future: F) {
        if self.slots.is_empty() {
            self.slots.push(FutureSlot::new());
        }
        self.slots[0].set(future, self.parallel, self.caller);
    }

    /// Polls the only task of a step.
    #[inline(always)]
    pub(super) fn poll_single(&mut self, cx: &mut Context<'_>) -> Poll<Ended<F::Output>> {
        self.slots[0].poll(cx)
    }

    /// Registers the consumer's waker. Called at the start of each poll of a step of several tasks.
    pub(super) fn listen(&mut self, cx: &mut Context<'_>) {
        if self.many {
            self.woken.get_or_insert_default().listen(cx.waker());
        }
    }

    /// Starts a task and polls it once; if it does not wait, its slot is free for the next.
    pub(super) fn start(&mut self, task: usize, future: F, cx: &mut Context<'_>) -> Option<Ended<F::Output>> {
        let index = self.free.pop().unwrap_or_else(|| {
            self.slots.push(FutureSlot::new());
            self.slots.len() - 1
        });
        self.slots[index].task = task;
        self.slots[index].set(future, self.parallel, self.caller);
        self.poll_slot(index, cx)
    }

    /// Begins a pass over the running tasks: all if they are few, else the woken ones.
    pub(super) fn begin_pass(&mut self) {
        self.due.clear();
        match &self.woken {
            Some(woken) if self.many => woken.take(&mut self.due),
            _ => self.due.extend(0..self.slots.len()),
        }
        self.due.reverse();
    }

    /// The index and the end of the next task that ends in this pass.
    pub(super) fn next_ended(&mut self, cx: &mut Context<'_>) -> Option<(usize, Ended<F::Output>)> {
        while let Some(index) = self.due.pop() {
            if let Some(ended) = self.poll_slot(index, cx) {
                return Some((self.slots[index].task, ended));
            }
        }
        // Woken in the meantime: polled in the run's next poll, so that other work of the runtime gets its turn.
        if self.many && self.woken.as_ref().is_some_and(|woken| woken.any()) {
            cx.waker().wake_by_ref();
        }
        None
    }

    /// Cancels one task. `false` if it ends later, because it runs on tokio.
    pub(super) fn cancel_one(&mut self, task: usize) -> bool {
        let running = |(_, slot): &(usize, &mut FutureSlot<F>)| slot.task == task && !slot.is_free();
        let Some((index, slot)) = self.slots.iter_mut().enumerate().find(running) else {
            return false;
        };
        if let Some(spawned) = &slot.spawned {
            spawned.abort();
            return false;
        }
        let _ = catch_unwind(AssertUnwindSafe(|| slot.future.as_mut().set(None)));
        self.free.push(index);
        true
    }

    /// Cancels the running tasks. Those on tokio have ended only when [`poll_cancelled`](Self::poll_cancelled) is
    /// ready.
    pub(super) fn cancel(&mut self) {
        for slot in &mut self.slots {
            // A value of the node may panic when it is dropped: the run ends by its own error all the same.
            let _ = catch_unwind(AssertUnwindSafe(|| slot.future.as_mut().set(None)));
            if let Some(spawned) = &slot.spawned {
                spawned.abort();
            }
        }
    }

    /// Waits until cancelled tasks are dropped, so that parts emitted on drop come before their ends.
    pub(super) fn poll_cancelled(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        for slot in &mut self.slots {
            if slot.spawned.is_some() {
                ready!(slot.poll(cx)).ok();
            }
        }
        Poll::Ready(())
    }

    fn poll_slot(&mut self, index: usize, cx: &mut Context<'_>) -> Option<Ended<F::Output>> {
        let slot = &mut self.slots[index];
        if slot.is_free() {
            return None;
        }
        let polled = if self.many {
            let woken = self.woken.get_or_insert_default();
            let waker = slot.waker.get_or_insert_with(|| TaskWaker::new(index, woken.clone()));
            // Before the poll: a wake during it counts.
            waker.clear();
            poll(&mut slot.future, &mut slot.spawned, &mut Context::from_waker(waker.waker()))
        } else {
            slot.poll(cx)
        };
        let Poll::Ready(ended) = polled else { return None };
        self.free.push(index);
        Some(ended)
    }
}

impl<F: Future<Output: Send + 'static> + Send + 'static> FutureSlot<F> {
    fn new() -> Self {
        Self { task: 0, future: Box::pin(None), spawned: None, waker: None }
    }

    #[inline(always)]
    fn set(&mut self, future: F, parallel: bool, caller: Option<&'static Caller>) {
        if parallel {
            self.spawned = Some(SpawnedTask::spawn(future, caller));
        } else {
            self.future.as_mut().set(Some(future));
        }
    }

    fn is_free(&self) -> bool {
        self.spawned.is_none() && self.future.is_none()
    }

    #[inline(always)]
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Ended<F::Output>> {
        poll(&mut self.future, &mut self.spawned, cx)
    }
}

/// Polls a future, and empties its slot when it ends. A panic is an end too: it fails the run, not the thread.
#[inline(always)]
fn poll<F: Future>(
    slot: &mut Pin<Box<Option<F>>>,
    spawned: &mut Option<SpawnedTask<F::Output>>,
    cx: &mut Context<'_>,
) -> Poll<Ended<F::Output>> {
    let Some(future) = slot.as_mut().as_pin_mut() else { return poll_spawned(spawned, cx) };
    let output = match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
        Ok(Poll::Pending) => return Poll::Pending,
        Ok(Poll::Ready(output)) => Ok(output),
        Err(payload) => Err(payload),
    };
    slot.as_mut().set(None);
    Poll::Ready(output)
}

#[inline(never)]
fn poll_spawned<T>(slot: &mut Option<SpawnedTask<T>>, cx: &mut Context<'_>) -> Poll<Ended<T>> {
    let Some(spawned) = slot else { return Poll::Pending };
    let ended = ready!(spawned.poll_ended(cx));
    *slot = None;
    Poll::Ready(ended)
}
