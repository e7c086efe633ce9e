//! What `graph!` implements.

use std::fmt;
use std::future::Future;

use super::{GraphNode, Next, Topology};
use crate::context::Context;
use crate::node::NodeResult;
use crate::state::{DynUpdate, State};

/// A graph: what `graph!` implements for the type that it makes.
pub trait Graph: Sized + Send + Sync + 'static {
    /// The graph's name.
    const NAME: &'static str;
    /// The graph's shape.
    const TOPOLOGY: Topology;
    /// The state that the nodes share.
    type State: State;
    /// What the nodes are given besides the state.
    type Deps: Send + Sync + 'static;
    /// The graph's nodes, by name.
    type Node: GraphNode;
    /// What its nodes write: a variant a node.
    type Update: GraphUpdate<Self>;
    /// The custom events that its nodes emit; uninhabited where the graph declares none.
    type Custom: Clone + Send + Sync + 'static;
    /// A node to run, with its own input where it takes one.
    #[doc(hidden)]
    type Task: Clone + Send + Sync + 'static;

    /// The task that runs a node without an input of its own; `None` for a node that has to be sent one.
    #[doc(hidden)]
    fn task(node: Self::Node) -> Option<Self::Task>;

    /// The node that a task runs.
    #[doc(hidden)]
    fn node_of(task: &Self::Task) -> Self::Node;

    /// The place of the node that a task runs.
    #[doc(hidden)]
    fn place(task: &Self::Task) -> usize {
        Self::node_of(task).index()
    }

    /// Runs a task on a snapshot of the state.
    #[doc(hidden)]
    fn run(
        task: Self::Task,
        state: &Self::State,
        cx: &Context<Self>,
    ) -> impl Future<Output = NodeResult<Self::Update>> + Send;

    /// Asks the router of a node (of START, where there is none) what follows.
    #[doc(hidden)]
    fn route(from: Option<Self::Node>, state: &Self::State, next: &mut Next<Self>);
}

/// A graph's update enum, as the engine sees it.
pub trait GraphUpdate<G: Graph>: Clone + Send + Sync + 'static {
    /// The node that wrote it.
    fn node(&self) -> G::Node;

    /// The same writes as the state's full update.
    fn into_update(self) -> <G::State as State>::Update;

    #[doc(hidden)]
    fn as_dyn(&self) -> &dyn DynUpdate<G::State>;

    #[doc(hidden)]
    fn as_dyn_mut(&mut self) -> &mut dyn DynUpdate<G::State>;
}

/// The custom event type of a graph that declares none: it has no value, so nothing can be emitted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NoCustom {}

impl fmt::Debug for NoCustom {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl serde::Serialize for NoCustom {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}
