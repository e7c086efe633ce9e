//! Stopping a run between two super-steps: at breakpoints, and when it is drained.

use super::DrainHandle;
use crate::graph::{Graph, GraphNode};

/// Where a run stopped at a breakpoint, between two super-steps.
///
/// The run is saved up to here; [`continue_run`](crate::thread::Thread::continue_run) continues it.
#[non_exhaustive]
pub struct Breakpoint<G: Graph> {
    /// The nodes after which it stopped, by [`interrupt_after`](super::Run::interrupt_after).
    pub after: Vec<G::Node>,
    /// The nodes before which it stopped, by [`interrupt_before`](super::Run::interrupt_before).
    pub before: Vec<G::Node>,
    /// All nodes that run next, each once.
    pub next: Vec<G::Node>,
    /// The last super-step; 0 for the input.
    pub step: i64,
}

impl<G: Graph> Clone for Breakpoint<G> {
    fn clone(&self) -> Self {
        let Self { after, before, next, step } = self;
        Self { after: after.clone(), before: before.clone(), next: next.clone(), step: *step }
    }
}

impl<G: Graph> std::fmt::Debug for Breakpoint<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct("Breakpoint");
        out.field("after", &self.after).field("before", &self.before);
        out.field("next", &self.next).field("step", &self.step).finish()
    }
}

/// The breakpoints of the runs of a thread.
pub(crate) struct Breakpoints<G: Graph> {
    pub after: Vec<G::Node>,
    pub before: Vec<G::Node>,
}

impl<G: Graph> Clone for Breakpoints<G> {
    fn clone(&self) -> Self {
        Self { after: self.after.clone(), before: self.before.clone() }
    }
}

impl<G: Graph> Default for Breakpoints<G> {
    fn default() -> Self {
        Self { after: Vec::new(), before: Vec::new() }
    }
}

/// What can stop a run between two super-steps: breakpoints and a drain handle. Most runs have none.
pub(crate) struct StopConditions<G: Graph> {
    breakpoints: Breakpoints<G>,
    drain: Option<DrainHandle>,
    /// Whether the run continues another one: it does not stop again at the breakpoint where that one stopped.
    goes_on: bool,
}

impl<G: Graph> StopConditions<G> {
    pub(crate) fn new(breakpoints: Breakpoints<G>, drain: Option<DrainHandle>, goes_on: bool) -> Option<Box<Self>> {
        let any = drain.is_some() || !breakpoints.after.is_empty() || !breakpoints.before.is_empty();
        any.then(|| Box::new(Self { breakpoints, drain, goes_on }))
    }

    pub(crate) fn is_drained(&self) -> bool {
        self.drain.as_ref().is_some_and(DrainHandle::is_draining)
    }

    /// The breakpoint between the nodes that `ran`, one for each task, and the next `tasks`, if any; `first` if the run
    /// has not taken a step yet.
    pub(crate) fn between(&self, ran: &[G::Node], tasks: &[G::Task], step: i64, first: bool) -> Option<Breakpoint<G>> {
        if first && self.goes_on {
            return None;
        }
        let next = nodes::<G>(tasks);
        let among = |stops: &[G::Node], nodes: &[G::Node]| -> Vec<G::Node> {
            let mut stops: Vec<_> = nodes.iter().copied().filter(|node| stops.contains(node)).collect();
            stops.dedup();
            stops
        };
        let (after, before) = (among(&self.breakpoints.after, ran), among(&self.breakpoints.before, &next));
        (!after.is_empty() || !before.is_empty()).then_some(Breakpoint { after, before, next, step })
    }
}

/// The nodes of tasks, each once: tasks are in the order of their nodes.
fn nodes<G: Graph>(tasks: &[G::Task]) -> Vec<G::Node> {
    let mut nodes: Vec<_> = tasks.iter().map(G::node_of).collect();
    nodes.dedup();
    nodes
}

/// The names of the nodes of tasks.
pub(crate) fn names<G: Graph>(tasks: &[G::Task]) -> Vec<&'static str> {
    nodes::<G>(tasks).into_iter().map(GraphNode::name).collect()
}
