//! Several tasks of a super-step, side by side.

use std::future::Future;
use std::task::Context as Poller;

use super::step::{Running, Step, panicked, task_end};
use super::task::{Lease, TaskSlot};
use super::task_set::Ended;
use crate::graph::Graph;

impl<G: Graph> Step<G> {
    pub(super) fn poll_side_by_side<F, C>(&mut self, cx: &mut Poller<'_>, run: &mut Running<'_, G, F, C>)
    where
        F: Future<Output = Box<Lease<G>>> + Send + 'static,
        C: Fn(G::Task, Box<Lease<G>>) -> F,
    {
        let most = self.shared.info.config.max_concurrency;
        if !self.started {
            self.started = true;
            run.futures.begin(self.left.min(most));
            run.futures.listen(cx);
            return self.start_waiting(cx, run, most);
        }
        run.futures.listen(cx);
        run.futures.begin_pass();
        while let Some((index, ended)) = run.futures.next_ended(cx) {
            self.take_ended(index, ended, run);
            if self.must_stop() {
                return;
            }
            self.start_waiting(cx, run, most);
        }
    }

    /// Starts tasks, up to the concurrency limit.
    pub(super) fn start_waiting<F, C>(&mut self, cx: &mut Poller<'_>, run: &mut Running<'_, G, F, C>, most: usize)
    where
        F: Future<Output = Box<Lease<G>>> + Send + 'static,
        C: Fn(G::Task, Box<Lease<G>>) -> F,
    {
        while self.running < most && !self.must_stop() {
            while self.slots.get(self.waiting).is_some_and(TaskSlot::has_ended) {
                self.waiting += 1;
            }
            let (Some(task), Some(original)) = (run.tasks.get(self.waiting), run.lease.as_ref()) else { return };
            let mut lease = self
                .idle
                .pop()
                .unwrap_or_else(|| Box::new(Lease { state: None, cx: original.cx.clone(), result: None }));
            lease.state.clone_from(&original.state);
            let index = self.waiting;
            self.tell_task(&mut lease.cx, index, task);
            self.slots[index].start();
            (self.waiting, self.running) = (index + 1, self.running + 1);
            if let Some(ended) = run.futures.start(index, (run.call)(task.clone(), lease), cx) {
                self.take_ended(index, ended, run);
            }
        }
    }

    fn take_ended<F: Future, C>(&mut self, index: usize, ended: Ended<Box<Lease<G>>>, run: &mut Running<'_, G, F, C>) {
        self.running -= 1;
        let end = match ended {
            Ok(mut lease) => {
                let end = task_end(&mut lease);
                // An idle lease must not hold the state: a shared state would be cloned on write.
                lease.state = None;
                self.idle.push(lease);
                end
            }
            Err(panic) => panicked(panic),
        };
        let state = run.lease.as_ref().and_then(|lease| lease.state.as_ref());
        self.end_task(index, &run.tasks[index], end, state, run.out);
    }
}
