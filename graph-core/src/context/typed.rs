//! The context of one graph.

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;

use super::RunContext;
use crate::graph::Graph;
use crate::run::Shared;

/// What a node of `G` can ask for: the graph's dependencies, its custom events, and all of [`RunContext`].
pub struct Context<G: Graph> {
    pub(crate) run: RunContext,
    graph: PhantomData<fn() -> G>,
}

impl<G: Graph> Context<G> {
    /// The context of a run of `G`.
    pub(crate) fn new(run: RunContext) -> Self {
        Self { run, graph: PhantomData }
    }

    /// What the run shares. It is found through the sink, so that a context costs one reference count, not two.
    pub(crate) fn shared(&self) -> &Shared<G> {
        let sink: &dyn Any = &*self.run.sink;
        sink.downcast_ref().expect("the engine makes the context of a graph with the sink of a run of that graph")
    }

    /// What the graph was made with.
    #[must_use]
    pub fn deps(&self) -> &G::Deps {
        self.shared().deps()
    }

    /// Sends a custom event to whoever streams them: at once, before the node ends.
    ///
    /// The graph says of which type its events are with `custom T;`. Where nobody listens, nothing happens.
    pub fn emit(&self, event: G::Custom) {
        self.run.heartbeat();
        self.shared().custom(&self.run.task, event);
    }
}

impl<G: Graph> Deref for Context<G> {
    type Target = RunContext;

    fn deref(&self) -> &RunContext {
        &self.run
    }
}

impl<G: Graph> Clone for Context<G> {
    fn clone(&self) -> Self {
        Self::new(self.run.clone())
    }
}

impl<G: Graph> std::fmt::Debug for Context<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.run.fmt(f)
    }
}
