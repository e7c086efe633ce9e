//! The end of a super-step: what its tasks wrote is applied in their order, and what follows is collected.

use std::cell::Cell;
use std::sync::Arc;

use crate::checkpoint::Written;
use crate::error::{Error, Result};
use crate::graph::{Graph, GraphNode, GraphUpdate};
use crate::run::Scheduler;
use crate::run::engine::pending::Restored;
use crate::run::engine::step::{Step, guard};
use crate::run::journal::Journal;
use crate::state::{FieldSet, Repeated, State, to_mut};

impl<G: Graph> Step<G> {
    /// Applies what the tasks wrote, in their order; gives what is to be saved, and the fields that were written.
    #[inline]
    pub(crate) fn apply(
        &mut self,
        state: &mut Arc<G::State>,
        journal: Option<&Journal<G>>,
        tasks: &[G::Task],
        number: i64,
    ) -> Result<(Vec<Written>, FieldSet)> {
        let mut records = Vec::new();
        if !self.wrote.is_empty() {
            // Copied only where a consumer holds a snapshot.
            let state = to_mut(state);
            let at = Cell::new(None);
            let reducer = || format!("a reducer behind node `{}`", at.get().map_or("", GraphNode::name));
            guard::<G, _>(number, reducer, || {
                let mut write = |node, update| {
                    at.set(Some(node));
                    if let Some(journal) = journal {
                        records.push(journal.record(Some(node), &update)?);
                    }
                    if self.gathers {
                        gather::<G>(&mut self.gathered, &update);
                    }
                    state.apply(update);
                    Ok::<_, Error>(())
                };
                let updates = self.updates.drain(..);
                if self.pushes.is_empty() && self.restored.is_empty() {
                    return updates.flatten().try_for_each(|update| write(update.node(), update.into_update()));
                }
                let updates = updates.enumerate().map(|(index, update)| match self.restored.take(index) {
                    Some(restored) => Some((G::node_of(&tasks[index]), restored)),
                    None => update.map(|update| (update.node(), update.into_update())),
                });
                self.pushes.among(updates).into_iter().try_for_each(|(node, update)| write(node, update))
            })??;
        }
        if !self.restored.is_empty() {
            self.restored = Restored::default();
        }
        Ok((records, self.wrote))
    }

    /// What the tasks of all steps wrote, as one update.
    pub(crate) fn take_gathered(&mut self) -> Option<<G::State as State>::Update> {
        self.gathered.take()
    }

    /// The nodes that ran in the last step; none before the first.
    pub(crate) fn ran(&self) -> &[G::Node] {
        &self.ran
    }

    /// Collects what follows the tasks that ran (START, where there are none).
    #[inline]
    pub(crate) fn route(
        &mut self,
        next: &mut Scheduler<G>,
        tasks: Option<&[G::Task]>,
        state: &G::State,
        number: i64,
    ) -> Result<()> {
        self.ran.clear();
        self.ran.extend(tasks.into_iter().flatten().map(G::node_of));
        let (ran, routes) = (&self.ran, &mut self.routes);
        let router = || {
            let mut names: Vec<_> = ran.iter().map(|node| format!("`{}`", node.name())).collect();
            names.dedup();
            format!("a router behind {}", if names.is_empty() { "START".into() } else { names.join(", ") })
        };
        guard::<G, _>(number, router, || match tasks {
            None => next.start(state),
            Some(_) => next.follow(ran, routes, state),
        })
    }
}

/// Adds an update to those before it.
#[inline(never)]
fn gather<G: Graph>(gathered: &mut Option<<G::State as State>::Update>, update: &<G::State as State>::Update) {
    let update = update.repeated();
    match gathered {
        Some(first) => G::State::__combine(first, update),
        none => *none = Some(update),
    }
}
