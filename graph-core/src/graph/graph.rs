//! What `graph!` implements.

use std::fmt;
use std::future::Future;

use super::{ChildPart, GraphNode, Topology};
use crate::context::Context;
use crate::node::NodeResult;
use crate::run::Scheduler;
use crate::run::kind::{Kind, Whole};
use crate::state::{DynUpdate, FieldSet, State};

/// A graph: what `graph!` implements for the type that it makes. Only `graph!` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a graph",
    label = "not a graph",
    note = "a graph is a type that `graph!` makes"
)]
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
    /// The ways in which a run can end: `()` where the graph declares no `exit`; else its generated exit enum, whose
    /// default is the plain end.
    type Exit: Copy + Default + Send + Sync + 'static;
    /// The exits that it declares, in the order of the topology's.
    #[doc(hidden)]
    const EXITS: &'static [Self::Exit];
    /// A node to run, with its own input where it takes one.
    #[doc(hidden)]
    type Task: Clone + Send + Sync + 'static;

    /// The routes that its nodes decide for themselves; uninhabited where none does.
    #[doc(hidden)]
    type Route: Send + Sync + 'static;

    /// What its nodes need: nothing, or its dependencies.
    #[doc(hidden)]
    type Needs: 'static;
    /// What a stream of a kind shows of the subgraphs; [`NoSubgraphs`](super::NoSubgraphs) where there are none.
    type SubgraphItem<K: Kind>: Send + 'static;
    /// The fields that have surely been written when a run ends.
    #[doc(hidden)]
    const WRITTEN: FieldSet;

    /// A part of the subgraph at this place, as one from inside this graph.
    #[doc(hidden)]
    fn wrap<C: Graph>(place: usize, part: ChildPart<C>) -> Option<Self::SubgraphItem<Whole>>;

    /// What a stream of a kind shows of a part from inside.
    #[doc(hidden)]
    fn select<K: Kind>(part: Self::SubgraphItem<Whole>) -> Option<Self::SubgraphItem<K>>;

    /// The task that runs a node without an input of its own; `None` for a node that has to be sent one.
    #[doc(hidden)]
    fn task(node: Self::Node) -> Option<Self::Task>;

    /// The node that a task runs.
    #[doc(hidden)]
    fn node_of(task: &Self::Task) -> Self::Node;

    /// The place of the node that a task runs.
    #[doc(hidden)]
    fn node_index(task: &Self::Task) -> usize {
        Self::node_of(task).index()
    }

    /// Runs a task on a snapshot of the state.
    #[doc(hidden)]
    fn run(
        task: Self::Task,
        state: &Self::State,
        cx: &Context<Self>,
    ) -> impl Future<Output = NodeResult<TaskOutput<Self>>> + Send;

    /// Asks the router of a node (of START, where there is none) what follows; one that routes on what a task has decided
    /// is asked once for each task.
    #[doc(hidden)]
    fn route(from: Option<Self::Node>, route: Option<Self::Route>, state: &Self::State, next: &mut Scheduler<Self>);
}

/// What a task ends with.
#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "only expansions name it")]
pub struct TaskOutput<G: Graph> {
    pub update: G::Update,
    /// Where it goes, if its router asks that.
    pub route: Option<G::Route>,
}

/// The routes of a graph none of whose nodes decides where to go: there are none.
#[doc(hidden)]
#[derive(Debug)]
pub enum NoRoute {}

/// A graph's update enum, as the engine sees it. Only `graph!` implements it.
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
