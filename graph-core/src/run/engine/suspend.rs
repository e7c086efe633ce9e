//! Tasks that ask: they end without a result, and run again once they are answered.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::task::Context as Poller;

use super::step::{Running, Step};
use super::task::Lease;
use crate::checkpoint::Remembered;
use crate::graph::Graph;
use crate::interrupt::{GraphInterrupt as _, InterruptId, Waiting};
use crate::run::Part;
use crate::run::stream::emit::{Emitter, TaskView};

/// Whether nodes of `G`, or of its subgraphs, can ask: a graph declares what its subgraphs ask.
pub(super) const fn asks<G: Graph>() -> bool {
    !<G::Interrupt as crate::interrupt::GraphInterrupt>::KINDS.is_empty()
}

impl<G: Graph> Step<G> {
    /// Ends the running tasks that have asked, and starts others in their place.
    #[cold]
    pub(super) fn suspend_asking<F, C>(&mut self, cx: &mut Poller<'_>, run: &mut Running<'_, G, F, C>)
    where
        F: Future<Output = Box<Lease<G>>> + Send + 'static,
        C: Fn(G::Task, Box<Lease<G>>) -> F,
    {
        loop {
            self.take_reports();
            self.has_asking = false;
            let asking =
                self.slots.iter().position(|slot| slot.is_running() && !slot.asked.is_empty() && !slot.is_ending);
            let Some(index) = asking else { return };
            self.slots[index].is_ending = true;
            if run.futures.cancel_one(index) {
                self.running -= 1;
                let state = run.lease.as_ref().and_then(|lease| lease.state.as_ref());
                self.suspend_task(index, &run.tasks[index], state, run.out);
                self.left -= 1;
                self.start_waiting(cx, run, self.shared.info.config.max_concurrency);
            }
        }
    }

    /// The end of a task that has asked.
    #[cold]
    pub(super) fn suspend_task(
        &mut self,
        index: usize,
        task: &G::Task,
        state: Option<&Arc<G::State>>,
        out: &mut VecDeque<Part<G>>,
    ) {
        let info = self.info(index, task);
        let shared = self.shared.clone();
        if let Some(memory) = shared.info.own_memory() {
            // A subgraph's are saved by the outermost run.
            self.slots[index].asked.iter().for_each(|asked| drop(memory.remember(Remembered::clone(asked))));
        }
        let waiting: Vec<_> =
            self.slots[index].asked.iter().filter_map(|asked| waiting(asked, G::node_of(task), info.id())).collect();
        let mut emit = Emitter::new(&self.shared, out);
        emit.interrupted(&waiting);
        if self.has_infos() {
            let info = self.slots[index].streamed(self.info(index, task));
            emit.task_interrupted(&TaskView { info, state, task }, waiting);
        }
        self.slots[index].interrupt();
    }

    /// What the step's tasks wait for.
    pub(super) fn asked(&self) -> Vec<Arc<Remembered>> {
        self.slots.iter().flat_map(|slot| slot.asked.iter().cloned()).collect()
    }

    /// Marks the tasks that wait for answers, from an earlier run.
    #[cold]
    pub(super) fn restore_asked(
        &mut self,
        asked: Vec<Arc<Remembered>>,
        tasks: &[G::Task],
        out: &mut VecDeque<Part<G>>,
    ) {
        for asked in asked {
            let index = asked.task;
            let Some(slot) = self.slots.get_mut(index) else { continue };
            if slot.is_waiting() {
                self.left -= 1;
                slot.interrupt();
            }
            slot.asked.push(asked);
        }
        for (index, task) in tasks.iter().enumerate() {
            let (node, info) = (G::node_of(task), self.info(index, task));
            let asked = self.slots[index].asked.iter();
            let waiting: Vec<_> = asked.filter_map(|asked| waiting(asked, node, info.id())).collect();
            Emitter::new(&self.shared, out).interrupted(&waiting);
        }
    }
}

/// An interrupt as `G` declares it; `None` if it does not declare it any more.
pub(crate) fn waiting<G: Graph>(asked: &Remembered, node: G::Node, task: crate::context::TaskId) -> Option<Waiting<G>> {
    let kind = G::Interrupt::KINDS.iter().position(|kind| kind.name == asked.name)?;
    let value = G::Interrupt::read(kind, &asked.value).ok()?;
    Some(Waiting { id: InterruptId::of(asked.key), node, task, value, kind })
}
