//! The methods of runs on threads: breakpoints and outcomes.

use super::{Gives, Mode, Outcome, Run};
use crate::error::Result;
use crate::graph::Graph;
use crate::thread::Durability;

/// Marks a [`Run`] without a thread: it is not saved.
#[derive(Debug)]
pub enum NoThread {}

/// Marks a [`Run`] on a thread: it is saved, and another run can continue it.
#[derive(Debug)]
pub enum OnThread {}

/// Marks of runs that another run can continue: those on threads.
#[diagnostic::on_unimplemented(
    message = "a breakpoint needs a thread, and this run has none",
    label = "nothing would be saved, so the run could not be continued",
    note = "run it on a thread: `.checkpointer(MemorySaver::new()).thread(\"id\").run(..)`"
)]
pub trait Resumable {}

impl Resumable for OnThread {}

/// Marks of runs that can be a child of a node's run: those without a thread.
#[diagnostic::on_unimplemented(
    message = "a run on a thread is not a child of another run: it is saved by itself",
    label = "this run has its own thread",
    note = "await it in the node: `thread.run(input).await?`; or run the graph without a thread, and it is part of the node's run"
)]
pub trait MaybeChild {}

impl MaybeChild for NoThread {}

impl<G: Graph, On, Cx> Run<G, On, Cx> {
    /// Stops the run before any of these nodes runs; overrides the app's breakpoints.
    ///
    /// The previous step is saved, and the stream ends without an error (in `updates` mode with a
    /// [`Part::Breakpoint`](super::Part::Breakpoint)). [`outcome`](Self::outcome) returns the breakpoint; awaiting the
    /// run returns [`Error::Breakpoint`](crate::Error::Breakpoint).
    /// [`continue_run`](crate::thread::Thread::continue_run) continues the run, and does not stop at the same
    /// breakpoint again.
    ///
    /// ```
    /// use graph_core::prelude::*;
    ///
    /// #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    /// struct Log {
    ///     #[state(input, reduce = Append)]
    ///     log: Vec<String>,
    /// }
    ///
    /// #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    /// #[update(Log)]
    /// struct Line {
    ///     log: Vec<String>,
    /// }
    ///
    /// #[node]
    /// fn plan(_: &Log) -> Line {
    ///     Line { log: vec!["planned".into()] }
    /// }
    ///
    /// #[node]
    /// fn pay(_: &Log) -> Line {
    ///     Line { log: vec!["paid".into()] }
    /// }
    ///
    /// graph! {
    ///     Orders<Log> {
    ///         START -> plan -> pay -> END;
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> graph_core::Result<()> {
    /// let thread = Orders::new().checkpointer(MemorySaver::new()).thread("order-7");
    /// match thread.run(LogInput { log: vec![] }).interrupt_before([OrdersNode::Pay]).outcome().await? {
    ///     Outcome::Done(state) => println!("{:?}", state.log),
    ///     Outcome::Interrupted(stopped) => {
    ///         let breakpoint = stopped.breakpoint().expect("no node of this graph asks anything");
    ///         assert_eq!(breakpoint.before, [OrdersNode::Pay]);
    ///     }
    /// }
    /// assert_eq!(thread.state().await?.values.log, ["planned"]);
    /// assert_eq!(thread.continue_run().await?.log, ["planned", "paid"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn interrupt_before(mut self, nodes: impl IntoIterator<Item = G::Node>) -> Self
    where
        On: Resumable,
    {
        if let Some(thread) = self.plan().and_then(|plan| plan.thread.as_mut()) {
            thread.breakpoints.before = nodes.into_iter().collect();
        }
        self
    }

    /// Stops the run after any of these nodes has run, unless nothing follows: see
    /// [`interrupt_before`](Self::interrupt_before).
    pub fn interrupt_after(mut self, nodes: impl IntoIterator<Item = G::Node>) -> Self
    where
        On: Resumable,
    {
        if let Some(thread) = self.plan().and_then(|plan| plan.thread.as_mut()) {
            thread.breakpoints.after = nodes.into_iter().collect();
        }
        self
    }

    /// When the run is saved; overrides the app's [`durability`](crate::thread::DurableApp::durability).
    pub fn durability(mut self, durability: Durability) -> Self
    where
        On: Resumable,
    {
        if let Some(thread) = self.plan().and_then(|plan| plan.thread.as_mut()) {
            thread.binding.policy.durability = durability;
        }
        self
    }

    /// Runs until the run is complete or stops early.
    ///
    /// # Errors
    /// Those of the run.
    pub async fn outcome(self) -> Result<Outcome<G>>
    where
        Cx: Gives<G>,
    {
        self.stream(Mode::none()).outcome().await
    }
}
