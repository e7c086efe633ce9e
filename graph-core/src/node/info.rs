//! The traits behind `#[node]`.

use std::future::Future;

use super::{NodeResult, Policy};
use crate::__private::NodeReturn;
use crate::context::Context;
use crate::graph::{Graph, Topology};
use crate::state::FieldSet;

/// The facts of a node at compile time, for the graph's data-flow checks.
#[derive(Clone, Copy, Debug)]
pub struct NodeInfo {
    /// The name of the node's function.
    pub name: &'static str,
    /// The fields it reads.
    pub reads: FieldSet,
    /// The fields it may write.
    pub writes: FieldSet,
    /// The fields it always writes.
    pub must_write: FieldSet,
    /// If it is a subgraph with exits: the fields that it always writes when it comes to its plain end, and when it takes
    /// each exit.
    pub written_at: &'static [FieldSet],
    /// The fields it overwrites instead of folding in.
    pub replaces: FieldSet,
    /// The fields it writes more than once through reducers that do not combine (subgraphs only).
    pub uncombinable: FieldSet,
    /// Whether it takes a task input, so that only a `for` edge can lead to it.
    pub has_task_input: bool,
    /// The type of its task input, as written; empty if it takes none.
    pub input: &'static str,
    /// Whether it is async: only an async node can be cancelled while it waits.
    pub is_async: bool,
    /// Whether it chooses its own route.
    pub routes: bool,
    /// The topology of a subgraph node.
    pub inner: Option<fn() -> Topology>,
    /// Its policies.
    pub policy: Policy,
}

impl NodeInfo {
    /// The facts of a node that has been reported: the checks of its graph stay silent about it.
    #[doc(hidden)]
    pub const STUB: Self = Self {
        name: "",
        reads: FieldSet::POISONED,
        writes: FieldSet::POISONED,
        must_write: FieldSet::POISONED,
        written_at: &[],
        replaces: FieldSet::POISONED,
        uncombinable: FieldSet::EMPTY,
        has_task_input: false,
        input: "",
        is_async: false,
        routes: false,
        inner: None,
        policy: Policy::NONE,
    };
}

/// A function marked `#[node]`, independent of the graph. Only `#[node]` implements it.
///
/// The generated enums of a graph name this trait and not [`Node`]: a node over the wrong state still has an input and
/// an update, so that rustc reports it once and not at every use of the enums.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a node",
    label = "not a node",
    note = "a node is a function marked `#[node]`"
)]
pub trait NodeFn: 'static {
    /// Whether what it takes and returns is written without a `&'static`: else it cannot be saved.
    #[doc(hidden)]
    const OWNED: bool = true;

    /// The task input, sent by a `for` edge; `()` for a node without one.
    type Input: Clone + Send + Sync + 'static;
    /// The update.
    type Update;
    /// The route, if the node chooses it; otherwise `()`.
    type Route: Send + Sync + 'static;
}

/// The result of a task of the node `N`: its update and its route, or its error.
pub type TaskResult<N> = NodeResult<(<N as NodeFn>::Update, <N as NodeFn>::Route)>;

/// A node of a graph `G` over the state `S`: the trait behind `#[node]`. Only the macros implement it.
///
/// The attribute leaves the function as it is, so tests can call it, and adds a type of the same name that implements
/// this trait; `graph!` refers to nodes by that type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a node of `{G}`, a graph over `{S}`",
    label = "not a node of this graph",
    note = "a node is a function marked `#[node]` that works on `&{S}` and takes `&Context<{G}>`, `&RunContext` or no context"
)]
pub trait Node<S, G: Graph>: NodeFn {
    /// The facts of the node at compile time.
    #[doc(hidden)]
    const INFO: NodeInfo;

    /// The conversion of the function's return type into an update of `S`.
    #[doc(hidden)]
    type Output: NodeReturn<S, Update = Self::Update, Route = Self::Route>;

    /// Runs the node's function.
    #[doc(hidden)]
    fn run(input: Self::Input, state: &S, cx: &Context<G>) -> impl Future<Output = TaskResult<Self>> + Send;
}
