//! The traits that `graph!` implements.

use std::any::TypeId;
use std::fmt;
use std::future::Future;

use super::unsaved::FieldName;
use super::{ChildPart, GraphNode, SubgraphOrigin, Topology};
use crate::checkpoint::SavedForm;
use crate::context::Context;
use crate::functional::GraphTaskResult;
use crate::interrupt::GraphInterrupt;
use crate::node::NodeResult;
use crate::run::Scheduler;
use crate::run::kind::{Kind, Whole};
use crate::state::{DynUpdate, FieldSet, State};

/// A graph: implemented by `graph!` for the type that it generates, and only there.
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
    /// The state of the graph.
    type State: State;
    /// The dependencies of its nodes.
    type Deps: Send + Sync + 'static;
    /// The graph's nodes, by name.
    type Node: GraphNode;
    /// The updates of its nodes, as an enum with a variant for each node.
    type Update: GraphUpdate<Self>;
    /// The custom events of its nodes; uninhabited if the graph declares none.
    type Custom: Clone + Send + Sync + 'static;
    /// What its nodes, and those of its subgraphs, can ask; uninhabited if the graph declares no `interrupt`.
    type Interrupt: GraphInterrupt;
    /// The results of the tasks that its nodes call; uninhabited if the graph declares no `task`.
    type TaskResult: GraphTaskResult;
    /// The exits: `()` if the graph declares none, otherwise its generated exit enum, whose default is the plain end.
    type Exit: Copy + Default + Send + Sync + 'static;
    /// The declared exits, in the order of the topology.
    #[doc(hidden)]
    const EXITS: &'static [Self::Exit];
    /// A node to run, with its task input if it has one.
    #[doc(hidden)]
    type Task: Clone + Send + Sync + 'static;

    /// The routes that nodes choose; uninhabited if no node does.
    #[doc(hidden)]
    type Route: Send + Sync + 'static;

    /// The type of its dependencies, or none.
    #[doc(hidden)]
    type Needs: 'static;
    /// What each of its runs is given besides the input: the type that the graph declares with `context T;`.
    type Context: Send + Sync + 'static;
    /// How its values are saved, if all of them can be.
    #[doc(hidden)]
    const SAVED_FORM: Option<SavedForm<Self>>;
    /// Whether it declares a context.
    #[doc(hidden)]
    type NeedsContext: 'static;
    /// Whether it declares the store.
    #[doc(hidden)]
    type NeedsStore: 'static;
    /// The items of subgraphs in a stream of a kind; [`NoSubgraphs`](super::NoSubgraphs) if there are none.
    type SubgraphItem<K: Kind>: SubgraphOrigin + Send + 'static;
    /// The graphs that its nodes run: `calls`.
    #[doc(hidden)]
    const CALLED: &'static [fn() -> TypeId] = &[];
    /// The fields that are always written when a run ends.
    #[doc(hidden)]
    const WRITTEN: FieldSet;
    /// The first late field that is bound and not saved, in this graph or its subgraphs.
    #[doc(hidden)]
    type Unsaved: FieldName;
    /// The same for the plain end and each exit; empty if it declares no exits.
    #[doc(hidden)]
    const WRITTEN_AT: &'static [FieldSet];

    /// A part of the subgraph with this index, as a part of this graph.
    #[doc(hidden)]
    fn wrap<C: Graph>(index: usize, part: ChildPart<C>) -> Option<Self::SubgraphItem<Whole>>;

    /// The item of a subgraph's part in a stream of a kind.
    #[doc(hidden)]
    fn select<K: Kind>(part: Self::SubgraphItem<Whole>) -> Option<Self::SubgraphItem<K>>;

    /// The task of a node without a task input; `None` for a node with one.
    #[doc(hidden)]
    fn task(node: Self::Node) -> Option<Self::Task>;

    /// The node of a task.
    #[doc(hidden)]
    fn node_of(task: &Self::Task) -> Self::Node;

    /// The index of a task's node.
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

    /// Runs the router of a node (of START, if `None`); a router over the tasks' own routes runs once for each task.
    #[doc(hidden)]
    fn route(from: Option<Self::Node>, route: Option<Self::Route>, state: &Self::State, next: &mut Scheduler<Self>);
}

/// The output of a task.
#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "only expansions name it")]
pub struct TaskOutput<G: Graph> {
    pub update: G::Update,
    /// The task's own route, if the router uses it.
    pub route: Option<G::Route>,
}

/// The route type of a graph whose nodes choose no routes: uninhabited.
#[doc(hidden)]
#[derive(Debug)]
pub enum NoRoute {}

/// A graph's update enum, for the engine. Only `graph!` implements it.
pub trait GraphUpdate<G: Graph>: Clone + Send + Sync + 'static {
    /// The node of the update.
    fn node(&self) -> G::Node;

    /// The same writes as the state's full update.
    fn into_update(self) -> <G::State as State>::Update;

    #[doc(hidden)]
    fn as_dyn(&self) -> &dyn DynUpdate<G::State>;

    #[doc(hidden)]
    fn as_dyn_mut(&mut self) -> &mut dyn DynUpdate<G::State>;
}

/// The custom event type of a graph that declares none: uninhabited.
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
