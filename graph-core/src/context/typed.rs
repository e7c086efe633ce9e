//! The context of one graph.

use std::ops::Deref;
use std::sync::Arc;

use super::RunContext;
use crate::graph::Graph;
use crate::run::Shared;

/// What a node of `G` can ask for: the graph's dependencies, its custom events, and all of [`RunContext`].
pub struct Context<G: Graph> {
    shared: Arc<Shared<G>>,
    run: RunContext,
}

impl<G: Graph> Context<G> {
    pub(crate) fn new(shared: Arc<Shared<G>>, run: RunContext) -> Self {
        Self { shared, run }
    }

    /// What the graph was made with.
    #[must_use]
    pub fn deps(&self) -> &G::Deps {
        self.shared.deps()
    }

    /// Sends a custom event to whoever streams them: at once, before the node ends.
    ///
    /// The graph says of which type its events are with `custom T;`. Where nobody listens, nothing happens.
    pub fn emit(&self, event: G::Custom) {
        self.shared.custom(&self.run.task, event);
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
        Self { shared: self.shared.clone(), run: self.run.clone() }
    }
}

impl<G: Graph> std::fmt::Debug for Context<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.run.fmt(f)
    }
}
