//! What a task of a super-step ended with: told, and kept.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::context::By;
use crate::error::{Error, Failure, Result};
use crate::graph::{Graph, GraphNode, GraphUpdate, TaskOutput};
use crate::node::{HandlerError, NodeError, NodeResult};
use crate::run::engine::machine::Lent;
use crate::run::engine::step::{Step, guard};
use crate::run::engine::task_set::{Ended, panic_text};
use crate::run::stream::emit::Telling;
use crate::run::{Mode, Part, PushedPart, UpdatePart};

impl<G: Graph> Step<G> {
    /// Takes what a task ended with: streams it, and keeps its update.
    #[inline]
    pub(super) fn ended(
        &mut self,
        index: usize,
        task: &G::Task,
        ended: Ended<NodeResult<TaskOutput<G>>>,
        lent: &Option<Lent<G>>,
        out: &mut VecDeque<Part<G>>,
    ) -> Result<()> {
        // What the task said comes before its end.
        let said = self.shared.has_parts();
        if said {
            self.shared.take(out);
        }
        let state = lent.as_ref().map(|(state, _)| state);
        let TaskOutput { mut update, route } = match ended {
            Ok(Ok(done)) => done,
            Ok(Err(error)) => return Err(self.failed(index, task, Ok(error), state, out)),
            Err(panic) => return Err(self.failed(index, task, Err(panic), state, out)),
        };
        let reducer = || format!("a reducer behind node `{}`", G::node_of(task).name());
        if let Err(error) = guard::<G, _>(self.common.number, reducer, || update.as_dyn_mut().prepare()) {
            let info = &self.by.told(self.info(index, task));
            return Err(Telling { shared: &self.shared, info, state, task, out }.failed(error));
        }
        self.wrote = self.wrote.union(update.as_dyn().written());
        if said {
            self.pushed(index, out);
        }
        if let Some(info) = self.infos.get(index) {
            let info = &self.by.told(*info);
            Telling { shared: &self.shared, info, state, task, out }.done(&update);
        } else if self.shared.has(Mode::UPDATES) {
            out.push_back(Part::Update(UpdatePart { update: update.clone(), cached: self.by == By::Cache }));
        }
        self.updates[index] = Some(update);
        if route.is_some() {
            self.routes.resize_with(self.updates.len(), || None);
            self.routes[index] = route;
        }
        Ok(())
    }

    /// Takes up the messages that a task pushed, if it pushed any.
    #[inline(never)]
    fn pushed(&mut self, index: usize, out: &mut VecDeque<Part<G>>) {
        for pushed in self.shared.take_pushed(self.common.number, index, self.attempt, self.by) {
            if self.shared.has(Mode::UPDATES) {
                out.push_back(Part::Pushed(PushedPart {
                    message: pushed.message.clone(),
                    field: pushed.field,
                    node: G::Node::ALL[pushed.task.node],
                    step: pushed.task.step,
                    task: pushed.task.id(),
                    attempt: pushed.task.attempt,
                }));
            }
            self.wrote = self.wrote.union(self.pushes.add(pushed));
        }
    }

    /// Whose turn it was when a task went down.
    pub(super) fn by_of(&self, index: usize) -> By {
        if self.shared.is_handling(index) { By::Handler } else { By::Node }
    }

    /// The error of a task that failed or panicked, once the stream has been told.
    #[cold]
    fn failed(
        &self,
        index: usize,
        task: &G::Task,
        ended: Ended<NodeError>,
        state: Option<&Arc<G::State>>,
        out: &mut VecDeque<Part<G>>,
    ) -> Error {
        let by = if ended.is_err() { self.by_of(index) } else { self.by };
        let info = &by.told(self.info(index, task));
        let (graph, node, step) = (G::NAME, info.name, info.step);
        let error = match ended {
            Ok(source) => {
                let attempt = source.downcast_ref::<HandlerError>().map_or(self.attempt, |both| both.attempts);
                Error::Node { graph, node, step, attempt, source: Failure::new(source) }
            }
            Err(panic) => {
                let of = if by == By::Handler { "the handler of " } else { "" };
                let what = format!("{of}node `{node}`");
                Error::Panic { graph, what, step, message: panic_text(&*panic) }
            }
        };
        Telling { shared: &self.shared, info, state, task, out }.failed(error)
    }
}
