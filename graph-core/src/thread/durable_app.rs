//! An app whose threads are saved.

use std::sync::Arc;

use super::{Durability, NewInput, Thread, Unfinished};
use crate::cache::{CacheError, NodeCache};
use crate::checkpoint::{Codec, Saver};
use crate::error::Result;
use crate::graph::Graph;
use crate::interrupt::NeverAsks;
use crate::run::{App, Binding, Breakpoints, Config, Run, ThreadPolicy, config_setters};
use crate::state::State;
use crate::store::IntoStore;

/// An app whose threads are saved: made by [`App::checkpointer`]. It has the setters of an [`App`], too.
#[must_use]
pub struct DurableApp<G: Graph> {
    app: App<G>,
    saver: Saver,
    codec: Codec<G>,
    breakpoints: Breakpoints<G>,
    policy: ThreadPolicy,
}

impl<G: Graph> DurableApp<G> {
    fn configure(&mut self, set: impl FnOnce(&mut Config)) {
        self.app.configure(set);
    }

    config_setters!();

    /// Keeps the updates of nodes with a cache policy in `cache`: [`App::cache`].
    pub fn cache(mut self, cache: impl NodeCache) -> Self {
        self.app = self.app.cache(cache);
        self
    }

    /// Gives the nodes long-term memory, which all threads share: [`App::store`].
    pub fn store(mut self, store: impl IntoStore) -> Self {
        self.app = self.app.store(store);
        self
    }

    /// The dependencies.
    #[must_use]
    pub fn deps(&self) -> &G::Deps {
        self.app.deps()
    }

    pub(crate) fn new(app: App<G>, saver: Saver, codec: Codec<G>) -> Self {
        Self { app, saver, codec, breakpoints: Breakpoints::default(), policy: ThreadPolicy::default() }
    }

    /// When the runs of all threads are saved, unless a run overrides it: [`Durability::Sync`] by default.
    pub fn durability(mut self, durability: Durability) -> Self {
        self.policy.durability = durability;
        self
    }

    /// What a new input does to a thread that waits for answers: [`NewInput::Abandon`] by default.
    pub fn new_input(mut self, policy: NewInput) -> Self {
        self.policy.new_input = policy;
        self
    }

    /// Stops the runs of all threads before any of these nodes runs, unless a run overrides it: see
    /// [`Run::interrupt_before`].
    pub fn interrupt_before(mut self, nodes: impl IntoIterator<Item = G::Node>) -> Self {
        self.breakpoints.before = nodes.into_iter().collect();
        self
    }

    /// Stops the runs of all threads after any of these nodes has run, unless a run overrides it: see
    /// [`Run::interrupt_after`].
    pub fn interrupt_after(mut self, nodes: impl IntoIterator<Item = G::Node>) -> Self {
        self.breakpoints.after = nodes.into_iter().collect();
        self
    }

    /// The thread with this id. Its first run creates it.
    pub fn thread(&self, id: impl Into<Arc<str>>) -> Thread<G> {
        let mut binding = Binding::new(self.saver.clone(), self.codec, id.into());
        binding.policy = self.policy;
        Thread::new(self.app.clone(), binding, self.breakpoints.clone())
    }

    /// Runs the graph without a thread: nothing is saved, and breakpoints do not apply.
    pub fn run(&self, input: <G::State as State>::Input) -> Run<G>
    where
        G::Interrupt: NeverAsks<G>,
    {
        self.app.run(input)
    }

    /// Deletes the cached updates of these nodes: [`App::clear_cache`].
    ///
    /// # Errors
    /// The cache failed.
    pub async fn clear_cache(&self, nodes: &[G::Node]) -> Result<(), CacheError> {
        self.app.clear_cache(nodes).await
    }

    /// The threads that are not at their end: they wait for answers, stopped at a breakpoint, failed, or were cut off. By the
    /// bytes of their ids, each with its newest checkpoint; [`Snapshot::interrupts`](super::Snapshot::interrupts) says what it
    /// waits for.
    ///
    /// Every thread is read to find them. All threads of the checkpointer have to be of this graph: one that cannot be read is
    /// an error, and the next one follows.
    pub fn unfinished(&self) -> Unfinished<G> {
        Unfinished::new(Binding::new(self.saver.clone(), self.codec, "".into()))
    }

    /// The checkpointer: to list, copy, prune and measure threads, and to lease them.
    #[must_use]
    pub fn saver(&self) -> &Saver {
        &self.saver
    }

    /// Deletes the thread with this id. One that is leased is deleted under its lease, by
    /// [`Saver::delete`](crate::checkpoint::Saver::delete).
    ///
    /// # Errors
    /// The checkpointer failed, or somebody holds the thread's lease:
    /// [`CheckpointError::Leased`](crate::checkpoint::CheckpointError::Leased).
    pub async fn delete_thread(&self, id: &str) -> Result<()> {
        Ok(self.saver.delete(id, None).await?)
    }
}

impl<G: Graph> Clone for DurableApp<G> {
    fn clone(&self) -> Self {
        Self {
            app: self.app.clone(),
            saver: self.saver.clone(),
            codec: self.codec,
            breakpoints: self.breakpoints.clone(),
            policy: self.policy,
        }
    }
}

impl<G: Graph> std::fmt::Debug for DurableApp<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DurableApp").field("graph", &G::NAME).finish_non_exhaustive()
    }
}
