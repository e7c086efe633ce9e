//! A graph with its dependencies, ready to run.

use std::fmt;
use std::sync::Arc;

use super::config::{Config, config_setters};
use super::run::ThreadPlan;
use super::{Binding, Breakpoints, OnThread, PartStream, Run};
use crate::cache::{CacheError, NodeCache};
use crate::checkpoint::{Checkpointer, Codec, Saved, SavedFields, SavedRoute, SavedTask, Saver};
use crate::graph::{AllSaved, Graph, GraphNode as _};
use crate::interrupt::{Answer, NeverAsks};
use crate::state::State;
use crate::store::IntoStore;
use crate::thread::{DurableApp, Thread};

#[doc = include_str!("../docs/pages/app.md")]
#[must_use]
pub struct App<G: Graph> {
    deps: Arc<G::Deps>,
    config: Arc<Config>,
}

impl<G: Graph> App<G> {
    /// The expansion of `new`.
    #[doc(hidden)]
    pub fn __new(deps: G::Deps) -> Self {
        Self { deps: Arc::new(deps), config: Arc::default() }
    }

    pub(crate) fn configure(&mut self, set: impl FnOnce(&mut Config)) {
        set(Arc::make_mut(&mut self.config));
    }

    config_setters!();

    /// Keeps the updates of nodes with a cache policy in `cache`: see [`mod@crate::cache`].
    pub fn cache(mut self, cache: impl NodeCache) -> Self {
        Arc::make_mut(&mut self.config).cache = Some(Arc::new(cache));
        self
    }

    /// Gives the nodes long-term memory, which they reach with
    /// [`cx.store()`](crate::context::RunContext::store), in subgraphs too: see [`mod@crate::store`]. It replaces the one
    /// that the graph was made with, if it declares `store;`.
    pub fn store(mut self, store: impl IntoStore) -> Self {
        Arc::make_mut(&mut self.config).store = Some(store.into_store());
        self
    }

    /// Deletes the cached updates of these nodes, so that they run again. Does nothing without a cache.
    ///
    /// # Errors
    /// The cache failed.
    pub async fn clear_cache(&self, nodes: &[G::Node]) -> Result<(), CacheError> {
        if let Some(cache) = &self.config.cache {
            for node in nodes {
                cache.clear(G::NAME, node.name()).await?;
            }
        }
        Ok(())
    }

    /// A run of the graph. It starts when it is awaited or its stream is read.
    ///
    /// A graph that declares interrupts runs on a thread only: [`checkpointer`](Self::checkpointer).
    pub fn run(&self, input: <G::State as State>::Input) -> Run<G>
    where
        G::Interrupt: NeverAsks<G>,
    {
        Run::new(self.deps.clone(), self.config.clone(), Some(input), None)
    }

    /// Adds a checkpointer: each thread's steps are saved with `saver`. Only a graph with a checkpointer has threads.
    ///
    /// The state, the inputs of tasks and the routes that nodes decide must implement serde's traits; and no node or
    /// router, of subgraphs too, may bind a [`Late`](crate::state::Late) field that is `untracked`: when a thread goes
    /// on, it would be unwritten.
    pub fn checkpointer(self, saver: impl Checkpointer) -> DurableApp<G>
    where
        G::State: Saved + SavedFields,
        G::Task: for<'any> SavedTask<'any>,
        G::Route: for<'any> SavedRoute<'any>,
        G::Unsaved: AllSaved<G>,
    {
        DurableApp::new(self, Saver::new(saver), Codec::new())
    }

    /// Exists for its error message: only a graph with a checkpointer has threads, see [`DurableApp::thread`].
    #[doc(hidden)]
    pub fn thread(&self, _id: impl Into<Arc<str>>) -> Thread<G>
    where
        Self: HasThreads,
    {
        unreachable!("no `App` has threads")
    }

    /// Exists for its error message: only a graph with a checkpointer has breakpoints, see
    /// [`DurableApp::interrupt_before`].
    #[doc(hidden)]
    pub fn interrupt_before(self, _nodes: impl IntoIterator<Item = G::Node>) -> DurableApp<G>
    where
        Self: HasBreakpoints,
    {
        unreachable!("no `App` has breakpoints")
    }

    /// Exists for its error message: see [`DurableApp::interrupt_after`].
    #[doc(hidden)]
    pub fn interrupt_after(self, _nodes: impl IntoIterator<Item = G::Node>) -> DurableApp<G>
    where
        Self: HasBreakpoints,
    {
        unreachable!("no `App` has breakpoints")
    }

    /// Exists for its error message: LangGraph's `invoke` is [`run`](Self::run).
    #[doc(hidden)]
    pub fn invoke(&self, _input: impl Sized) -> Run<G>
    where
        Self: HasInvoke,
    {
        unreachable!("no `App` has `invoke`")
    }

    /// Exists for its error message: LangGraph's `ainvoke` is [`run`](Self::run).
    #[doc(hidden)]
    pub fn ainvoke(&self, _input: impl Sized) -> Run<G>
    where
        Self: HasInvoke,
    {
        unreachable!("no `App` has `ainvoke`")
    }

    /// Exists for its error message: a stream is one of a [`Run`].
    #[doc(hidden)]
    pub fn stream(&self, _input: impl Sized) -> PartStream<G>
    where
        Self: HasStream,
    {
        unreachable!("no `App` has a stream")
    }

    /// Exists for its error message: LangGraph's `astream` is a stream of a [`Run`].
    #[doc(hidden)]
    pub fn astream(&self, _input: impl Sized) -> PartStream<G>
    where
        Self: HasStream,
    {
        unreachable!("no `App` has a stream")
    }

    /// Exists for its error message: `graph!` says what the edges are.
    #[doc(hidden)]
    pub fn add_edge(&mut self, _from: impl Sized, _to: impl Sized)
    where
        Self: HasBuilder,
    {
        unreachable!("no `App` has `add_edge`")
    }

    /// Exists for its error message: `graph!` says what the nodes are.
    #[doc(hidden)]
    pub fn add_node(&mut self, _name: impl Sized, _node: impl Sized)
    where
        Self: HasBuilder,
    {
        unreachable!("no `App` has `add_node`")
    }

    /// The dependencies.
    #[must_use]
    pub fn deps(&self) -> &G::Deps {
        &self.deps
    }

    pub(crate) fn run_on(
        &self,
        input: Option<<G::State as State>::Input>,
        thread: Binding<G>,
        breakpoints: Breakpoints<G>,
        answers: Vec<Answer>,
    ) -> Run<G, OnThread> {
        let thread = ThreadPlan { binding: Box::new(thread), breakpoints, answers };
        Run::new(self.deps.clone(), self.config.clone(), input, Some(thread))
    }
}

/// For its error message: LangGraph's `compile` is Rust's compiler. A bound of the impl, unlike one of the method, is
/// reported whatever the arguments are.
#[doc(hidden)]
impl<G: Graph> App<G>
where
    Self: HasCompile,
{
    /// Exists for its error message.
    #[doc(hidden)]
    pub fn compile(self) -> DurableApp<G> {
        unreachable!("no `App` has `compile`")
    }
}

/// Bound of [`App::thread`], without an implementation.
#[diagnostic::on_unimplemented(
    message = "threads need a checkpointer, and this graph has none",
    label = "nothing would be saved",
    note = "write `.checkpointer(MemorySaver::new())`, or another checkpointer, before `.thread(..)`"
)]
#[doc(hidden)]
pub trait HasThreads {}

/// Bound of [`App::interrupt_before`] and [`App::interrupt_after`], without an implementation.
#[diagnostic::on_unimplemented(
    message = "a breakpoint needs a checkpointer, and this graph has none",
    label = "nothing would be saved, so no run could be continued",
    note = "write `.checkpointer(MemorySaver::new())`, or another checkpointer, before the breakpoint"
)]
#[doc(hidden)]
pub trait HasBreakpoints {}

/// Bound of [`App::invoke`] and [`Thread::invoke`], without an implementation.
#[diagnostic::on_unimplemented(
    message = "a graph is run with `run`, here",
    label = "this is `.run(input).await`",
    note = "write `.run(input).await`, or `.run(input).blocking()` in code without async"
)]
#[doc(hidden)]
pub trait HasInvoke {}

/// Bound of [`App::stream`] and [`Thread::stream`], without an implementation.
#[diagnostic::on_unimplemented(
    message = "a stream is one of a run",
    label = "this is `.run(input).updates()`, or another stream of the run",
    note = "write `.run(input)` and then the stream: `.updates()`, `.values()`, `.tokens()`, or `.stream(modes)` for several"
)]
#[doc(hidden)]
pub trait HasStream {}

/// Bound of [`App::compile`], without an implementation.
#[diagnostic::on_unimplemented(
    message = "a graph has no `compile`: Rust's compiler has checked it",
    label = "this is `.checkpointer(..)`, or nothing where no thread is saved",
    note = "write `.checkpointer(MemorySaver::new())` instead to save threads"
)]
#[doc(hidden)]
pub trait HasCompile {}

/// Bound of the `compile` of a graph's type, which `graph!` generates for its error message; without an implementation.
#[diagnostic::on_unimplemented(
    message = "a graph has no `compile`: Rust's compiler has checked it",
    label = "this is `{Self}::new()`",
    note = "write `{Self}::new()`, and `.checkpointer(MemorySaver::new())` behind it to save threads"
)]
#[doc(hidden)]
pub trait Compiles {}

/// Bound of [`App::add_edge`] and [`App::add_node`], without an implementation.
#[diagnostic::on_unimplemented(
    message = "a graph is complete when it is made: its nodes and edges stand in `graph!`",
    label = "nothing can be added here",
    note = "write the edge inside `graph!`: `START -> plan -> search -> END;`"
)]
#[doc(hidden)]
pub trait HasBuilder {}

impl<G: Graph> Clone for App<G> {
    fn clone(&self) -> Self {
        Self { deps: self.deps.clone(), config: self.config.clone() }
    }
}

impl<G: Graph> fmt::Debug for App<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("graph", &G::NAME).finish_non_exhaustive()
    }
}
