//! What `#[node]` implements.

use std::future::Future;

use super::{NodeResult, Policy};
use crate::__private::NodeReturn;
use crate::context::Context;
use crate::graph::{Graph, Topology};
use crate::state::FieldSet;

/// What is known of a node while compiling: the facts that the graph's data flow is checked with.
#[derive(Clone, Copy, Debug)]
pub struct NodeInfo {
    /// The name of the node's function.
    pub name: &'static str,
    /// The fields that it reads.
    pub reads: FieldSet,
    /// The fields that it may write.
    pub writes: FieldSet,
    /// The fields that it writes every time.
    pub must_write: FieldSet,
    /// The fields that it replaces instead of folding in.
    pub replaces: FieldSet,
    /// The fields that it adds to more than once, by reducers that do not say how two inputs become one (a subgraph only).
    pub uncombined: FieldSet,
    /// Whether it takes an input of its own, and so has to be reached by `for`.
    pub takes_input: bool,
    /// The name of that input's type, as it was written; empty where there is none.
    pub input: &'static str,
    /// Whether it is async: only such a node waits, and can be stopped while it does.
    pub is_async: bool,
    /// Whether it decides itself where to go.
    pub routes: bool,
    /// The shape of the graph that it is, if it is one.
    pub inner: Option<fn() -> Topology>,
    /// What happens when it fails or takes too long.
    pub policy: Policy,
}

/// A function marked `#[node]`, whatever it is a node of.
///
/// What a graph's enums hold is named by this trait, and not by [`Node`]: a node that does not belong into a graph still
/// has an input and an update, so that rustc says once what is wrong, and not at every use of the enums.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a node",
    label = "not a node",
    note = "a node is a function marked `#[node]`"
)]
pub trait NodeFn: 'static {
    /// The task's own input, sent by a `for` edge; `()` for a node without one.
    type Input: Clone + Send + Sync + 'static;
    /// What it writes.
    type Update;
    /// Where it goes, if it decides that itself; `()` where it does not.
    type Route: Send + Sync + 'static;
}

/// What a task of the node `N` ends with: its update and its route, or its error.
pub type Returned<N> = NodeResult<(<N as NodeFn>::Update, <N as NodeFn>::Route)>;

/// A node of a graph `G` over the state `S`: what `#[node]` makes of a function.
///
/// The attribute leaves the function as it is, so tests can call it, and adds a type of the same name that implements
/// this trait; `graph!` refers to nodes by that type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a node of `{G}`, a graph over `{S}`",
    label = "not a node of this graph",
    note = "a node is a function marked `#[node]` that works on `&{S}` and takes `&Context<{G}>`, `&RunContext` or no context"
)]
pub trait Node<S, G: Graph>: NodeFn {
    /// What is known of the node while compiling.
    const INFO: NodeInfo;

    /// How what the function returns becomes an update of `S`.
    #[doc(hidden)]
    type Output: NodeReturn<S, Update = Self::Update, Route = Self::Route>;

    /// Runs the node's function.
    fn run(input: Self::Input, state: &S, cx: &Context<G>) -> impl Future<Output = Returned<Self>> + Send;
}
